namespace RobotWorker.Recovery;

/// <summary>
/// The circuit breaker of one actuator (Nygard, Release It!): after so many of its goals failed in a row nothing more is asked of it until a person says so.
/// Then it is half open: one failure more opens it again, and a success closes it.
/// </summary>
/// <param name="Failures">In a row; a goal that was cancelled counts for neither.</param>
/// <param name="Last">What the last of them was, in one line.</param>
public sealed record Breaker(int Failures, bool IsOpen, string Last)
{
    public static readonly Breaker Closed = new(0, false, "");

    /// <param name="most">Failures in a row after which it opens.</param>
    public Breaker Failed(string why, int most) => new(Failures + 1, Failures + 1 >= most, why);

    public Breaker HalfOpen() => this with { Failures = Failures - 1, IsOpen = false };
}
