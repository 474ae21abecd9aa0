using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Generation.Generate;

/// <summary>Follows what the worker is about: which step, in plain words, and whether it is recovering.</summary>
internal sealed class EpisodeLabels(SceneDescription scene) : IRunRecorder
{
    private const string Settling = "stop and look again";

    /// <summary>What it does now.</summary>
    public string Subtask { get; private set; } = "get ready";

    /// <summary>Whether a failed attempt is being made good: looked at, waited for, repaired, or tried again.</summary>
    public bool IsRecovering { get; private set; }

    public void OnTransition(Event happened, PlanState after)
    {
        var steps = after.Active.Select(number => after.Nodes[number]).OfType<StepState>().ToList();
        IsRecovering = steps.Any(s => s.Phase is StepPhase.Unsettled or StepPhase.BackingOff or StepPhase.Repairing or StepPhase.Undoing || s.Failures > 0);
        if (steps.LastOrDefault(s => s.Phase == StepPhase.Running) is { } runs) Subtask = InWords(runs);
        else if (IsRecovering) Subtask = Settling;
    }

    public void Noted(FaultNote note)
    {
    }

    public void Frozen(FreezeFrame frame)
    {
    }

    private string InWords(StepState step)
    {
        var arguments = step.Bound.Arguments;
        return step.Node.Skill switch
        {
            "navigate_to" => $"drive to the {Of("place")}",
            "pick" => $"pick up the {Of("object")}",
            "place" => $"put the {Of("object")} on the {Of("target")}",
            "look" => $"look at the {Of("at")}",
            var skill => $"{Words(skill)} {string.Join(' ', arguments.Values.Select(Words))}".Trim(),
        };

        string Of(string name) => Thing(arguments.GetValueOrDefault(name, ""));
    }

    // An object of the class cup/red is a red cup.
    private string Thing(string name) =>
        scene.Objects.FirstOrDefault(o => o.Name == name) is { } known ? string.Join(' ', known.Class.Split('/').Reverse()) : Words(name);

    private static string Words(string name) => name.Replace('_', ' ');
}
