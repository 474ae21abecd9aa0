using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Faults.Hardware;
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
    public static readonly ImmutableArray<string> Kinds = [.. HardwareFaults.All.Select(kind => kind.Name), ObjectTaken.Name, .. WireFaultReader.Kinds];

    // What GRIPPER_FORCE_LOW was called before there were others, and its number.
    private const string OldName = "gripper_force_loss", OldShare = "remaining_force";

    /// <param name="scene">If given, the names in triggers must be in it.</param>
    /// <param name="robot">If given, the joints that faults act on must be its arm's.</param>
    /// <returns>The faults, or null where the bag has errors from them.</returns>
    public static ImmutableArray<FaultDescription>? Read(string text, string file, DiagnosticBag bag, SceneDescription? scene = null, RobotDescription? robot = null)
    {
        var found = new DiagnosticBag();
        var faults = ReadDocument(text, file, found, scene, robot);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : faults;
    }

    /// <summary>A fault of the hardware among fields that say more than that; whoever asks ends them.</summary>
    /// <returns>Null where the bag says why.</returns>
    public static HardwareFault? ReadHardware(FieldReader fields, SceneDescription? scene, RobotDescription? robot)
    {
        if (fields.Choice("fault", [.. HardwareFaults.All.Select(kind => kind.Name)]) is not { } kind || HardwareFaults.Find(kind) is null) return null;
        return ReadHardware(kind, fields, fields.OptionalFields("when", "'when'") is { } trigger ? FaultTriggerReader.Read(trigger, scene) : FaultTrigger.AtOnce, robot);
    }

    /// <summary>Other numbers for a fault: those that the fields do not name stay.</summary>
    public static HardwareFault ReadNumbers(FieldReader fields, HardwareFault fault, RobotDescription? robot)
    {
        var other = fault with { Values = [.. fault.Is.Parameters.Select((parameter, i) => ReadNumber(fields, parameter, fault.Values[i]))] };
        if (robot is not null) CheckJoint(fields, other, robot.Name, robot.Arm.Joints.Length);
        return other;
    }

    private static ImmutableArray<FaultDescription> ReadDocument(string text, string file, DiagnosticBag bag, SceneDescription? scene, RobotDescription? robot)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a fault", bag) is not { } fields) return [];
        fields.Format("faults", Format);
        IEnumerable<FieldReader> each = fields.Has("inject") ? fields.List("inject").Select(node => FieldReader.Over(node, "a fault", bag)).OfType<FieldReader>() : [fields];
        ImmutableArray<FaultDescription> faults = [.. each.Select(one => ReadFault(one, scene, robot)).OfType<FaultDescription>()];
        if (fields.Has("inject")) fields.End();
        return faults;
    }

    private static FaultDescription? ReadFault(FieldReader fields, SceneDescription? scene, RobotDescription? robot)
    {
        // Of an unknown kind nobody can say which fields it has.
        ImmutableArray<string> known = [.. Kinds, OldName];
        if ((fields.Has("fault") ? fields.OptionalChoice("fault", known) : fields.Choice("fault", known)) is not { } kind) return null;
        var when = fields.OptionalFields("when", "'when'") is { } trigger ? FaultTriggerReader.Read(trigger, scene) : FaultTrigger.AtOnce;
        FaultDescription fault = kind == ObjectTaken.Name ? ReadTaken(fields, when, scene)
            : WireFaultReader.Kinds.Contains(kind) ? new FaultOnWire(kind, when, ReadDuration(fields), WireFaultReader.Read(kind, fields))
            : ReadHardware(kind, fields, when, robot);
        fields.End();
        return fault;
    }

    private static TimeSpan? ReadDuration(FieldReader fields) => fields.OptionalDuration("duration", TimeSpan.FromMilliseconds(10));

    private static HardwareFault ReadHardware(string name, FieldReader fields, FaultTrigger when, RobotDescription? robot)
    {
        var duration = ReadDuration(fields);
        if (name == OldName) return HardwareFault.Standard("GRIPPER_FORCE_LOW", when, duration) with { Values = [fields.Number(OldShare, 0, 1)] };
        var fault = HardwareFault.Standard(name, when, duration);
        return ReadNumbers(fields, fault, robot);
    }

    private static void CheckJoint(FieldReader fields, HardwareFault fault, string robot, int joints)
    {
        if (fault.FarthestJoint > joints)
            fields.Bag.Error(
                Codes.OutOfRange, fields.PlaceOf("joint"), $"the arm of '{robot}' has {joints} joints; {fault.Kind} is for joint {fault.FarthestJoint}{(fields.Has("joint") ? "" : " where no other is given")}",
                $"'joint' must be from 1 to {joints}");
    }

    private static double ReadNumber(FieldReader fields, FaultParameter parameter, double standard) => (parameter.Whole
        ? fields.OptionalInteger(parameter.Name, (int)parameter.Least, (int)parameter.Most)
        : fields.OptionalNumber(parameter.Name, parameter.Least, parameter.Most)) ?? standard;

    private static ObjectTaken ReadTaken(FieldReader fields, FaultTrigger when, SceneDescription? scene)
    {
        var name = fields.Name("object");
        if (scene is not null && name.Length > 0 && scene.Object(name) is null)
            fields.Bag.Error(Codes.UnknownFaultObject, fields.PlaceOf("object"), $"there is no object '{name}' in scene '{scene.Name}'", Nearest.Help(name, [.. scene.Objects.Select(o => o.Name)]));
        return new(when, name);
    }
}
