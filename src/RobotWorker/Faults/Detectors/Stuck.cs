using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a check for a stuck value remembers: the value and since when it has not moved.</summary>
public readonly record struct StuckState(bool Heard, double Value, RobotTime Since, double Score, bool Alarmed) : IDetection;

/// <summary>
/// A signal repeats one value, exactly or nearly, while something says that it ought to move. Real sensors carry noise: a value that is exactly the same for long is a frozen sensor
/// or a dead driver, even at rest; then no guard is needed (Sharma, Golubchik and Govindan 2010, "Sensor faults: detection methods and prevalence in real-world datasets", the CONSTANT fault).
/// </summary>
/// <param name="StillSeconds">How long it may stay the same.</param>
/// <param name="Tolerance">What counts as the same, in the signal's unit: distance from where it came to rest, so that creeping adds up and is movement.</param>
public sealed record Stuck(double StillSeconds, double Tolerance = 0) : IDetector<StuckState>
{
    public double StillSeconds { get; } = Require.Positive(StillSeconds);

    public double Tolerance { get; } = Require.NotNegative(Tolerance);

    public StuckState Next(in StuckState state, double value, RobotTime at) => Next(state, value, true, at);

    /// <param name="oughtToMove">What the guard says: a joint is commanded elsewhere. While false nothing is suspected, and time begins anew.</param>
    public StuckState Next(in StuckState state, double value, bool oughtToMove, RobotTime at)
    {
        if (double.IsNaN(value)) return state;
        // Equality first: the distance of two infinities is no number.
        var same = state.Heard && (value == state.Value || Math.Abs(value - state.Value) <= Tolerance);
        var seconds = Elapsed.Seconds(state.Since, at);
        if (!same || !oughtToMove || seconds < 0) return new(true, same ? state.Value : value, at, 0, false);
        return state with { Score = seconds / StillSeconds, Alarmed = seconds >= StillSeconds };
    }
}
