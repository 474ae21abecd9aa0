using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Firmware.Arm;

/// <summary>Reads what stands where a person has shown it, of the format robotworker/v1 from YAML or JSON. docs/serial-arm.md describes the fields.</summary>
public static class TaughtPlacesReader
{
    public const string Format = "robotworker/v1";

    private const double Far = 100;

    /// <returns>Null where the bag has errors from it.</returns>
    public static TaughtPlaces? Read(string text, string file, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var places = ReadDocument(text, file, found);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : places;
    }

    private static TaughtPlaces? ReadDocument(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "what was taught", bag) is not { } fields) return null;
        fields.Format("taught", Format);
        ImmutableArray<TaughtObject> objects = [.. fields.List("objects").Select(node => FieldReader.Over(node, "an object", bag)).OfType<FieldReader>().Select(ReadObject)];
        foreach (var twice in objects.GroupBy(o => o.Name).Where(group => group.Count() > 1))
            bag.Error(Codes.GivenTwice, fields.PlaceOf("objects"), $"'{twice.Key}' stands in two places", "take one of them out");
        ImmutableArray<double> levels = fields.Has("levels") ? fields.Vector("levels", fields.OptionalList("levels").Count, -Far, Far) : [];
        fields.End();
        return TaughtPlaces.Of(objects, levels.AsSpan());
    }

    private static TaughtObject ReadObject(FieldReader fields)
    {
        var name = fields.Name("name");
        var kind = fields.Text("class");
        var size = fields.Vector("size", 3, 0.001, 1);
        var at = fields.Vector("at", 3, -Far, Far);
        var yaw = fields.OptionalNumber("yaw", -Math.Tau, Math.Tau) ?? 0;
        fields.End();
        return new(name, kind, new(size[0], size[1], size[2]), new(new(at[0], at[1], at[2]), Quat.FromAxisAngle(Vec3.UnitZ, yaw)));
    }
}
