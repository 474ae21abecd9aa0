using System.Collections.Immutable;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>One silence of the worker, long enough for the robot to have to react, as it was seen at the simulator's own wheels and joints.</summary>
/// <param name="Since">When the robot had to react.</param>
/// <param name="BaseBefore">The base's speed then, in m/s.</param>
/// <param name="ArmBefore">The fastest joint's speed then, in rad/s.</param>
internal sealed record Silence(RobotTime Since, double BaseBefore, double ArmBefore)
{
    private const double StillMetresPerSecond = 0.02;
    private const double StillRadiansPerSecond = 0.05;
    private const double MovingMetresPerSecond = 0.05;
    private const double MovingRadiansPerSecond = 0.1;
    private const double ParkedRadians = 0.05;
    private const double ParkingSeconds = 8;

    /// <summary>How long it lasted from then, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The base's greatest speed after the time for braking, in m/s.</summary>
    public double Base { get; init; }

    /// <summary>The fastest joint's greatest speed after the time for braking, in rad/s.</summary>
    public double Arm { get; init; }

    /// <summary>How far the farthest joint was from the parking posture after the time for braking, and at the end, in radians.</summary>
    public (double Braked, double End) ToPosture { get; init; }

    public bool InMotion => BaseBefore > MovingMetresPerSecond || ArmBefore > MovingRadiansPerSecond;

    public bool GoesOn => InMotion && (Base > MovingMetresPerSecond || Arm > MovingRadiansPerSecond);

    /// <summary>Whether the robot did what its profile says; going on may also mean that the goal was reached meanwhile.</summary>
    public bool IsRight(SilenceReaction does) => does switch
    {
        SilenceReaction.Continue => true,
        SilenceReaction.Park => Base < StillMetresPerSecond && ToPosture.End < ToPosture.Braked + ParkedRadians && (Seconds < ParkingSeconds || ToPosture.End < ParkedRadians),
        _ => Base < StillMetresPerSecond && Arm < StillRadiansPerSecond,
    };

    public override string ToString() =>
        $"{Since}: {Seconds:0.0} s long; base {BaseBefore:0.000} m/s, then {Base:0.000}; arm {ArmBefore:0.000} rad/s, then {Arm:0.000}; {ToPosture.Braked:0.00} rad from parking, then {ToPosture.End:0.00}";
}

/// <summary>Watches the robot in its worker's silences. Written on the robot's loop, read after its end or by whoever asks on that loop.</summary>
internal sealed class SilenceLog(SilenceOptions options, ImmutableArray<double> posture)
{
    // From full speed base and arm stand within this time of the robot's clock.
    private const double BrakingSeconds = 0.95;

    private readonly List<Silence> done = [];
    private Silence? now;
    private (double Base, double Arm) before;

    /// <summary>Those that lasted longer than braking takes.</summary>
    public IReadOnlyList<Silence> All => now is { Seconds: > BrakingSeconds } going ? [.. done, going] : done;

    public void Step(TimeSpan? silentFor, RobotTime time, SimWorld world)
    {
        var speeds = (Base: world.Base.Velocity.Speed, Arm: Greatest(world.Arm.Velocities.ToArray()));
        if (silentFor is not { } length || length < options.After)
        {
            if (now is { Seconds: > BrakingSeconds } over) done.Add(over);
            (now, before) = (null, speeds);
            return;
        }
        now ??= new(time, before.Base, before.Arm);
        var seconds = (time - now.Since).TotalSeconds;
        var away = Greatest(world.Arm.Positions.ToArray().Zip(posture, (at, wanted) => at - wanted));
        now = seconds < BrakingSeconds
            ? now with { Seconds = seconds, ToPosture = (away, away) }
            : now with { Seconds = seconds, Base = Math.Max(now.Base, speeds.Base), Arm = Math.Max(now.Arm, speeds.Arm), ToPosture = now.ToPosture with { End = away } };
    }

    private static double Greatest(IEnumerable<double> values) => values.Max(Math.Abs);
}
