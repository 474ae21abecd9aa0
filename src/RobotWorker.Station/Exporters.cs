using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RobotWorker.Episodes;
using RobotWorker.Execution.Shell;
using RobotWorker.Telemetry;

namespace RobotWorker.Station;

/// <summary>Brings an episode's traces, metrics and logs to a collector, and its metrics to whoever scrapes them. They have threads of their own: a collector that is slow or away costs the episode nothing.</summary>
public sealed class Exporters : IDisposable
{
    private const int MetricsPeriodMilliseconds = 10_000;
    private const int LastFlushMilliseconds = 5_000;
    private const int QueueLength = 16_384;    // at virtual pace an hour of spans comes in seconds

    private readonly CollectorWatch watch = new();
    private readonly TracerProvider? tracing;
    private readonly MeterProvider? metering;
    private readonly ILoggerFactory? logging;
    private readonly List<IEpisodeObserver> observers = [];
    private bool disposed;

    /// <param name="robot">The robot's name.</param>
    /// <param name="began">When the episode began, on the wall's clock.</param>
    public Exporters(ExportOptions options, string robot, DateTimeOffset began)
    {
        if (options.IsNone) return;
        var resource = ResourceBuilder.CreateDefault().AddService("robotworker", serviceVersion: typeof(Episode).Assembly.GetName().Version!.ToString(3), serviceInstanceId: robot)
            .AddAttributes([new(TelemetryNames.Attributes.Robot, robot)]);
        metering = Metering(options, resource);
        observers.Add(new EpisodeMeter());
        if (options.Otlp is not { } collector) return;
        tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.Source).AddOtlpExporter(o =>
        {
            Reach(o, collector, "traces");
            o.BatchExportProcessorOptions.MaxQueueSize = QueueLength;
        }).Build();
        var tracer = new EpisodeTracer(robot, began);
        var moment = new LogMoment();
        logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(o =>
        {
            o.SetResourceBuilder(resource);
            o.IncludeFormattedMessage = true;
            o.AddProcessor(moment);
            o.AddOtlpExporter(e => Reach(e, collector, "logs"));
        }));
        observers.Add(tracer);
        observers.Add(new EpisodeLogger(logging.CreateLogger(TelemetryNames.Source), tracer, moment, began));
    }

    /// <summary>Whom the episode shows its transitions.</summary>
    public IReadOnlyList<IEpisodeObserver> Observers => observers;

    /// <summary>What did not reach the collector and why, in one line; null: nothing is known to be missing.</summary>
    public string? Failure => watch.Failure;

    /// <summary>Why the port cannot be had, or null.</summary>
    public static string? WhyNot(ExportOptions options)
    {
        if (options.MetricsPort is not { } port) return null;
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            return $"port {port} of 127.0.0.1 cannot be had for metrics: {e.Message.TrimEnd('.')}; give --metrics another";
        }
    }

    /// <summary>Ends what is open and sends what is left, within a few seconds. Safe to call again.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        foreach (var observer in observers.OfType<IDisposable>()) observer.Dispose();
        tracing?.Shutdown(LastFlushMilliseconds);
        metering?.Shutdown(LastFlushMilliseconds);
        tracing?.Dispose();
        metering?.Dispose();
        logging?.Dispose();
    }

    private MeterProvider Metering(ExportOptions options, ResourceBuilder resource)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(TelemetryNames.Source);
        if (options.Otlp is { } collector)
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                Reach(exporter, collector, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = MetricsPeriodMilliseconds;
            });
        }
        if (options.MetricsPort is { } port)
        {
            builder.AddPrometheusHttpListener(o =>
            {
                (o.Host, o.Port) = ("127.0.0.1", port);
                // The name of the meter on each line says nothing; that of the robot tells robots apart.
                o.ScopeInfoEnabled = false;
                o.ResourceConstantLabels = name => name == TelemetryNames.Attributes.Robot;
            });
        }
        return builder.Build();
    }

    private void Reach(OtlpExporterOptions exporter, Uri collector, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        exporter.TimeoutMilliseconds = LastFlushMilliseconds;
        exporter.HttpClientFactory = () => watch.Client(exporter.TimeoutMilliseconds);
    }
}
