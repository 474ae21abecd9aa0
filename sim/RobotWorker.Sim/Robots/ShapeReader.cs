using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Robots;

/// <summary>
/// Reads shapes: <c>{box: [x, y, z], at: [...], rpy: [...], colour: "#rrggbb"}</c>, or <c>{cylinder: diameter, from: [...], to: [...], colour}</c>, or the same with
/// <c>capsule</c>; <c>solid: false</c> for what is only seen.
/// </summary>
internal static class ShapeReader
{
    private static readonly string[] Kinds = ["box", "cylinder", "capsule"];

    public static ImmutableArray<Shape> ReadAll(FieldReader fields, string name) => [.. fields.List(name).Select(n => ReadOne(n, fields.Bag)).OfType<Shape>()];

    /// <summary>Where each of them stands in the document.</summary>
    public static IEnumerable<Place> Places(FieldReader fields, string name) => fields.OptionalList(name).Select(n => n.Place);

    private static Shape? ReadOne(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "a shape", bag) is not { } fields) return null;
        var given = Kinds.Where(fields.Has).ToArray();
        if (given.Length != 1)
        {
            bag.Error(Codes.NotAShape, fields.Place, given.Length == 0 ? "this shape is neither box, cylinder nor capsule" : $"this shape is {string.Join(" and ", given)}",
                "write one of {box: [x, y, z]}, {cylinder: diameter} or {capsule: diameter}");
            return null;
        }
        var (colour, solid) = (fields.Colour("colour"), fields.OptionalFlag("solid") ?? true);
        var shape = given[0] == "box" ? ReadBox(fields, colour, solid) : ReadRound(fields, given[0], colour, solid);
        fields.End();
        return shape;
    }

    private static Shape ReadBox(FieldReader fields, Colour colour, bool solid)
    {
        var size = fields.Vector("box", 3, 0.0005, 20);
        return new(ShapeKind.Box, new(size[0], size[1], size[2]), fields.Frame("at"), colour, solid);
    }

    private static Shape? ReadRound(FieldReader fields, string kind, Colour colour, bool solid)
    {
        var (diameter, from, to) = (fields.Number(kind, 0.0005, 20), fields.Position("from"), fields.Position("to"));
        if (fields.Has("from") && fields.Has("to") && (to - from).Length < 1e-4)
        {
            fields.Bag.Error(Codes.NotAShape, fields.PlaceOf("to"), $"this {kind} begins and ends at one point", "move 'to'");
            return null;
        }
        return Shape.Between(kind == "cylinder" ? ShapeKind.Cylinder : ShapeKind.Capsule, from, to, diameter, colour, solid);
    }
}
