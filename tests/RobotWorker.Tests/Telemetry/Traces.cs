using System.Diagnostics;
using RobotWorker.Telemetry;

namespace RobotWorker.Tests.Telemetry;

/// <summary>Hears every span of the product while it lives.</summary>
internal sealed class Traces : IDisposable
{
    private readonly ActivityListener listener;

    public Traces()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>In the order of their ends.</summary>
    public List<Activity> Spans { get; } = [];

    public Activity One(string name) => Spans.Single(s => s.DisplayName == name);

    public IEnumerable<Activity> Named(string name) => Spans.Where(s => s.DisplayName == name).OrderBy(s => s.StartTimeUtc);

    /// <summary>The tree as lines, children indented below parents, in the order of their beginnings.</summary>
    public string Tree()
    {
        var lines = new List<string>();
        Add(default, "");
        return string.Join('\n', lines);

        void Add(ActivitySpanId parent, string indent)
        {
            foreach (var span in Spans.Where(s => s.ParentSpanId == parent).OrderBy(s => s.StartTimeUtc).ThenBy(s => s.DisplayName, StringComparer.Ordinal))
            {
                lines.Add($"{indent}{span.DisplayName}{(span.Status == ActivityStatusCode.Error ? " !" : "")}");
                Add(span.SpanId, indent + "  ");
            }
        }
    }

    public void Dispose() => listener.Dispose();
}
