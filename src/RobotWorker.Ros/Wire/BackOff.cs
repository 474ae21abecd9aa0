namespace RobotWorker.Ros.Wire;

/// <summary>
/// How long to wait before each attempt to reach the other side again: twice as long each time, up to a limit, and by chance up to a quarter
/// less, so that many robots that lost one server do not come back in step.
/// </summary>
/// <param name="first">The pause after the first failure.</param>
/// <param name="longest">The longest pause.</param>
/// <param name="chance">Seeded, so that a test sees the same pauses.</param>
public sealed class BackOff(TimeSpan first, TimeSpan longest, Random chance)
{
    private const double Jitter = 0.25;

    private int failures;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next()
    {
        // 2^30 first pauses are longer than any limit, and do not overflow.
        var whole = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(failures, 30)), longest.TotalSeconds);
        failures++;
        return TimeSpan.FromSeconds(whole * (1 - Jitter * chance.NextDouble()));
    }

    /// <summary>The other side was reached: the next failure is a first one.</summary>
    public void Reset() => failures = 0;
}
