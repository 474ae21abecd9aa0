using RobotWorker.Firmware.Servos;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// Latched servos forget why they let go: a Dynamixel is rebooted, a Feetech's torque is switched off. Both drop what they carry, so that it is done only where nothing can fall: the arm is limp already, or
/// lies where it can.
/// </summary>
internal sealed class FaultClearing(SerialArmDescription arm, IServoPacer pacer)
{
    public const double ParkedRadians = 0.05;

    // A reboot takes half a second, and two answers in a row are believed.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    private Asked? asked;

    private sealed class Asked(RobotTime at, Action<string?> told) : ServoRequest(at + Within, told)
    {
        public bool IsSent { get; set; }

        /// <summary>Periods in a row in which nothing was wrong.</summary>
        public int WellFor { get; set; }
    }

    /// <summary>Why it would not be safe; null: it is.</summary>
    public static string? WhyNot(SerialArmDescription arm, ServoReadings now)
    {
        if (!now.IsLinkUp) return "the bus cannot be reached";
        var isLimp = now.States.All(state => !state.TorqueOn);
        var isParked = !arm.Park.IsEmpty && arm.Park.Select((angle, i) => Math.Abs(now.States[i].PositionRadians - angle)).All(off => off <= ParkedRadians);
        return isLimp || isParked ? null
            : $"the arm is neither limp nor parked, and what is cleared goes limp: {(arm.Park.IsEmpty ? "" : "park it, or ")}support {arm.WhatFalls} and call /torque_off, then ask again";
    }

    /// <param name="at">By the robot's clock.</param>
    /// <param name="told">Null when none of them reports anything any more; else why not.</param>
    public void Ask(ServoReadings now, RobotTime at, Action<string?> told)
    {
        End("somebody asked again");
        var mine = asked = new(at, told);
        int[] latched = [.. Enumerable.Range(0, now.States.Length).Where(i => (now.States[i].Flags & ServoFlagsText.OwnFaults) != 0)];
        pacer.Enqueue(new(
            bus =>
            {
                foreach (var servo in latched.Where(_ => mine.IsWanted)) bus.ClearFault(servo);
            },
            refused =>
            {
                mine.IsSent = true;
                if (refused is not null && asked == mine) End(refused.Message);
            }));
    }

    /// <summary>After each period's readings.</summary>
    public void Step(ServoReadings now, RobotTime at)
    {
        if (asked is not { } waiting) return;
        var wrong = Wrong(now);
        waiting.WellFor = waiting.IsSent && wrong is null ? waiting.WellFor + 1 : 0;
        if (waiting.WellFor >= 2) End(null);
        else if (at >= waiting.Deadline || !now.IsLinkUp) End(wrong ?? "the bus did not get to it in time");
    }

    // Not answering is a reboot that has not ended, for as long as there is time.
    private string? Wrong(ServoReadings now)
    {
        if (!now.IsLinkUp) return "the bus cannot be reached";
        for (var i = 0; i < now.States.Length; i++)
        {
            if (!now.States[i].IsFresh) return $"{arm.Servos[i].Name} does not answer";
            if ((now.States[i].Flags & ServoFlagsText.OwnFaults) is not ServoFlags.None and var fault) return $"{arm.Servos[i].Name} still reports {fault.Text()}: let it cool down, take away what it carries, look at its supply, then ask again";
        }
        return null;
    }

    private void End(string? why)
    {
        var ended = asked;
        asked = null;
        ended?.Answer(why);
    }
}
