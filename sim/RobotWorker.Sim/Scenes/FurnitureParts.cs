using RobotWorker.Motion;

namespace RobotWorker.Sim.Scenes;

/// <summary>One box of a piece of furniture, in its frame.</summary>
/// <param name="Shade">Share of the furniture's colour.</param>
/// <param name="IsWood">Shows the wood's grain.</param>
public sealed record FurniturePart(Vec3 Centre, Vec3 Size, double Shade = 1, bool IsWood = false);

/// <summary>The boxes that each kind of furniture is made of.</summary>
public static class FurnitureParts
{
    public const double TableTop = 0.04;
    public const double Board = 0.02;
    public const double BinWall = 0.008;

    // The back of a shelf stands this much above the topmost board.
    public const double ShelfBack = 0.25;
    private const double Leg = 0.06;

    public static IEnumerable<FurniturePart> Of(Furniture f) => f.Kind switch
    {
        FurnitureKind.Box => Box(f.Size),
        FurnitureKind.Table => Table(f.Size),
        FurnitureKind.Shelf => Shelf(f.Size),
        FurnitureKind.Bin => Bin(f.Size),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f.Kind, null),
    };

    private static IEnumerable<FurniturePart> Box(Vec3 size) => [new(new(0, 0, size.Z / 2), size)];

    private static IEnumerable<FurniturePart> Table(Vec3 size)
    {
        yield return new(new(0, 0, size.Z - (TableTop / 2)), new(size.X, size.Y, TableTop), IsWood: true);
        var height = size.Z - TableTop;
        foreach (var (x, y) in new[] { (-1, -1), (-1, 1), (1, -1), (1, 1) })
            yield return new(new(x * ((size.X / 2) - Leg), y * ((size.Y / 2) - Leg), height / 2), new(Leg, Leg, height), 0.7);
    }

    // The board's top is the furniture's height; two more boards below, the back goes on above.
    private static IEnumerable<FurniturePart> Shelf(Vec3 size)
    {
        foreach (var share in new[] { 0.1, 0.55 })
            yield return new(new(0, 0, size.Z * share), new(size.X - (2 * Board), size.Y, Board), 0.9);
        yield return new(new(0, 0, size.Z - (Board / 2)), new(size.X, size.Y, Board), IsWood: true);
        foreach (var side in new[] { -1, 1 })
            yield return new(new(side * ((size.X / 2) - (Board / 2)), 0, (size.Z - Board) / 2), new(Board, size.Y, size.Z - Board), 0.85);
        yield return new(new(0, (size.Y / 2) + (Board / 2), (size.Z + ShelfBack) / 2), new(size.X, Board, size.Z + ShelfBack), 0.8);
    }

    private static IEnumerable<FurniturePart> Bin(Vec3 size)
    {
        yield return new(new(0, 0, BinWall), new(size.X, size.Y, 2 * BinWall), 0.7);
        foreach (var side in new[] { -1, 1 })
        {
            yield return new(new(side * (size.X - BinWall) / 2, 0, size.Z / 2), new(BinWall, size.Y, size.Z));
            yield return new(new(0, side * (size.Y - BinWall) / 2, size.Z / 2), new(size.X, BinWall, size.Z), 0.92);
        }
    }
}
