namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>A point on the floor, or a displacement or velocity along it, in the map's axes: metres (or metres a second).</summary>
public readonly record struct FloorPoint(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    public double DistanceTo(FloorPoint other) => (other - this).Length;

    public double Dot(FloorPoint other) => (X * other.X) + (Y * other.Y);

    /// <summary>The same vector turned by <paramref name="yaw"/> radians, counter-clockwise.</summary>
    public FloorPoint Turned(double yaw)
    {
        var (sin, cos) = Math.SinCos(yaw);
        return new((cos * X) - (sin * Y), (sin * X) + (cos * Y));
    }

    /// <summary>The same direction, no longer than <paramref name="most"/>.</summary>
    public FloorPoint AtMost(double most) => Length > most ? this * (most / Length) : this;

    public static FloorPoint operator +(FloorPoint a, FloorPoint b) => new(a.X + b.X, a.Y + b.Y);

    public static FloorPoint operator -(FloorPoint a, FloorPoint b) => new(a.X - b.X, a.Y - b.Y);

    public static FloorPoint operator *(FloorPoint a, double s) => new(a.X * s, a.Y * s);

    public override string ToString() => $"({X:0.00}, {Y:0.00})";
}
