namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// What the base is commanded to do, period by period, within its acceleration limits. A hand on <c>/cmd_vel</c> goes before navigation, as
/// with twist_mux; half a second without a message is no hand.
/// </summary>
public sealed class BaseMotion(FloorLimits limits)
{
    /// <summary>How long a velocity from <c>/cmd_vel</c> holds, in seconds of simulated time.</summary>
    public const double WatchdogSeconds = 0.5;

    private FloorVelocity byHand;
    private double handLeft;
    private FloorVelocity? byNavigation;

    /// <summary>The velocity commanded last, in the map's axes.</summary>
    public FloorVelocity Commanded { get; private set; }

    /// <summary>Whether a velocity from outside is in force.</summary>
    public bool IsByHand => handLeft > 0;

    /// <summary>A velocity in <c>base_link</c>, as on <c>/cmd_vel</c>: m/s and rad/s.</summary>
    public void Twist(FloorVelocity inBase) => (byHand, handLeft) = (inBase.Within(limits), WatchdogSeconds);

    /// <summary>Navigation's wish for the next period, in the map's axes; null for none.</summary>
    public void Navigate(FloorVelocity? inMap) => byNavigation = inMap;

    /// <summary>Forgets every wish: the base brakes.</summary>
    public void Halt() => (handLeft, byNavigation) = (0, null);

    /// <summary>The velocity to command for the next period.</summary>
    /// <param name="yaw">The base's heading now, radians.</param>
    public FloorVelocity Step(double yaw, double seconds)
    {
        var wanted = IsByHand ? byHand with { Linear = byHand.Linear.Turned(yaw) } : byNavigation ?? FloorVelocity.Zero;
        handLeft -= seconds;
        byNavigation = null;
        return Commanded = Commanded.Toward(wanted, limits, seconds);
    }
}
