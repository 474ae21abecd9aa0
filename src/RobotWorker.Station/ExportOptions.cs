namespace RobotWorker.Station;

/// <summary>Where telemetry goes.</summary>
/// <param name="Otlp">The base address of a collector that speaks OTLP over HTTP, <c>http://127.0.0.1:4318</c>; null: to none.</param>
/// <param name="MetricsPort">The port of 127.0.0.1 on which Prometheus finds <c>/metrics</c>; null: there is none.</param>
public sealed record ExportOptions(Uri? Otlp, int? MetricsPort)
{
    public static readonly ExportOptions None = new(null, null);

    public bool IsNone => Otlp is null && MetricsPort is null;
}
