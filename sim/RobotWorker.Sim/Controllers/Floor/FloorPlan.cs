using System.Collections.Immutable;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// Where the base may stand: the floor's rectangle less everything nearer to furniture than the footprint's radius. The footprint is
/// the circle about the base's rectangle, so that turning on the spot never needs more room than standing.
/// </summary>
/// <param name="Min">The floor's lowest corner in <c>map</c>.</param>
/// <param name="Max">The floor's highest corner in <c>map</c>.</param>
/// <param name="Radius">The footprint's radius in metres.</param>
public sealed record FloorPlan(FloorPoint Min, FloorPoint Max, ImmutableArray<FloorBox> Obstacles, double Radius)
{
    /// <summary>Distance in metres from <paramref name="point"/> to the nearest furniture or to the floor's edge; negative inside or outside.</summary>
    public double Clearance(FloorPoint point)
    {
        var nearest = EdgeDistance(point);
        foreach (var box in Obstacles) nearest = Math.Min(nearest, box.Distance(point));
        return nearest;
    }

    /// <summary>Whether the base may stand at <paramref name="point"/>.</summary>
    public bool IsFree(FloorPoint point) => Clearance(point) >= Radius;

    public bool IsInside(FloorPoint point) => EdgeDistance(point) >= 0;

    /// <summary>The furniture that keeps the base from standing at <paramref name="point"/>, if any.</summary>
    public FloorBox? Blocking(FloorPoint point)
    {
        FloorBox? nearest = null;
        foreach (var box in Obstacles)
            if (box.Distance(point) < Radius && (nearest is null || box.Distance(point) < nearest.Distance(point))) nearest = box;
        return nearest;
    }

    /// <summary>Whether the whole segment keeps at least <paramref name="clearance"/> metres (the radius when not given).</summary>
    public bool IsFree(FloorPoint from, FloorPoint to, double? clearance = null)
    {
        var needed = clearance ?? Radius;
        var length = from.DistanceTo(to);
        var along = 0.0;
        while (true)
        {
            // No point nearer than the spare room can be closer than needed: step that far (sphere tracing), at least a millimetre.
            var spare = Clearance(length > 0 ? from + ((to - from) * (along / length)) : from) - needed;
            if (spare < 0) return false;
            if (along >= length) return true;
            along = Math.Min(length, along + Math.Max(spare, SmallestStepMetres));
        }
    }

    private const double SmallestStepMetres = 0.001;

    private double EdgeDistance(FloorPoint p) => Math.Min(Math.Min(p.X - Min.X, Max.X - p.X), Math.Min(p.Y - Min.Y, Max.Y - p.Y));
}
