using System.Diagnostics;

namespace RobotWorker.Telemetry;

/// <summary>
/// Spans whose times are given. The ambient <see cref="Activity.Current"/> stays as it is: it would flow into whatever the loop starts next, and the
/// ids of spans are random.
/// </summary>
internal static class SpanTree
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Whether anybody would hear of a span.</summary>
    public static bool IsHeard => Source.HasListeners();

    /// <summary>Null where nobody wants it.</summary>
    public static Activity? Start(string name, DateTimeOffset at, Activity? parent, ActivityKind kind = ActivityKind.Internal)
    {
        var ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, parent?.Context ?? default, startTime: at);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }

    public static void End(Activity? span, DateTimeOffset at)
    {
        if (span is null) return;
        var ambient = Activity.Current;
        span.SetEndTime(at.UtcDateTime);
        span.Stop();
        Activity.Current = ambient;
    }

    public static void Note(this Activity? span, string name, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> tags)
    {
        if (span is null) return;
        var collection = new ActivityTagsCollection();
        foreach (var (key, value) in tags)
            if (value is not null) collection[key] = value;
        span.AddEvent(new(name, at, collection));
    }
}
