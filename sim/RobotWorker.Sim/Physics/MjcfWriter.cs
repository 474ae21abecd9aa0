using System.Xml.Linq;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// A scene and a robot as one MJCF document that MuJoCo 2.2.2 and 3.x both compile. Names are those of the descriptions: objects and furniture keep
/// theirs, the robot's links and joints are those of its URDF, and the base's joints are <c>base_x</c>, <c>base_y</c>, <c>base_yaw</c>.
/// </summary>
public static class MjcfWriter
{
    public static string Write(SceneInstance scene, RobotDescription robot)
    {
        var world = new XElement("worldbody", KitchenMjcf.Lights(scene.Scene), KitchenMjcf.Room(scene.Scene), FurnitureMjcf.Write(scene.Scene), RobotMjcf.Body(robot, scene.Scene.Start),
            ObjectMjcf.Write(scene));
        return new XElement("mujoco", new XAttribute("model", scene.Scene.Name),
            new XElement("compiler", new XAttribute("angle", "radian"), new XAttribute("autolimits", "true")),
            // Euler integration and pyramidal friction cones drop a quarter of what is grasped.
            new XElement("option", Mjcf.Of("timestep", SimWorld.StepSeconds), new XAttribute("integrator", "implicit"), new XAttribute("cone", "elliptic"),
                // A kitchen's bodies hardly touch each other: sparse is a quarter faster than dense.
                new XAttribute("impratio", "10"), new XAttribute("jacobian", "sparse")),
            // MuJoCo 2.2.2 clears memory that grows with the square of njmax, at a fixed 2000 a sixth of the time of a short run. What rests on six beads or four edges takes 36 or 48 rows;
            // the busiest task of this project has been seen to take 285 in all.
            new XElement("size", new XAttribute("njmax", 400 + (50 * scene.Objects.Length)), new XAttribute("nconmax", 400)),
            // The extent scales shadow maps and clipping planes; a room's, not the model's bounding box.
            new XElement("statistic", Mjcf.Of("extent", 2.4), Mjcf.Of("center", 0, 0.3, 0.6)),
            KitchenMjcf.Visual(), KitchenMjcf.Assets(scene.Scene), world, RobotMjcf.Drives(robot)).ToString();
    }
}
