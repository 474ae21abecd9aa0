using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Tools;

/// <summary>A person's hour at an arm: hold it, jog a joint, park it, lead it by another arm. Each runs the bus period for period until it is done; then the servos hold by themselves.</summary>
/// <param name="wait">Waits for the end of a period, and says whether it was broken off. What was missed is left out, never made up: two goals at once would be a jump. In tests emulated servos pass the time.</param>
public sealed class ArmSession(IServoBus bus, SerialArmDescription arm, Func<TimeSpan, bool> wait)
{
    // As fast as a person can follow, and stop.
    private const double JogRadiansPerSecond = 0.4;

    // A joint that is held up stands this far from its setpoint before the session gives up.
    private const double HeldUpRadians = 0.15;

    private const double AlignedRadians = 0.05;

    // A servo comes a little after its goal, and one that bears a weight stays a little short of it.
    private const double ThereRadians = 0.02, ComesWithinSeconds = 0.5;

    // So near a joint is parked, and so long it may take to settle there.
    private const double ParkedRadians = 0.06, SettleSeconds = 2;

    private readonly ServoState[] states = new ServoState[bus.Servos.Length];
    private readonly double[] goals = new double[bus.Servos.Length];

    /// <summary>Where the servos are, radians, and what they say of themselves.</summary>
    /// <exception cref="ServoBusException">One does not answer.</exception>
    public IReadOnlyList<ServoState> Look()
    {
        // A servo's own fault is told when two answers in a row say so: a single look would show none, ever.
        var inARow = 0;
        for (var attempt = 0; attempt < 6 && inARow < 2; attempt++)
        {
            bus.ReadStates(states);
            inARow = states.All(state => state.IsFresh) ? inARow + 1 : 0;
        }
        var silent = Array.FindIndex(states, state => !state.IsFresh);
        return silent < 0 ? states : throw new ServoBusException(ServoFailure.NoAnswer, bus.Servos[silent].Id, $"servo {bus.Servos[silent].Id} ('{bus.Servos[silent].Name}') does not answer: look at its cable and supply");
    }

    /// <summary>Switches the torque on, servo by servo and without a jump.</summary>
    /// <exception cref="ServoBusException">A servo refuses; those before it hold. Or their supply is not what it is to be, and nothing was switched on.</exception>
    public void Enable()
    {
        // An arm that holds already shall be led somewhere safe, whatever its battery.
        if (SupplyCheck.Problem(arm, Look()) is { } problem && !states.All(state => state.TorqueOn)) throw new ServoBusException(ServoFailure.Refused, null, $"{problem}. Nothing was switched on.");
        for (var servo = 0; servo < bus.Servos.Length; servo++) bus.SafeTorqueOn(servo);
        StayHere();
    }

    /// <summary>Holds until it is broken off.</summary>
    public void Hold()
    {
        while (Step())
        {
        }
    }

    /// <summary>Moves joints slowly, all at once; the others hold.</summary>
    /// <param name="targets">Radians; NaN for those that hold.</param>
    /// <returns>Null when they are there; else why not.</returns>
    public string? MoveTo(IReadOnlyList<double> targets)
    {
        var (step, waited) = (JogRadiansPerSecond * arm.PeriodSeconds, 0.0);
        while (true)
        {
            var (left, behind) = (0.0, 0.0);
            // Its servos take no goals any more, and stand: going on would leave it short, and say that it is there.
            if (Array.FindIndex(states, state => (state.Flags & ServoFlags.WatchdogTripped) != 0) is >= 0 and var stopped)
                return $"{bus.Servos[stopped].Name} stopped by itself, since this machine was too busy to speak to it in time; it stays at {states[stopped].PositionRadians:0.00} rad. Try again";
            for (var i = 0; i < targets.Count; i++)
            {
                if (double.IsNaN(targets[i])) continue;
                if (Math.Abs(goals[i] - states[i].PositionRadians) > HeldUpRadians) return $"{bus.Servos[i].Name} is held up at {states[i].PositionRadians:0.00} rad; it stays there";
                goals[i] += Math.Clamp(targets[i] - goals[i], -step, step);
                left = Math.Max(left, Math.Abs(targets[i] - goals[i]));
                behind = Math.Max(behind, Math.Abs(targets[i] - states[i].PositionRadians));
            }
            if (!Step()) return "broken off";
            if (left > 0) continue;
            if (behind < ThereRadians || waited >= ComesWithinSeconds) return null;
            waited += arm.PeriodSeconds;
        }
    }

