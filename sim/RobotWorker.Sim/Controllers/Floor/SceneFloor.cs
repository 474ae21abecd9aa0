using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>
/// The floor plan of a scene: what every piece of furniture covers, but for what hangs above the robot's head. A table counts whole: the base
/// does not go under it.
/// </summary>
public static class SceneFloor
{
    private const double HeadRoomMetres = 0.15;

    public static FloorPlan Of(SceneDescription scene, RobotDescription robot)
    {
        var height = robot.Head.Mount.Z + robot.Head.Camera.Z + HeadRoomMetres;
        var (x, y) = (scene.FloorX / 2, scene.FloorY / 2);
        return new(new(-x, -y), new(x, y), [.. scene.Furniture.Where(f => f.Bottom < height).Select(Covered)], FootprintRadius(robot.Base));
    }

    /// <summary>Radius in metres of the circle about the base's rectangle.</summary>
    public static double FootprintRadius(BaseDescription platform) =>
        Math.Sqrt((platform.FootprintLength * platform.FootprintLength) + (platform.FootprintWidth * platform.FootprintWidth)) / 2;

    private static FloorBox Covered(Furniture furniture)
    {
        var parts = FurnitureParts.Of(furniture).ToList();
        var (left, right) = (parts.Min(p => p.Centre.X - (p.Size.X / 2)), parts.Max(p => p.Centre.X + (p.Size.X / 2)));
        var (front, back) = (parts.Min(p => p.Centre.Y - (p.Size.Y / 2)), parts.Max(p => p.Centre.Y + (p.Size.Y / 2)));
        var centre = new FloorPoint((left + right) / 2, (front + back) / 2).Turned(furniture.At.Yaw) + new FloorPoint(furniture.At.X, furniture.At.Y);
        return new(furniture.Name, centre, furniture.At.Yaw, (right - left) / 2, (back - front) / 2);
    }
}
