using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>What an episode on a robot was made from, as its journal keeps it, so that another process can go on with it.</summary>
/// <param name="Plan">The plan's file, a full path as the others.</param>
/// <param name="Address">The robot's, where it was not the profile's own.</param>
/// <param name="Rate">Seconds of the loop in a second of the wall.</param>
public sealed record RobotSource(string Plan, string? Scene, string? Profile, string? Address, string? TokenFile, string? CaFile, ulong Seed, double Rate, string Folder)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>SHA-256 of the documents as they were read, by file name.</summary>
    public ImmutableSortedDictionary<string, string> Documents { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The robot's own catalogue of faults as it was then: what happened is decided by it for good, whatever its file says later. Null: there was none.</summary>
    public Document? Faults { get; init; }

    public static RobotSource Read(string json) => JsonSerializer.Deserialize<RobotSource>(json, Options) ?? throw new JsonException("no source");

    public string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>The same with what the documents of a job were.</summary>
    public RobotSource With(RobotJob job) => this with { Documents = Sums(job), Faults = job.OwnFaults is { } own ? new(own.Name, own.Text) : null };

    /// <summary>The robot's own faults, as the journal holds them; null: there were none, or the bag says why they cannot be read.</summary>
    public OwnFaults? ReadFaults(DiagnosticBag bag) => Faults is { } kept ? OwnFaults.Read(kept.Name, kept.Text, $"{kept.Name}, as it was when the episode began", bag) : null;

    /// <summary>Reads it all anew, but for what the journal holds of an episode that is gone on with: its plan and its robot's own faults.</summary>
    /// <param name="known">That plan; null: its file is read, and so are the faults.</param>
    /// <returns>Null when the bag says why.</returns>
    public RobotJob? Open(DiagnosticBag bag, Plan? known = null)
    {
        var job = RobotJobReader.Read(Plan, Scene, Profile, Address is null ? null : RobotAddress.Parse(Address), bag, known);
        var faults = known is null ? job?.OwnFaults : ReadFaults(bag);
        return job is null || bag.HasErrors ? null : job with { OwnFaults = faults, Profile = job.Profile with { Connection = job.Profile.Connection?.Believing(TokenFile, CaFile) } };
    }

    /// <summary>Documents that are not what they were when the episode began.</summary>
    public IEnumerable<string> Changed(RobotJob job)
    {
        var now = Sums(job);
        return Documents.Where(was => now.GetValueOrDefault(was.Key) != was.Value).Select(was => was.Key);
    }

    /// <summary>Whether a document stays what it was when the episode began, however its file has changed.</summary>
    public bool IsKept(string document) => document == Path.GetFileName(Plan) || document == Faults?.Name;

    private static ImmutableSortedDictionary<string, string> Sums(RobotJob job) => job.Documents
        .GroupBy(d => d.Name, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(d => d.Key, d => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(d.Select(one => one.Text))))), StringComparer.Ordinal);
}
