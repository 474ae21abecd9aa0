using System.Collections.Immutable;
using RobotWorker.Chance;

namespace RobotWorker.Motion;

/// <summary>How finely a straight line is sampled, and what its joints may do on the way.</summary>
public sealed record StraightLineOptions
{
    /// <summary>Distance between samples, in metres.</summary>
    public double StepMetres { get; init; } = 0.01;

    /// <summary>Turn between samples, in radians.</summary>
    public double StepRadians { get; init; } = 0.05;

    /// <summary>Most that a joint may move between samples, in radians or metres: more is a jump to another branch.</summary>
    public double LargestJointStep { get; init; } = 0.25;

    /// <summary>Of the tip, in metres a second; null for what the joints allow.</summary>
    public double? MaxToolSpeed { get; init; }

    /// <summary>Of each sample. Restarts are never made: they would leave the branch.</summary>
    public InverseKinematicsOptions Kinematics { get; init; } = new();
}

/// <param name="Trajectory">Null when the line cannot be followed to its end.</param>
/// <param name="Share">Of the line that can be followed, 0 to 1.</param>
/// <param name="WhyNot">In words, or null.</param>
public sealed record StraightLineResult(JointTrajectory? Trajectory, double Share, string? WhyNot);

/// <summary>The joint positions along a straight line of the tip.</summary>
internal static class StraightLine
{
    public static (ImmutableArray<ImmutableArray<double>> Samples, double Share, string? WhyNot) Follow(
        KinematicChain chain, ImmutableArray<double> from, Pose target, RandomStream chance, StraightLineOptions options)
    {
        var solver = new InverseKinematics(chain, options.Kinematics with { Restarts = 0, PostureGain = 0 });
        var start = chain.Forward(from.AsSpan());
        var way = target.Position - start.Position;
        var turn = Turn(start.Rotation, target.Rotation, options.Kinematics.FreeToolAxis);
        var count = (int)Math.Ceiling(Math.Max(way.Length / options.StepMetres, turn.Length / options.StepRadians));
        var samples = ImmutableArray.CreateBuilder<ImmutableArray<double>>(count + 1);
        samples.Add(from);
        for (var i = 1; i <= count; i++)
        {
            var share = (double)i / count;
            var pose = new Pose(start.Position + (way * share), (Quat.FromAxisAngle(turn, turn.Length * share) * start.Rotation).Normalized());
            var solved = solver.Solve(pose, samples[^1].AsSpan(), chance);
            var done = (double)(i - 1) / count;
            if (!solved.Converged) return (samples.ToImmutable(), done, $"the line leaves the reach after {done:P0} ({solved.PositionErrorMetres * 1000:0.0} mm and {solved.RotationErrorRadians:0.000} rad short)");
            for (var k = 0; k < solved.Q.Length; k++)
            {
                var jump = Math.Abs(solved.Q[k] - samples[^1][k]);
                if (jump > options.LargestJointStep) return (samples.ToImmutable(), done, $"{chain.Joints[k].Name} would jump by {jump:0.00} after {done:P0} of the line");
            }
            samples.Add(solved.Q);
        }
        return (samples.ToImmutable(), 1, null);
    }

    // Slerp is an even turn about one axis. With a free tool axis it is the shortest turn that brings z to the wanted z.
    private static Vec3 Turn(Quat from, Quat to, bool free) =>
        free ? DampedStep.AxisError(from.Rotate(Vec3.UnitZ), to.Rotate(Vec3.UnitZ)) : (to * from.Inverse()).ToRotationVector();
}
