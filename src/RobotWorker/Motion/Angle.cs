namespace RobotWorker.Motion;

/// <summary>Arithmetic on angles in radians.</summary>
public static class Angle
{
    /// <summary>The same direction in (-pi, pi].</summary>
    public static double Wrap(double radians)
    {
        var turned = Math.IEEERemainder(radians, 2 * Math.PI);
        return turned <= -Math.PI ? turned + (2 * Math.PI) : turned;
    }
}
