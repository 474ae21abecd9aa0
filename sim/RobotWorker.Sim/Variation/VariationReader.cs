using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Variation;

/// <summary>Reads in what episodes shall differ.</summary>
public static class VariationReader
{
    private const string Floor = "floor", HeldOutFloor = "held_out_floor", Absent = "absent";

    /// <param name="entries">Of the mapping: an axis each, and <c>floor</c>, <c>held_out_floor</c>, <c>absent</c>.</param>
    /// <param name="spared">Objects that may be absent: no goal and no step needs them.</param>
    public static VariationDescription Read(IReadOnlyList<DocumentField> entries, ImmutableArray<string> spared, DiagnosticBag bag)
    {
        var axes = ImmutableArray.CreateBuilder<VariationAxis>();
        var (floors, heldOut, absent) = (ImmutableArray<FloorFinish>.Empty, ImmutableArray<FloorFinish>.Empty, ImmutableSortedDictionary<string, double>.Empty);
        foreach (var entry in entries)
        {
            switch (entry.Name)
            {
                case Floor:
                    floors = Floors(entry, bag);
                    break;
                case HeldOutFloor:
                    heldOut = Floors(entry, bag);
                    break;
                case Absent:
                    absent = ReadAbsent(entry, spared, bag);
                    break;
                default:
                    if (ReadAxis(entry, bag) is { } axis) axes.Add(axis);
                    break;
            }
        }
        // A name is not what a camera sees.
        foreach (var kept in heldOut)
            if ((floors.IsEmpty ? [FloorFinish.Standard] : floors).FirstOrDefault(f => f.Name == kept.Name || f with { Name = kept.Name } == kept) is { } trained)
                bag.Error(Codes.GivenTwice, entries.First(e => e.Name == HeldOutFloor).Place, $"the floor '{kept.Name}' is held out, and as '{trained.Name}' it is trained on");
        return new(axes.ToImmutable(), floors, heldOut, absent);
    }

    private static VariationAxis? ReadAxis(DocumentField entry, DiagnosticBag bag)
    {
        if (!Axes.All.TryGetValue(entry.Name, out var kind))
        {
            bag.Error(Codes.NotAChoice, entry.Place, $"nothing varies by '{entry.Name}'", Nearest.Help(entry.Name, [.. Axes.All.Keys.Order(StringComparer.Ordinal), Floor, HeldOutFloor, Absent]));
            return null;
        }
        if (FieldReader.Over(entry.Value, $"'{entry.Name}'", bag) is not { } fields) return null;
        var range = fields.Range("range", kind.Least, kind.Most);
        Interval? tail = fields.Has("tail") ? fields.Range("tail", range.Low, range.High) : null;
        var share = tail is null ? 0 : fields.Number("share", 0.01, 0.99);
        Interval? heldOut = fields.Has("held_out") ? fields.Range("held_out", kind.Least, kind.Most) : null;
        fields.End();
        if (bag.HasErrors) return null;
        if (range.Low == range.High) bag.Error(Codes.BadRange, fields.PlaceOf("range"), $"'{entry.Name}' varies from {range.Low} to itself", "give a range of some width");
        else if (tail is { } t && (t.Low == t.High || t == range)) bag.Error(Codes.BadRange, fields.PlaceOf("tail"), "the tail is a part of the range, of some width");
        if (heldOut is { } h && h.Low <= range.High && h.High >= range.Low) bag.Error(Codes.BadRange, fields.PlaceOf("held_out"), "what is held out is trained on: the two ranges overlap", "keep them apart");
        return new(entry.Name, range, tail, share, heldOut);
    }

    private static ImmutableArray<FloorFinish> Floors(DocumentField field, DiagnosticBag bag)
    {
        if (FieldReader.Over(field.Value, $"'{field.Name}'", bag) is not { } named) return [];
        return [.. named.Mapping.Fields.Select(f => ReadFloor(f, bag)).OfType<FloorFinish>()];
    }

    private static FloorFinish? ReadFloor(DocumentField field, DiagnosticBag bag)
    {
        FieldReader.ToName(field.Name, field.Place, bag);
        if (FieldReader.Over(field.Value, $"the floor '{field.Name}'", bag) is not { } fields) return null;
        var floor = new FloorFinish(field.Name, fields.Choice("pattern", [.. FloorFinish.Patterns]), fields.Colour("first"), fields.Has("second") ? fields.Colour("second") : fields.Colour("first"),
            fields.OptionalNumber("tiles_a_metre", 0.1, 20) ?? FloorFinish.Standard.TilesAMetre);
        fields.End();
        return floor;
    }

    private static ImmutableSortedDictionary<string, double> ReadAbsent(DocumentField field, ImmutableArray<string> spared, DiagnosticBag bag)
    {
        var absent = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        if (FieldReader.Over(field.Value, $"'{Absent}'", bag) is not { } fields) return absent.ToImmutable();
        foreach (var o in fields.Mapping.Fields)
        {
            var share = fields.Number(o.Name, 0, 1);
            if (spared.Contains(o.Name)) absent[o.Name] = share;
            else bag.Error(Codes.UnknownObject, o.Place, $"'{o.Name}' is no object of the scene that the plan can do without", Nearest.Help(o.Name, spared));
        }
        fields.End();
        return absent.ToImmutable();
    }
}
