using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;

namespace RobotWorker.Sim.Scenes;

/// <summary>Reads the named surfaces and containers: the uppermost board of a table or shelf, the top of a box, the inside of a bin.</summary>
internal sealed class AreaReader(ImmutableArray<Furniture> furniture, DiagnosticBag bag)
{
    public ImmutableArray<Surface> Surfaces(FieldReader scene) => [.. Read(scene, "surfaces", "surface", f => f.Kind != FurnitureKind.Bin, "a bin has no top").Select(
        a => new Surface(a.Name, a.Of.Name, a.Of.Pose * new Pose(new(0, 0, a.Of.Size.Z), Quat.Identity), a.Of.Size.X, a.Of.Size.Y))];

    public ImmutableArray<Container> Containers(FieldReader scene) => [.. Read(scene, "containers", "container", f => f.Kind == FurnitureKind.Bin, "only a bin contains things").Select(
        a => new Container(a.Name, a.Of.Name, a.Of.Pose * new Pose(new(0, 0, 2 * FurnitureParts.BinWall), Quat.Identity),
            new(a.Of.Size.X - (2 * FurnitureParts.BinWall), a.Of.Size.Y - (2 * FurnitureParts.BinWall), a.Of.Size.Z - (2 * FurnitureParts.BinWall))))];

    private List<(string Name, Furniture Of)> Read(FieldReader scene, string list, string what, Func<Furniture, bool> fits, string why)
    {
        var areas = new List<(string, Furniture)>();
        foreach (var field in scene.OptionalEntries(list))
        {
            FieldReader.ToName(field.Name, field.Place, bag);
            if (FieldReader.Over(field.Value, $"{what} '{field.Name}'", bag) is not { } fields) continue;
            var name = fields.Name("furniture");
            fields.End();
            var candidates = furniture.Where(fits).Select(f => f.Name).ToArray();
            if (furniture.FirstOrDefault(f => f.Name == name) is { } of && fits(of)) areas.Add((field.Name, of));
            else if (name.Length > 0)
                bag.Error(Codes.UnknownFurniture, fields.PlaceOf("furniture"),
                    furniture.Any(f => f.Name == name) ? $"furniture '{name}' is no {what}: {why}" : $"there is no furniture '{name}'", Nearest.Help(name, candidates));
        }
        return areas;
    }
}
