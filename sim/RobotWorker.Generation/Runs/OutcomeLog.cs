using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RobotWorker.Generation.Runs;

/// <summary>The outcomes of many runs in a file, a line each, written as they come: what a run that was broken off has reached is not made again.</summary>
public sealed class OutcomeLog<T> : IDisposable
{
    private readonly StreamWriter writer;

    private OutcomeLog(StreamWriter writer, ImmutableArray<T> before) => (this.writer, Before) = (writer, before);

    /// <summary>What was there already.</summary>
    public ImmutableArray<T> Before { get; }

    /// <summary>Opens it for more.</summary>
    /// <param name="head">What outcomes must have in common: suite and build.</param>
    /// <param name="resume">Goes on with what is there; else it begins anew.</param>
    /// <exception cref="InvalidDataException">What is there comes from another suite or build, or is no such list.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static OutcomeLog<T> Open(string file, string head, bool resume)
    {
        var before = resume && File.Exists(file) ? Read(file, head) : [];
        // The last line of a run that was killed may be half a line: all is written again.
        var writer = new StreamWriter(new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        writer.WriteLine(JsonSerializer.Serialize(new OutcomeLogHead(head), OutcomeLogHead.Options));
        foreach (var outcome in before) writer.WriteLine(JsonSerializer.Serialize(outcome, OutcomeLogHead.Options));
        return new(writer, before);
    }

    public void Add(T outcome) => writer.WriteLine(JsonSerializer.Serialize(outcome, OutcomeLogHead.Options));

    public void Dispose() => writer.Dispose();

    private static ImmutableArray<T> Read(string file, string head)
    {
        var lines = File.ReadAllLines(file);
        try
        {
            if (lines.Length == 0) return [];
            if (JsonSerializer.Deserialize<OutcomeLogHead>(lines[0], OutcomeLogHead.Options)?.Suite != head)
                throw new InvalidDataException($"{file} has the outcomes of another suite or build: begin anew without --resume, or give another --output");
            var whole = lines.Skip(1).Where(line => line.EndsWith('}'));
            return [.. whole.Select(line => JsonSerializer.Deserialize<T>(line, OutcomeLogHead.Options)!)];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is no list of outcomes: {e.Message}", e);
        }
    }
}

/// <summary>Its first line.</summary>
internal sealed record OutcomeLogHead(string Suite)
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
