using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Cli.Views;

/// <summary>States and decisions as a person reads them.</summary>
internal static class Words
{
    public static string Of(StepStatus state) => state.ToString().ToUpperInvariant();

    public static string Of(EpisodeOutcome outcome) => outcome == EpisodeOutcome.NeedsPerson ? "needs a person" : outcome.ToString().ToLowerInvariant();

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "succeeded",
        Outcome.Failed => "failed",
        _ => "-",
    };

    /// <summary>With the recovery's effect, decision and grounds.</summary>
    public static string Of(RecoveryEntry entry) =>
        $"{entry.At.Seconds,7:0.0} s  {Short(entry.Step)}: {Effect(entry.Effect)} → {entry.Decision.ToString().ToLowerInvariant()} ({entry.Evidence})";

    public static string Of(FaultReport fault) =>
        $"{fault.ConfirmedAt.Seconds,7:0.0} s  {fault.Code} {fault.Level.ToString().ToUpperInvariant()} {fault.Evidence}"
        + (fault.HealedAt is { } healed ? $"; healed at {healed.Seconds:0.0} s" : "; active");

    public static string Short(string path) => path.StartsWith("root/", StringComparison.Ordinal) ? path["root/".Length..] : path;

    private static string Effect(Effect effect) => effect switch
    {
        Recovery.Effect.NotStarted => "not started",
        _ => effect.ToString().ToLowerInvariant(),
    };

    /// <summary>What happened to the episode as a whole, or null: it concerns a step.</summary>
    public static string? Of(Event happened) => happened switch
    {
        Event.ModeChanged e => $"the robot is in {e.Mode.Word()}, set by {e.By}",
        Event.PlanReplaced e => $"revision {e.Plan.Revision} of the plan takes over",
        Event.PauseAsked => "asked to pause",
        Event.ResumeAsked => "asked to go on",
        Event.LinkLost => "the link to the robot is lost",
        Event.LinkBack => "the link to the robot is back",
        Event.ProcessRestarted => "this process takes the episode up",
        _ => null,
    };

    /// <summary>Why the worker does not go on by itself, or null.</summary>
    public static string? Mode(PlanState state) =>
        state.LinkDown ? "LINK LOST" : state.Mode != OperatingMode.Automatic ? state.Mode.Word() : state.PauseAsked ? "PAUSED" : state.Parking is not null ? "PARKING" : null;
}
