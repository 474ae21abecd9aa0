using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Faults;

/// <summary>
/// Reads faults files of the format robotworker/v1: one fault, or several under <c>inject</c>. docs/diagnostics.md lists what it refuses (RW0300 to RW0399).
/// </summary>
public static class FaultReader
{
    public const string Format = "robotworker/v1";

    /// <summary>The kinds of faults that there are.</summary>
    public static readonly ImmutableArray<string> Kinds = [GripperForceLoss.Name, ObjectTaken.Name, .. WireFaultReader.Kinds];

    /// <param name="scene">If given, the names in triggers must be in it.</param>
    /// <returns>The faults, or null where the bag has errors from them.</returns>
    public static ImmutableArray<FaultDescription>? Read(string text, string file, DiagnosticBag bag, SceneDescription? scene = null)
    {
        var found = new DiagnosticBag();
        var faults = ReadDocument(text, file, found, scene);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : faults;
    }

    private static ImmutableArray<FaultDescription> ReadDocument(string text, string file, DiagnosticBag bag, SceneDescription? scene)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a fault", bag) is not { } fields) return [];
        FormatField.Check(fields, "faults", Format);
        IEnumerable<FieldReader> each = fields.Has("inject") ? fields.List("inject").Select(node => FieldReader.Over(node, "a fault", bag)).OfType<FieldReader>() : [fields];
        ImmutableArray<FaultDescription> faults = [.. each.Select(one => ReadFault(one, scene)).OfType<FaultDescription>()];
        if (fields.Has("inject")) fields.End();
        return faults;
    }

    private static FaultDescription? ReadFault(FieldReader fields, SceneDescription? scene)
    {
        // Of an unknown kind nobody can say which fields it has.
        if ((fields.Has("fault") ? fields.OptionalChoice("fault", Kinds) : fields.Choice("fault", Kinds)) is not { } kind) return null;
        var when = fields.OptionalFields("when", "'when'") is { } trigger ? FaultTriggerReader.Read(trigger, scene) : FaultTrigger.AtOnce;
        var fault = kind == ObjectTaken.Name ? ReadTaken(fields, when, scene) : ReadLasting(kind, fields, when);
        fields.End();
        return fault;
    }

    private static FaultDescription ReadLasting(string kind, FieldReader fields, FaultTrigger when)
    {
        var duration = fields.OptionalDuration("duration", TimeSpan.FromMilliseconds(10));
        return WireFaultReader.Kinds.Contains(kind)
            ? new FaultOnWire(kind, when, duration, WireFaultReader.Read(kind, fields))
            : new GripperForceLoss(when, duration, fields.Number("remaining_force", 0, 1));
    }

    private static ObjectTaken ReadTaken(FieldReader fields, FaultTrigger when, SceneDescription? scene)
    {
        var name = fields.Name("object");
        if (scene is not null && name.Length > 0 && scene.Object(name) is null)
            fields.Bag.Error(Codes.UnknownFaultObject, fields.PlaceOf("object"), $"there is no object '{name}' in scene '{scene.Name}'", Nearest.Help(name, [.. scene.Objects.Select(o => o.Name)]));
        return new(when, name);
    }
}
