using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;

namespace RobotWorker.Generation.Runs;

/// <summary>What a run came to.</summary>
/// <param name="State">The executor's state at the end.</param>
/// <param name="Events">The journal: folded, they give <paramref name="State"/>.</param>
/// <param name="Notices">Lines for a person: no film because ffmpeg is missing, the recording broke off.</param>
public sealed record RunResult(
    EpisodeReport Report, PlanState State, ImmutableArray<Event> Events, RunTiming Timing, ImmutableArray<string> Notices);
