using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>Times between samples as the formulas have them.</summary>
internal static class Elapsed
{
    /// <summary>Seconds, to the nanosecond (a TimeSpan would round to 100 ns); negative when the clock jumped back.</summary>
    public static double Seconds(RobotTime from, RobotTime to) => (to.Nanoseconds - from.Nanoseconds) * 1e-9;
}
