using System.CommandLine;
using RobotWorker.Station;

namespace RobotWorker.Cli.Commands;

/// <summary><c>--otlp</c> and <c>--metrics</c>: where an episode's telemetry goes.</summary>
internal sealed class ExportArguments
{
    // OpenTelemetry's own name for it (specification, "OpenTelemetry Protocol Exporter").
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly Option<string?> otlp = new("--otlp") { Description = $"Send traces, metrics and logs to this OpenTelemetry collector, OTLP over HTTP: http://127.0.0.1:4318 (default: {Variable}, else nowhere)", HelpName = "URL" };
    private readonly Option<int?> metrics = new("--metrics") { Description = "Offer metrics to Prometheus on this port of 127.0.0.1 while it runs, under /metrics", HelpName = "PORT" };

    public void AddTo(Command command)
    {
        otlp.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Parse(text) is null) result.AddError($"'{text}' is not a collector's address: http://HOST:PORT or https://HOST:PORT");
        });
        metrics.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var port) && port is < 1 or > 65535) result.AddError("--metrics is a port, from 1 to 65535");
        });
        command.Add(otlp);
        command.Add(metrics);
    }

    public ExportOptions Read(ParseResult parsed) =>
        new(Parse(parsed.GetValue(otlp) ?? Environment.GetEnvironmentVariable(Variable) ?? ""), parsed.GetValue(metrics));

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
