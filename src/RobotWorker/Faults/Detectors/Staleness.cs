using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a heartbeat remembers: when it beat last.</summary>
public readonly record struct StalenessState(bool Heard, RobotTime Last, double Score, bool Alarmed) : IDetection;

/// <summary>
/// Nothing was heard for too long, by the time stamps of what is heard. Watched from the first sample on. Samples alone find a silence only once it is over: while it lasts
/// <see cref="At"/> asks, with the time of anything else that is heard. A robot whose clock stands still is silent by no clock of its own: that is the watchdog's to find.
/// </summary>
/// <param name="AfterSeconds">The longest silence that is right: at least three periods of the sender, of which one is lost now and then.</param>
public sealed record Staleness(double AfterSeconds) : IDetector<StalenessState>
{
    public double AfterSeconds { get; } = Require.Positive(AfterSeconds);

    /// <summary>It was heard. The silence that ends with this sample still counts.</summary>
    /// <param name="value">Of no account, NaN as well: that something is heard is the heartbeat.</param>
    public StalenessState Next(in StalenessState state, double value, RobotTime at) => At(state, at) with { Heard = true, Last = at };

    /// <summary>Nothing new: how the silence stands by now.</summary>
    public StalenessState At(in StalenessState state, RobotTime now)
    {
        if (!state.Heard) return state;
        var score = Math.Max(0, Elapsed.Seconds(state.Last, now)) / AfterSeconds;
        return state with { Score = score, Alarmed = score >= 1 };
    }
}
