namespace RobotWorker.Firmware.Arm;

/// <summary>
/// What a joint hangs short of its goal because its servo has no integral part: found slowly while it stands, and given to its goal besides. What pushes a joint away farther than weights do is no weight:
/// against an obstacle nothing is added.
/// </summary>
/// <param name="Radians">What is added to the goal now.</param>
internal readonly record struct Sag(double Radians)
{
    // Found in a second or so; given back in the same time where it cannot be told.
    private const double PerSecond = 1;

    // A hobby servo under all that its arm weighs; what is farther off is held by something.
    private const double Most = 0.08, Held = 0.05;

    // Near enough: two steps of an encoder. A joint that hunts for the last of them never stands.
    private const double Near = 0.004;

    private const double StandsBelow = 0.05;

    /// <summary>After a period.</summary>
    /// <param name="error">How far the joint is short of where it was led to, radians.</param>
    /// <param name="rate">How fast it is led, rad/s.</param>
    /// <param name="seen">Whether the joint was heard in this period, and nothing stops it.</param>
    public Sag After(double error, double rate, bool seen, double seconds)
    {
        if (!seen) return this;
        // On the way another posture has another weight: what is known of the last one fades.
        if (Math.Abs(rate) >= StandsBelow || Math.Abs(error) > Held) return new(Radians * Math.Max(0, 1 - (PerSecond * seconds)));
        return Math.Abs(error) <= Near ? this : new(Math.Clamp(Radians + (PerSecond * seconds * error), -Most, Most));
    }
}
