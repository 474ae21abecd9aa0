namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>What a piece of furniture covers of the floor: a turned rectangle. Metres and radians, in <c>map</c>.</summary>
/// <param name="Name">What it is, for messages.</param>
public sealed record FloorBox(string Name, FloorPoint Centre, double Yaw, double HalfX, double HalfY)
{
    /// <summary>Distance from <paramref name="point"/> to the rectangle, in metres; negative inside it.</summary>
    public double Distance(FloorPoint point)
    {
        var local = (point - Centre).Turned(-Yaw);
        var x = Math.Abs(local.X) - HalfX;
        var y = Math.Abs(local.Y) - HalfY;
        var outside = new FloorPoint(Math.Max(x, 0), Math.Max(y, 0)).Length;
        return outside > 0 ? outside : Math.Max(x, y);
    }
}
