using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a check of the rate remembers: the sample that the next rate is taken from.</summary>
public readonly record struct RateOfChangeState(bool Heard, double From, RobotTime Since, double Score, bool Alarmed) : IDetection;

/// <summary>A signal changes faster than what it measures can: an encoder that jumps, a pose that leaps.</summary>
/// <param name="LimitPerSecond">The fastest change that is right, in the signal's unit a second.</param>
/// <param name="SpanSeconds">Over at least this time the rate is taken: over shorter ones noise of deviation s looks like a rate of 1.4 s over the time between two samples.</param>
public sealed record RateOfChange(double LimitPerSecond, double SpanSeconds = 0) : IDetector<RateOfChangeState>
{
    public double LimitPerSecond { get; } = Require.Positive(LimitPerSecond);

    public double SpanSeconds { get; } = Require.NotNegative(SpanSeconds);

    public RateOfChangeState Next(in RateOfChangeState state, double value, RobotTime at)
    {
        if (double.IsNaN(value)) return state;
        var seconds = Elapsed.Seconds(state.Since, at);
        // A clock that jumped back says nothing about a rate; the next sample begins anew.
        if (!state.Heard || seconds < 0) return new(true, value, at, 0, false);
        if (seconds == 0 || seconds < SpanSeconds) return state;
        var score = Math.Abs(value - state.From) / seconds / LimitPerSecond;
        // Two infinite values on end do not change.
        return new(true, value, at, double.IsNaN(score) ? 0 : score, score >= 1);
    }
}
