using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>Watches, at the simulator's own wheels and joints, that the robot does in silence what it is said to do.</summary>
internal sealed class SilenceLog(SilenceOptions options)
{
    // From full speed base and arm stand within a second of the robot's clock.
    private const double BrakingSeconds = 1.2;
    private const double StillMetresPerSecond = 0.02;
    private const double StillRadiansPerSecond = 0.05;
    private const double MovingMetresPerSecond = 0.05;
    private const double MovingRadiansPerSecond = 0.1;

    private RobotTime? since;
    private bool movedWhenItFell;

    /// <summary>Silences that lasted long enough for the robot to have to react.</summary>
    public int Long { get; private set; }

    /// <summary>Those of them into which it moved.</summary>
    public int InMotion { get; private set; }

    /// <summary>What it did that it should not.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>The greatest speed of the base (m/s) and of a joint (rad/s) in silence, after the time for braking.</summary>
    public (double Base, double Joint) Greatest { get; private set; }

    public void Step(TimeSpan? silentFor, RobotTime now, SimWorld world)
    {
        var (wheels, joints) = (world.Base.Velocity.Speed, Fastest(world));
        if (silentFor is not { } silence || silence < options.After)
        {
            since = null;
            movedWhenItFell = wheels > MovingMetresPerSecond || joints > MovingRadiansPerSecond;
            return;
        }
        if (since is null)
        {
            since = now;
            return;
        }
        if ((now - since.Value).TotalSeconds < BrakingSeconds) return;
        if ((now - since.Value).TotalSeconds - BrakingSeconds < 0.011)
        {
            Long++;
            if (movedWhenItFell) InMotion++;
        }
        var joint = options.Does == SilenceReaction.Stop ? joints : 0;
        Greatest = (Math.Max(Greatest.Base, wheels), Math.Max(Greatest.Joint, joint));
        if (options.Does == SilenceReaction.Continue || (wheels < StillMetresPerSecond && joint < StillRadiansPerSecond)) return;
        if (Wrong.Count < 10) Wrong.Add($"{now}: {wheels:0.000} m/s and {joints:0.000} rad/s, {silence.TotalSeconds:0.0} s silent");
    }

    private static double Fastest(SimWorld world)
    {
        var fastest = 0.0;
        foreach (var velocity in world.Arm.Velocities) fastest = Math.Max(fastest, Math.Abs(velocity));
        return fastest;
    }
}
