using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;

namespace RobotWorker.Sim.Scenes;

/// <summary>Reads what stands fixed.</summary>
internal static class FurnitureReader
{
    private static readonly ImmutableArray<string> Kinds = ["box", "table", "shelf", "bin"];

    public static ImmutableArray<Furniture> Read(FieldReader scene, ImmutableArray<double> floor) =>
        [.. scene.OptionalEntries("furniture").Select(f => ReadOne(f, floor, scene.Bag)).OfType<Furniture>()];

    private static Furniture? ReadOne(DocumentField field, ImmutableArray<double> floor, DiagnosticBag bag)
    {
        FieldReader.ToName(field.Name, field.Place, bag);
        if (FieldReader.Over(field.Value, $"furniture '{field.Name}'", bag) is not { } fields) return null;
        var (kind, at, size) = (fields.Choice("kind", Kinds), fields.OnFloor(), fields.Vector("size", 3, 0.01, 20));
        var furniture = new Furniture(field.Name, (FurnitureKind)Kinds.IndexOf(kind), at, new(size[0], size[1], size[2]), fields.OptionalNumber("bottom", 0, 10) ?? 0, fields.Colour("colour"));
        fields.End();
        var ground = Rectangle.Of(furniture);
        if (fields.Has("at") && fields.Has("size") && floor[0] > 0 && !ground.IsWithin(floor[0], floor[1]))
            bag.Error(Codes.OutsideRoom, fields.PlaceOf("at"), $"furniture '{field.Name}' stands outside the floor of {floor[0]:0.##} by {floor[1]:0.##} m", "the floor is centred on the map's origin");
        return furniture;
    }
}
