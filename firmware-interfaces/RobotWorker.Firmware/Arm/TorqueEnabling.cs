using RobotWorker.Firmware.Servos;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// Switches an arm's torque on when somebody asks for it: servo by servo, one in a cycle, so that between them all are read and hold what they hold. Servos that do not answer yet, since they have just got
/// their power, are asked again until <see cref="SerialArm.EnableWithin"/> is over.
/// </summary>
/// <param name="clock">The robot's.</param>
/// <param name="finish">All are on: takes them over, unless the arm is not known well enough yet. It ends this.</param>
/// <param name="trouble">Hears why not, too.</param>
internal sealed class TorqueEnabling(SerialArmDescription arm, IServoPacer pacer, Func<RobotTime> clock, Func<bool> finish, Action<string> trouble)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(0.25);

    private Asked? asked;

    private sealed class Asked(RobotTime at, Action<string?>? told) : ServoRequest(at + SerialArm.EnableWithin, told)
    {
        /// <summary>When it is tried next; null: the bus is at it.</summary>
        public RobotTime? Due { get; set; } = at;

        public string? Why { get; set; }
    }

    public bool IsGoingOn => asked is not null;

    public void Ask(Action<string?>? told)
    {
        End("somebody asked again");
        asked = new(clock(), told);
    }

    /// <summary>It is answered, and what was not done of it is not wanted any more.</summary>
    /// <param name="why">Null: it is done.</param>
    public void End(string? why)
    {
        var ended = asked;
        asked = null;
        if (ended is not null && why is not null) trouble(why);
        ended?.Answer(why);
    }

    /// <summary>After each period's readings.</summary>
    public void Step(ServoReadings now)
    {
        if (asked is not { } current) return;
        var at = clock();
        if (at >= current.Deadline) End(now.IsLinkUp ? current.Why ?? "not every servo answered in time: look at their supply" : "the bus cannot be reached");
        else if (now.IsLinkUp && current.Due is { } due && at >= due)
        {
            // Just switched on, a supply takes a moment, too.
            current.Why = SupplyCheck.Problem(arm, now.States);
            current.Due = current.Why is null ? null : at + Again;
            if (current.Why is null) SwitchOn(current, 0);
        }
    }

    /// <summary>This servo, and when that is done the next.</summary>
    private void SwitchOn(Asked current, int servo) => pacer.Enqueue(new(
        bus =>
        {
            if (current.IsWanted) bus.SafeTorqueOn(servo);
        },
        refused =>
        {
            if (asked != current) return;
            if (refused is null && servo + 1 < arm.Servos.Length) SwitchOn(current, servo + 1);
            else if (refused is { Failure: not ServoFailure.NoAnswer }) End(refused.Message);
            else if (refused is not null || !finish()) current.Due = clock() + Again;
        }));
}
