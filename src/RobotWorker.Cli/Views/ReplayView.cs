using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RobotWorker.Generation.Replay;

namespace RobotWorker.Cli.Views;

/// <summary>What replays came to, for a person or a program.</summary>
internal static class ReplayView
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(TextWriter output, IReadOnlyList<ReplayedEpisode> replayed, int asked)
    {
        foreach (var episode in replayed) output.WriteLine($"{episode.Folder}: {InWords(episode.Verdict)}");
        if (asked > 1) output.WriteLine($"{replayed.Count(r => r.Verdict.Outcome == ReplayOutcome.Certified)} of {asked} episodes certified{Rest(replayed, asked)}");
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<ReplayedEpisode> replayed) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            Certified = replayed.Count(r => r.Verdict.Outcome == ReplayOutcome.Certified),
            Episodes = replayed.Select(r => new { r.Folder, r.Verdict.Outcome, r.Verdict.Steps, r.Verdict.Seconds, r.Verdict.First, r.Verdict.Why }),
        },
        Options));

    private static string InWords(ReplayVerdict verdict) => verdict.Outcome switch
    {
        ReplayOutcome.Certified => string.Create(CultureInfo.InvariantCulture, $"certified, {verdict.Steps} steps ({verdict.Seconds:0.##} s)"),
        ReplayOutcome.Differs => $"DIFFERS {InWords(verdict.First!)}",
        ReplayOutcome.NotComparable => $"not comparable: {verdict.Why}",
        _ => $"no verdict: {verdict.Why}",
    };

    private static string InWords(ReplayDifference first)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"at {first.TimeS:0.###} s, step {first.Step}: {first.Quantity}");
        var values = (first.Recorded, first.Stepped) switch
        {
            ({ } recorded, { } stepped) => string.Create(CultureInfo.InvariantCulture, $" is {stepped:R}, recorded is {recorded:R}"),
            ({ } recorded, null) => string.Create(CultureInfo.InvariantCulture, $" is {recorded:R}"),
            _ => "",
        };
        return where + values + (first.Note.Length > 0 ? $" ({first.Note})" : "");
    }

    private static string Rest(IReadOnlyList<ReplayedEpisode> replayed, int asked)
    {
        var rest = new[]
        {
            (Count(ReplayOutcome.Differs), "differ"), (Count(ReplayOutcome.NotComparable), "not comparable"), (Count(ReplayOutcome.Unreadable), "without a verdict"), (asked - replayed.Count, "not replayed"),
        };
        return string.Concat(rest.Where(r => r.Item1 > 0).Select(r => $", {r.Item1} {r.Item2}"));

        int Count(ReplayOutcome outcome) => replayed.Count(r => r.Verdict.Outcome == outcome);
    }
}
