using RobotWorker.Recording.Journals;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>How a plan is run on a robot behind a wire.</summary>
/// <param name="Seed">Of the worker's own chance; it has no power over the robot.</param>
/// <param name="Folder">Where its files go; made where it is missing.</param>
/// <param name="Node">The worker's name on the graph.</param>
public sealed record RobotRunOptions(ulong Seed, string Folder, string Node = "robotworker")
{
    /// <summary>How long it may take to reach the robot, and then to hear how it is built.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seconds of timers and deadlines in a second of the wall: as fast as a simulated robot is served, 1 for one of metal.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The clock behind timers and deadlines.</summary>
    public WallClock Wall { get; init; } = WallClock.Real;

    /// <summary>The episode in the robot's journal; null: it is kept in memory alone, and a process that is killed leaves nothing to resume.</summary>
    public JournalledEpisode? Journal { get; init; }

    /// <summary>Where other processes of the user may pause it, change its mode, answer for it or revise its plan: the path of a socket; null: nowhere.</summary>
    public string? Control { get; init; }

    /// <summary>Whether an answer from there is waited for where nobody is at the terminal.</summary>
    public bool WaitsForAnswers { get; init; }

    /// <summary>Says when the run began, and how long it took; the episode itself never reads it.</summary>
    public TimeProvider Stopwatch { get; init; } = TimeProvider.System;
}
