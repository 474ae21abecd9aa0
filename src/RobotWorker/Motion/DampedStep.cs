using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RobotWorker.Motion;

/// <summary>
/// One step of damped least squares: <c>dq = z + Jᵀ (J Jᵀ + λ² I)⁻¹ (e - J z)</c> with the weighted error e, its Jacobian J, and the posture's
/// pull z, which so acts in the null space alone. Buffers are kept from step to step.
/// </summary>
internal sealed class DampedStep
{
    // Largest turn of a joint in one step: beyond it the linearisation says little.
    private const double LargestStep = 0.6;

    // Floor of λ²: keeps the 6×6 positive definite when rows vanish (fewer than six joints, a free axis).
    private const double LeastDamping = 1e-7;

    private readonly KinematicChain chain;
    private readonly InverseKinematicsOptions options;
    private readonly (Vec3 Linear, Vec3 Angular)[] columns;
    private readonly double[] j;                 // 6 × n, column after column, weighted
    private readonly double[] z;
    private readonly double[] dq;
    private readonly bool[] held;
    private readonly DenseMatrix a = new(6, 6);
    private readonly DenseVector right = new(6);
    private readonly DenseVector y = new(6);
    private readonly Cholesky<double> cholesky = DenseMatrix.CreateIdentity(6).Cholesky();

    public DampedStep(KinematicChain chain, InverseKinematicsOptions options)
    {
        (this.chain, this.options) = (chain, options);
        (columns, j) = (new (Vec3, Vec3)[chain.Count], new double[6 * chain.Count]);
        (z, dq, held) = (new double[chain.Count], new double[chain.Count], new bool[chain.Count]);
    }

    /// <summary>Forward kinematics, the error, and the weighted Jacobian at q.</summary>
    public TaskError Linearise(Pose target, ReadOnlySpan<double> q)
    {
        var tip = chain.ForwardWithJacobian(q, columns);
        var axis = tip.Rotation.Rotate(Vec3.UnitZ);
        var turn = options.FreeToolAxis ? AxisError(axis, target.Rotation.Rotate(Vec3.UnitZ)) : (target.Rotation * tip.Rotation.Inverse()).ToRotationVector();
        for (var i = 0; i < columns.Length; i++)
        {
            var v = columns[i].Linear * options.PositionWeight;
            var w = columns[i].Angular;
            if (options.FreeToolAxis) w -= axis * axis.Dot(w);
            w *= options.RotationWeight;
            var k = 6 * i;
            (j[k], j[k + 1], j[k + 2], j[k + 3], j[k + 4], j[k + 5]) = (v.X, v.Y, v.Z, w.X, w.Y, w.Z);
        }
        return new(target.Position - tip.Position, turn);
    }

    /// <summary>Moves q by one step, within the limits.</summary>
    public void Take(TaskError error, double[] q, double[] posture)
    {
        Array.Clear(held);
        for (var i = 0; i < q.Length; i++) z[i] = Pull(chain.Joints[i].Limits, q[i], posture[i]);
        for (var round = 0; round < q.Length; round++)
        {
            Solve(error);
            if (!HoldAtLimits(q)) break;
        }
        for (var i = 0; i < q.Length; i++) q[i] = chain.Joints[i].Limits.Clamp(q[i] + dq[i]);
    }

    private double Pull(JointLimits limits, double q, double posture)
    {
        var pull = options.PostureGain * (posture - q);
        if (!limits.IsBounded) return pull;
        var margin = options.LimitMargin * (limits.Upper - limits.Lower);
        if (q < limits.Lower + margin) pull += 0.5 * (limits.Lower + margin - q);
        if (q > limits.Upper - margin) pull -= 0.5 * (q - limits.Upper + margin);
        return pull;
    }

    private void Solve(TaskError error)
    {
        var (p, r) = (error.Position * options.PositionWeight, error.Rotation * options.RotationWeight);
        ReadOnlySpan<double> e = [p.X, p.Y, p.Z, r.X, r.Y, r.Z];
        var damping = LeastDamping + (0.1 * error.Squared(options));
        for (var row = 0; row < 6; row++)
        {
            var rest = e[row];
            for (var i = 0; i < z.Length; i++) if (!held[i]) rest -= j[(6 * i) + row] * z[i];
            right[row] = rest;
            for (var column = row; column < 6; column++)
            {
                var sum = row == column ? damping : 0;
                for (var i = 0; i < z.Length; i++) if (!held[i]) sum += j[(6 * i) + row] * j[(6 * i) + column];
                a[row, column] = a[column, row] = sum;
            }
        }
        cholesky.Factorize(a);
        cholesky.Solve(right, y);
        var largest = LargestStep;
        for (var i = 0; i < z.Length; i++)
        {
            dq[i] = held[i] ? 0 : z[i];
            if (!held[i]) for (var row = 0; row < 6; row++) dq[i] += j[(6 * i) + row] * y[row];
            largest = Math.Max(largest, Math.Abs(dq[i]));
        }
        for (var i = 0; i < z.Length; i++) dq[i] *= LargestStep / largest;
    }

    /// <returns>Whether a joint that was free is held from now on.</returns>
    private bool HoldAtLimits(double[] q)
    {
        var any = false;
        for (var i = 0; i < q.Length; i++)
        {
            var limits = chain.Joints[i].Limits;
            var outward = (q[i] <= limits.Lower && dq[i] < 0) || (q[i] >= limits.Upper && dq[i] > 0);
            if (held[i] || !outward) continue;
            held[i] = any = true;
        }
        return any;
    }

    /// <summary>The shortest turn, axis times radians, that brings one direction to another.</summary>
    public static Vec3 AxisError(Vec3 from, Vec3 to)
    {
        var cross = from.Cross(to);
        var angle = Math.Atan2(cross.Length, from.Dot(to));
        if (cross.Length > 1e-9) return cross.Normalized() * angle;
        if (angle < 1) return Vec3.Zero;
        var across = Math.Abs(from.X) < 0.9 ? Vec3.UnitX : Vec3.UnitY;    // pointing the opposite way: any turn by pi will do
        return from.Cross(across).Normalized() * angle;
    }
}
