using System.Diagnostics.Metrics;
using static RobotWorker.Telemetry.TelemetryNames;

namespace RobotWorker.Telemetry;

/// <summary>What is counted and measured, of all episodes of this process together.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new(Source);

    public static readonly UpDownCounter<int> FaultActive = Meter.CreateUpDownCounter<int>(Metrics.FaultActive, "{fault}", "Faults that are active");

    public static readonly Counter<long> FaultOnsets = Meter.CreateCounter<long>(Metrics.FaultOnsets, "{fault}", "Faults that were confirmed");

    public static readonly Counter<long> FaultRecovered = Meter.CreateCounter<long>(Metrics.FaultRecovered, "{fault}", "Faults that healed, by whether a person had answered meanwhile");

    public static readonly Histogram<double> DetectionDelay = Meter.CreateHistogram(
        Metrics.DetectionDelay, "s", "From a fault's first sign to its confirmation, on the robot's clock", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    public static readonly Counter<long> Retry = Meter.CreateCounter<long>(Metrics.Retry, "{retry}", "Retries, resumptions and repairs, by the failure that led to them and how they went");

    public static readonly Counter<long> ReverifyFailed = Meter.CreateCounter<long>(Metrics.ReverifyFailed, "{look}", "Looks after a failure that left unknown what it had done");

    public static readonly Counter<double> Operating = Meter.CreateCounter<double>(Metrics.Operating, "s", "Time in which an episode was run");

    public static readonly Counter<long> Intervention = Meter.CreateCounter<long>(Metrics.Intervention, "{intervention}", "Answers of people, and times that somebody took the robot over");

    public static readonly Counter<long> LinkLost = Meter.CreateCounter<long>(Metrics.LinkLost, "{loss}", "Times that the link to the robot was lost");

    public static readonly Counter<double> LinkDown = Meter.CreateCounter<double>(Metrics.LinkDown, "s", "Time in which the link was lost");
}
