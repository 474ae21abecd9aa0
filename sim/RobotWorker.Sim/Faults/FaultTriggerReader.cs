using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.World;

namespace RobotWorker.Sim.Faults;

/// <summary>Reads what a fault waits for.</summary>
internal static class FaultTriggerReader
{
    // What GoalTruth can tell.
    private static readonly ImmutableArray<string> States = ["on", "in", "holding", "empty", "at"];

    // In the order of RobotPart.
    private static readonly ImmutableArray<string> Parts = ["arm", "base", "gripper", "head"];

    public static FaultTrigger Read(FieldReader fields, SceneDescription? scene)
    {
        var trigger = new FaultTrigger
        {
            After = fields.OptionalDuration("after") ?? TimeSpan.Zero,
            Before = fields.OptionalDuration("before"),
            Object = fields.Has("lifted") || fields.Has("moved") ? fields.Name("object") : fields.OptionalName("object"),
            LiftedMetres = fields.OptionalNumber("lifted", 0, 10) ?? 0,
            MovedMetres = fields.OptionalNumber("moved", 0, 10) ?? 0,
            Moving = fields.OptionalChoice("moving", Parts) is { } part ? (RobotPart)Parts.IndexOf(part) : null,
            Holds = fields.OptionalNode("holds") is { } node ? ConditionReader.Read(node, fields.Bag) : null,
        };
        CheckMoment(fields, trigger);
        if (scene is not null) CheckNames(fields, trigger, scene);
        fields.End();
        return trigger;
    }

    private static void CheckMoment(FieldReader fields, FaultTrigger trigger)
    {
        if (trigger.Object is not null ? !fields.Has("lifted") && !fields.Has("moved") : fields.Mapping.Fields.Count == 0)
            fields.Bag.Error(Codes.NeverTriggered, fields.Place, "this trigger has no condition", "give 'lifted' or 'moved' of an object, in metres, or both; or 'after', 'moving' or 'holds'");
        if (trigger.Before <= trigger.After)
            fields.Bag.Error(Codes.FaultMomentEmpty, fields.PlaceOf("before"), $"'before' is not after 'after' ({trigger.After.TotalSeconds:0.###} s)", "the fault strikes at a moment between the two, by chance");
    }

    private static void CheckNames(FieldReader fields, FaultTrigger trigger, SceneDescription scene)
    {
        if (trigger.Object is { Length: > 0 } name && scene.Object(name) is null)
            fields.Bag.Error(Codes.UnknownFaultObject, fields.PlaceOf("object"), $"there is no object '{name}' in scene '{scene.Name}'", Nearest.Help(name, [.. scene.Objects.Select(o => o.Name)]));
        ImmutableArray<string> names =
        [
            .. scene.Objects.Select(o => o.Name), .. scene.Surfaces.Select(s => s.Name), .. scene.Containers.Select(c => c.Name), .. scene.Places.Select(p => p.Name), "robot", "gripper",
        ];
        foreach (var atom in trigger.Holds?.Atoms() ?? [])
        {
            if (!States.Contains(atom.Predicate))
                fields.Bag.Error(Codes.UnknownFaultState, fields.PlaceOf("holds"), $"'{atom.Predicate}' is no state of the simulated world", Nearest.Help(atom.Predicate, States));
            else if (atom.Arguments.FirstOrDefault(argument => !names.Contains(argument)) is { } unknown)
                fields.Bag.Error(Codes.UnknownFaultObject, fields.PlaceOf("holds"), $"there is no '{unknown}' in scene '{scene.Name}'", Nearest.Help(unknown, names));
        }
    }
}
