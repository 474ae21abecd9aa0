using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Motion;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Manipulation;

/// <summary>Plans the arm's motion in the base frame: reach a pose clear of furniture and objects, straight in, straight out.</summary>
internal sealed class ArmPlanner
{
    private readonly KinematicChain chain;
    private readonly InverseKinematics solver;
    private readonly TrajectoryLimits limits;
    private readonly StraightLineOptions straight;
    private readonly RandomStream chance;

    /// <param name="chain">base_link to tool0.</param>
    /// <param name="posture">The posture that spare freedom draws towards, radians.</param>
    public ArmPlanner(KinematicChain chain, MotionScale scale, ImmutableArray<double> posture, RandomStream chance)
    {
        (this.chain, this.chance) = (chain, chance);
        solver = new(chain, new() { Posture = posture, Restarts = 4 });
        limits = TrajectoryLimits.Of(chain, acceleration: 6).Scaled(scale.Velocity);
        limits = limits with { Acceleration = [.. chain.Joints.Select(_ => scale.Acceleration)] };
        straight = new() { MaxToolSpeed = scale.Linear };
    }

    public Pose Tool(ImmutableArray<double> joints) => chain.Forward(joints.AsSpan());

    /// <summary>Joint angles for a tool pose near a seed, or null when it is out of reach.</summary>
    public ImmutableArray<double>? Solve(Pose tool, ImmutableArray<double> near)
    {
        var result = solver.Solve(tool, near.AsSpan(), chance);
        return result.Converged ? result.Q : null;
    }

    /// <summary>
    /// Those of the tool poses that are within reach, with joint angles, the least turned from a posture first: an arm that keeps its shape moves in
    /// short, predictable arcs.
    /// </summary>
    public ImmutableArray<(T Choice, ImmutableArray<double> Joints)> Nearest<T>(IEnumerable<(T Choice, Pose Tool)> choices, ImmutableArray<double> posture) =>
    [
        .. choices.Select(c => (c.Choice, Joints: Solve(c.Tool, posture)))
            .Where(c => c.Joints is not null)
            .Select(c => (c.Choice, Joints: c.Joints!.Value))
            .OrderBy(c => Math.Round(c.Joints.Zip(posture).Max(j => Math.Abs(j.First - j.Second)), 3)),
    ];

    /// <summary>From rest to rest through joint positions; no check of obstacles.</summary>
    public JointTrajectory Through(params ImmutableArray<double>[] waypoints) => TrajectoryPlanner.Through(chain.JointNames, waypoints, limits);

    /// <summary>The tool on a straight line, or null when it cannot be followed.</summary>
    public JointTrajectory? Straight(ImmutableArray<double> from, Pose tool) => TrajectoryPlanner.Straight(chain, from, tool, limits, chance, straight).Trajectory;

    public bool Hits(ImmutableArray<double> joints, Obstacles obstacles) => obstacles.Hit(chain.ForwardAll(joints.AsSpan()));

    /// <summary>The way to joint positions that keeps clear: direct, else over one of the posts (high, compact postures); null when none is clear.</summary>
    public JointTrajectory? Clear(ImmutableArray<double> from, ImmutableArray<double> to, ImmutableArray<ImmutableArray<double>> posts, Obstacles obstacles)
    {
        var direct = Through(from, to);
        if (IsClear(direct, obstacles)) return direct;
        return posts.Select(post => Through(from, post, to)).FirstOrDefault(t => IsClear(t, obstacles));
    }

    /// <summary>It may begin within a margin, having worked close to things; once out of it, it must not come back, and it must end clear.</summary>
    private bool IsClear(JointTrajectory trajectory, Obstacles obstacles)
    {
        const double EverySeconds = 0.05;
        var steps = Math.Max(2, (int)Math.Ceiling(trajectory.DurationSeconds / EverySeconds));
        var clear = false;
        for (var i = 0; i <= steps; i++)
        {
            var hits = obstacles.Hit(chain.ForwardAll(trajectory.Sample(trajectory.DurationSeconds * i / steps).Positions.AsSpan()));
            if (hits && clear) return false;
            clear |= !hits;
        }
        return clear;
    }
}
