using RobotWorker.Diagnostics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Faults;

/// <summary>Reads faults files of the format robotworker/v1. docs/diagnostics.md lists what it refuses (RW0300 to RW0399).</summary>
public static class FaultReader
{
    public const string Format = "robotworker/v1";

    /// <param name="scene">If given, the objects that triggers name must be in it.</param>
    /// <returns>The fault, or null where the bag has errors from it.</returns>
    public static FaultDescription? Read(string text, string file, DiagnosticBag bag, SceneDescription? scene = null)
    {
        var found = new DiagnosticBag();
        var fault = ReadDocument(text, file, found, scene);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : fault;
    }

    private static FaultDescription? ReadDocument(string text, string file, DiagnosticBag bag, SceneDescription? scene)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a fault", bag) is not { } fields) return null;
        FormatField.Check(fields, "faults", Format);
        var kind = fields.Choice("fault", "gripper_force_loss");
        var when = fields.Fields("when", "'when'") is { } w ? ReadTrigger(w, scene) : null;
        var (force, duration) = (fields.Number("remaining_force", 0, 1), fields.Duration("duration", TimeSpan.FromMilliseconds(10)));
        fields.End();
        return when is null ? null : new(kind, when, force, duration.TotalSeconds);
    }

    private static FaultTrigger ReadTrigger(FieldReader fields, SceneDescription? scene)
    {
        var trigger = new FaultTrigger(fields.Name("object"), fields.OptionalNumber("lifted", 0, 10) ?? 0, fields.OptionalNumber("moved", 0, 10) ?? 0);
        if (!fields.Has("lifted") && !fields.Has("moved"))
            fields.Bag.Error(Codes.NeverTriggered, fields.Place, "this trigger has no condition", "give 'lifted' or 'moved', in metres, or both");
        if (scene is not null && trigger.Object.Length > 0 && scene.Object(trigger.Object) is null)
            fields.Bag.Error(Codes.UnknownFaultObject, fields.PlaceOf("object"), $"there is no object '{trigger.Object}' in scene '{scene.Name}'",
                Nearest.Help(trigger.Object, [.. scene.Objects.Select(o => o.Name)]));
        fields.End();
        return trigger;
    }
}
