using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Variation;

/// <summary>A scene and its robot as an episode drew them. The worker is not told: it goes by the scene and the robot as they are described.</summary>
public static class VariedWorkplace
{
    public static Workplace Of(Workplace place, VariationDraw draw) => new(Vary(place.Scene, draw), place.Robot with { Arm = Vary(place.Robot.Arm, draw) });

    private static SceneDescription Vary(SceneDescription scene, VariationDraw draw) => scene with
    {
        Start = new(scene.Start.X + draw[Axes.StartX], scene.Start.Y + draw[Axes.StartY], scene.Start.Yaw + draw[Axes.StartYaw]),
        Overview = scene.Overview with
        {
            Position = scene.Overview.Position + new Vec3(draw[Axes.CameraX], draw[Axes.CameraY], draw[Axes.CameraZ]),
            FieldOfView = scene.Overview.FieldOfView * draw[Axes.FieldOfView],
        },
        Furniture = [.. scene.Furniture.Select(f => f with { Colour = f.Colour.Times(draw[Axes.FurnitureShade]) })],
        Objects = [.. scene.Objects.Where(o => !draw.Absent.Contains(o.Name)).Select(o => Vary(o, draw))],
        Looks = new(draw[Axes.Lamp], draw[Axes.LampTurn], draw.Floor ?? scene.Looks.Floor),
    };

    private static SceneObject Vary(SceneObject o, VariationDraw draw) =>
        o with { Mass = o.Mass * draw[Axes.Mass], Friction = o.Friction * draw[Axes.Friction], Colour = o.Colour.Times(draw[Axes.ObjectShade]) };

    private static ArmDescription Vary(ArmDescription arm, VariationDraw draw) => arm with
    {
        Joints = [.. arm.Joints.Select(j => j with { Stiffness = j.Stiffness * draw[Axes.JointStiffness], Damping = j.Damping * draw[Axes.JointDamping] })],
    };
}
