using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>A step's <c>undo</c>: runs as a step of its own below it when it is given up with its effect half done.</summary>
internal static class Undoing
{
    private const string Source = "source";

    public static void Begin(Transition t, StepState step, UndoSkill undo)
    {
        var arguments = undo.Arguments;
        foreach (var (name, value) in undo.Arguments)
            if (value == Source && step.Source is { } place) arguments = arguments.SetItem(name, place);
        Halting.Forget(t, step.Number);
        t.Put(step with { Phase = StepPhase.Undoing, Status = StepStatus.Running });
        var node = new SkillNode(
            "undo", undo.Skill, arguments, Condition.Always, Condition.Always, Condition.Always, null, null, null, null, null,
            ImmutableSortedDictionary<string, string>.Empty, step.Node.Place);
        Tree.Open(t, step.Number, node, step.Scope, $"{step.Path}/undo");
    }

    /// <summary>Where one of the step's arguments lies as it begins: <c>on(cup1, table)</c> gives <c>table</c>.</summary>
    public static string? SourceOf(Transition t, StepState step)
    {
        var places = ImmutableSortedSet.CreateBuilder(StringComparer.Ordinal);
        foreach (var (atom, _) in t.World.Facts)
            if (atom is { Predicate: "on" or "in", Arguments: [var thing, var place] } && step.Bound.Arguments.ContainsValue(thing)
                && t.World.Find(atom, t.Now)?.Value == Truth.True) places.Add(place);
        return places.Count == 1 ? places[0] : null;
    }
}
