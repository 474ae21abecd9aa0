using System.Collections.Immutable;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Generation.Generate;

/// <summary>Follows what the worker is about: which step, in plain words, and whether it is recovering.</summary>
internal sealed class EpisodeLabels(SceneDescription scene) : IRunRecorder
{
    private const string Settling = "stop and look again";

    private bool isCut;

    /// <summary>What it does now.</summary>
    public string Subtask { get; private set; } = "get ready";

    /// <summary>Whether a failed attempt is being made good: looked at, waited for, repaired, or tried again.</summary>
    public bool IsRecovering { get; private set; }

    /// <summary>The worker has nothing to say any more.</summary>
    public void Cut() => (isCut, IsRecovering) = (true, false);

    /// <summary>A step begins that is not the worker's.</summary>
    public void Begins(string skill, ImmutableSortedDictionary<string, string> arguments) => Subtask = InWords(skill, arguments);

    public void OnTransition(Event happened, PlanState after)
    {
        if (isCut) return;
        var steps = after.Active.Select(number => after.Nodes[number]).OfType<StepState>().ToList();
        IsRecovering = steps.Any(s => s.Phase is StepPhase.Unsettled or StepPhase.BackingOff or StepPhase.Repairing or StepPhase.Undoing || s.Failures > 0);
        if (steps.LastOrDefault(s => s.Phase == StepPhase.Running) is { } runs) Subtask = InWords(runs.Node.Skill, runs.Bound.Arguments);
        else if (IsRecovering) Subtask = Settling;
    }

    public void Noted(FaultNote note)
    {
    }

    public void Frozen(FreezeFrame frame)
    {
    }

    private string InWords(string skill, ImmutableSortedDictionary<string, string> arguments)
    {
        return skill switch
        {
            "navigate_to" => $"drive to the {Of("place")}",
            "pick" => $"pick up the {Of("object")}",
            "place" => $"put the {Of("object")} on the {Of("target")}",
            "look" => $"look at the {Of("at")}",
            _ => $"{Words(skill)} {string.Join(' ', arguments.Values.Select(Words))}".Trim(),
        };

        string Of(string name) => Thing(arguments.GetValueOrDefault(name, ""));
    }

    // An object of the class cup/red is a red cup.
    private string Thing(string name) =>
        scene.Objects.FirstOrDefault(o => o.Name == name) is { } known ? string.Join(' ', known.Class.Split('/').Reverse()) : Words(name);

    private static string Words(string name) => name.Replace('_', ' ');
}