    /// <summary>Moves the joints slowly to where the arm can lie, and waits until they are there; the gripper holds.</summary>
    /// <returns>Null when they are there; else why not.</returns>
    public string? Park()
    {
        // What a person has read off an arm that rests on its stops may lie a hair beyond them.
        double[] targets = [.. arm.Park.Select((angle, i) => Math.Clamp(angle, bus.Servos[i].MinRadians, bus.Servos[i].MaxRadians)), .. Enumerable.Repeat(double.NaN, bus.Servos.Length - arm.Park.Length)];
        if (MoveTo(targets) is { } why) return why;
        for (var seconds = 0.0; seconds < SettleSeconds; seconds += arm.PeriodSeconds)
        {
            if (Off() < 0) return null;
            if (!Step()) return "broken off";
        }
        var off = Off();
        return off < 0 ? null : $"{bus.Servos[off].Name} stands at {states[off].PositionRadians:0.00} rad, and is to park at {targets[off]:0.00}";

        // The first joint that is not there; -1: all are.
        int Off()
        {
            for (var i = 0; i < arm.Park.Length; i++)
                if (Math.Abs(states[i].PositionRadians - targets[i]) > ParkedRadians) return i;
            return -1;
        }
    }

    /// <summary>Goes after another arm's angles until it is broken off, no faster than its joints may.</summary>
    /// <param name="lead">The leader's angles of now, radians, in this arm's order; null where it is not heard, and then this arm holds.</param>
    /// <param name="seen">Hears each period where this arm is sent, radians, and where it was before.</param>
    public void Follow(Func<IReadOnlyList<double>?> lead, Action<IReadOnlyList<double>, IReadOnlyList<ServoState>>? seen = null)
    {
        var isAligned = new bool[goals.Length];
        do
        {
            if (lead() is not { } led) continue;
            for (var i = 0; i < goals.Length; i++)
            {
                var servo = bus.Servos[i];
                var wanted = Math.Clamp(led[i], servo.MinRadians, servo.MaxRadians);
                // The leader may lie somewhere else entirely when it begins: there it is gone slowly.
                isAligned[i] |= Math.Abs(wanted - goals[i]) < AlignedRadians;
                var most = (isAligned[i] ? SpeedOf(i) : JogRadiansPerSecond) * arm.PeriodSeconds;
                goals[i] = Math.Clamp(goals[i] + Math.Clamp(wanted - goals[i], -most, most), states[i].PositionRadians - HeldUpRadians, states[i].PositionRadians + HeldUpRadians);
            }
            seen?.Invoke(goals, states);
        }
        while (Step());
    }

    private double SpeedOf(int servo) => servo < arm.Joints.Length ? arm.Joints[servo].MaxRadiansPerSecond : arm.Gripper!.MaxRadiansPerSecond;

    private void StayHere()
    {
        Look();
        for (var i = 0; i < goals.Length; i++) goals[i] = Math.Clamp(states[i].PositionRadians, bus.Servos[i].MinRadians, bus.Servos[i].MaxRadians);
    }

    /// <summary>One period of the bus.</summary>
    private bool Step()
    {
        bus.Cycle(goals, states);
        return !wait(TimeSpan.FromSeconds(arm.PeriodSeconds));
    }
}
