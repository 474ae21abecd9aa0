using System.Reflection;
using RobotWorker.Episodes;
using RobotWorker.Plans;

namespace RobotWorker.Recording.Journals;

/// <summary>What a journal knows of an episode beside its events.</summary>
/// <param name="Submission">The id under which it was asked for; a second time under the same id is the same episode.</param>
/// <param name="Plan">As it was when the episode began.</param>
/// <param name="Began">By the wall's clock.</param>
/// <param name="Source">What it was made from, as whoever began it wrote it down: a JSON document.</param>
public sealed record EpisodeEntry(Episode Episode, string Submission, Plan Plan, DateTimeOffset Began, string Source)
{
    /// <summary>How it ended; null while it has not.</summary>
    public EpisodeReport? Report { get; init; }

    /// <summary>Which build of RobotWorker began it.</summary>
    public string Build { get; init; } = Here;

    /// <summary>This build: its version and, where it was built from a repository, the commit.</summary>
    public static string Here { get; } = typeof(Episode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Counts the journal's episodes from 1; 0 before it is in one.</summary>
    public long Number { get; init; }
}
