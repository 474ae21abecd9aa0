using System.Collections.Immutable;
using RobotWorker.Chance;

namespace RobotWorker.Motion;

/// <summary>
/// Joint positions that bring a chain's tip to a pose: damped least squares (Nakamura and Hanafusa 1986, Inverse Kinematic Solutions With
/// Singularity Robustness; Wampler 1986, Manipulator Inverse Kinematic Solutions Based on Vector Formulations and Damped Least-Squares Methods;
/// Buss 2004, Introduction to Inverse Kinematics, for choosing the damping) with the error as damping (Sugihara 2011, Solvability-Unconcerned
/// Inverse Kinematics by the Levenberg-Marquardt Method), a posture in the null space, and random restarts. Joints that a step would push beyond a limit are held there and the
/// step is solved again without them. Not for two threads at once: it reuses its buffers.
/// </summary>
public sealed class InverseKinematics
{
    private readonly KinematicChain chain;
    private readonly InverseKinematicsOptions options;
    private readonly DampedStep step;
    private readonly double[] posture;

    public InverseKinematics(KinematicChain chain, InverseKinematicsOptions? options = null)
    {
        this.chain = chain;
        this.options = options ?? new();
        step = new(chain, this.options);
        posture = [.. this.options.Posture ?? [.. chain.Joints.Select(j => j.Limits.IsBounded ? (j.Limits.Lower + j.Limits.Upper) / 2 : 0)]];
        if (posture.Length != chain.Count) throw new ArgumentException($"the posture has {posture.Length} values, the chain {chain.Count} joints", nameof(options));
    }

    public KinematicChain Chain => chain;

    public InverseKinematicsOptions Options => options;

    /// <param name="target">Of the tip, in the frame of the chain's base.</param>
    /// <param name="seed">Where to start: usually where the joints are. The result stays near it where that converges.</param>
    /// <param name="chance">For the restarts.</param>
    public InverseKinematicsResult Solve(Pose target, ReadOnlySpan<double> seed, RandomStream chance)
    {
        var q = seed.ToArray();
        for (var i = 0; i < q.Length; i++) q[i] = chain.Joints[i].Limits.Clamp(q[i]);
        var best = Descend(target, q, 0);
        for (var restart = 0; restart < options.Restarts && !best.Converged; restart++)
        {
            for (var i = 0; i < q.Length; i++) q[i] = RandomPosition(chain.Joints[i].Limits, chance);
            var next = Descend(target, q, best.Iterations);
            best = next.Converged || Cost(next) < Cost(best) ? next : best with { Iterations = next.Iterations };
        }
        return best;
    }

    private InverseKinematicsResult Descend(Pose target, double[] q, int iterations)
    {
        var (least, stuck) = (double.PositiveInfinity, 0);
        for (var i = 0; ; i++)
        {
            var error = step.Linearise(target, q);
            var met = error.Position.Length <= options.PositionToleranceMetres && error.Rotation.Length <= options.RotationToleranceRadians;
            stuck = error.Squared(options) < 0.98 * least ? 0 : stuck + 1;
            least = Math.Min(least, error.Squared(options));
            if (met || i == options.MaxIterations || stuck > 12)
                return new(met, [.. q], error.Position.Length, error.Rotation.Length, iterations + i);
            step.Take(error, q, posture);
        }
    }

    private double Cost(InverseKinematicsResult r) =>
        Math.Pow(options.PositionWeight * r.PositionErrorMetres, 2) + Math.Pow(options.RotationWeight * r.RotationErrorRadians, 2);

    private static double RandomPosition(JointLimits limits, RandomStream chance) =>
        limits.IsBounded ? chance.Uniform(limits.Lower, limits.Upper) : chance.Uniform(-Math.PI, Math.PI);
}

/// <summary>What is missing to the target, in the base's frame: metres, and an axis times an angle in radians.</summary>
internal readonly record struct TaskError(Vec3 Position, Vec3 Rotation)
{
    public double Squared(InverseKinematicsOptions o) =>
        (o.PositionWeight * o.PositionWeight * Position.Dot(Position)) + (o.RotationWeight * o.RotationWeight * Rotation.Dot(Rotation));
}
