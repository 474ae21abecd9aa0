using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Sim.Scenes;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// What is done where nothing seems left to do: the robot looks where the scene has what the goal tells of, or, where only its own hand can tell, waits for
/// the hand's word. The goal is observed after it, as after every plan.
/// </summary>
internal static class Seeing
{
    private const string Detector = "detector";

    // The hand speaks many times a second: five seconds of silence mean that it will not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The plan of nothing with that in it.</summary>
    /// <param name="names">What the scene knows by name.</param>
    public static Plan Whether(Plan nothing, ImmutableArray<PlanObject> names, SceneDescription scene, SkillCatalogue catalogue)
    {
        var goal = nothing.Goal!;
        var objects = goal.Atoms().Where(a => catalogue.Predicates.Settles(a.Predicate, Detector)).Select(a => a.Arguments[0]).ToImmutableArray();
        ImmutableArray<string> supports = [.. scene.Objects.Where(o => objects.Contains(o.Name)).Select(o => o.On).Distinct()];
        if (supports.IsEmpty) return nothing with { Root = new WaitNode("root", goal, Patience, default) };
        return nothing with
        {
            Objects = [.. names.Where(n => nothing.Objects.Contains(n) || supports.Contains(n.Name))],
            Root = new SequenceNode("root", [.. supports.Select(Look)], default),
        };
    }

    private static SkillNode Look(string support) => new(
        $"look_{support}", "look", ImmutableSortedDictionary<string, string>.Empty.Add("at", support), Condition.Always, Condition.Always, Condition.Always,
        null, null, null, null, null, ImmutableSortedDictionary<string, string>.Empty, default);
}
