namespace RobotWorker.Sim.Scenes;

/// <summary>A rectangle on the floor: what furniture or the base covers. Metres, radians.</summary>
public readonly record struct Rectangle(PlanarPose At, double SizeX, double SizeY)
{
    public static Rectangle Of(Furniture f) => new(f.At, f.Size.X, f.Size.Y);

    /// <summary>Its four corners.</summary>
    public (double X, double Y)[] Corners()
    {
        var (sin, cos) = Math.SinCos(At.Yaw);
        var (at, hx, hy) = (At, SizeX / 2, SizeY / 2);
        return [Corner(-1, -1), Corner(1, -1), Corner(1, 1), Corner(-1, 1)];

        (double, double) Corner(int x, int y) => (at.X + (cos * x * hx) - (sin * y * hy), at.Y + (sin * x * hx) + (cos * y * hy));
    }

    /// <summary>Whether all of it lies on a floor of this size around the origin.</summary>
    public bool IsWithin(double floorX, double floorY) => Corners().All(c => Math.Abs(c.X) <= (floorX / 2) + 1e-6 && Math.Abs(c.Y) <= (floorY / 2) + 1e-6);

    /// <summary>Whether two rectangles share more than an edge (separating axes: Gottschalk 1996).</summary>
    public bool Overlaps(Rectangle other) => !Separates(this, other) && !Separates(other, this);

    private static bool Separates(Rectangle a, Rectangle b)
    {
        const double touch = 1e-6;
        var (sin, cos) = Math.SinCos(a.At.Yaw);
        var local = b.Corners().Select(c => (X: (cos * (c.X - a.At.X)) + (sin * (c.Y - a.At.Y)), Y: (cos * (c.Y - a.At.Y)) - (sin * (c.X - a.At.X)))).ToArray();
        return local.Min(c => c.X) >= (a.SizeX / 2) - touch || local.Max(c => c.X) <= -(a.SizeX / 2) + touch
            || local.Min(c => c.Y) >= (a.SizeY / 2) - touch || local.Max(c => c.Y) <= -(a.SizeY / 2) + touch;
    }
}
