using System.Collections.Frozen;

namespace RobotWorker.Sim.Variation;

/// <summary>The numbers in which episodes can differ: what each is, its bounds, and its value where nothing is said.</summary>
public static class Axes
{
    public const string Lamp = "lamp", LampTurn = "lamp_turn", FurnitureShade = "furniture_shade", ObjectShade = "object_shade";
    public const string CameraX = "camera_x", CameraY = "camera_y", CameraZ = "camera_z", FieldOfView = "field_of_view";
    public const string Mass = "mass", Friction = "friction", JointDamping = "joint_damping", JointStiffness = "joint_stiffness";
    public const string SensorNoise = "sensor_noise", SensorRate = "sensor_rate", StartX = "start_x", StartY = "start_y", StartYaw = "start_yaw";

    /// <summary>Those that nobody sees without a camera's pictures.</summary>
    public static readonly FrozenSet<string> OfPictures = new[] { Lamp, LampTurn, FurnitureShade, ObjectShade, CameraX, CameraY, CameraZ, FieldOfView }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All of them by name.</summary>
    public static readonly FrozenDictionary<string, AxisKind> All = new Dictionary<string, AxisKind>(StringComparer.Ordinal)
    {
        [Lamp] = new(0.05, 3, 1, "brightness of all lights, times"),
        [LampTurn] = new(-Math.PI, Math.PI, 0, "the lights turned about the vertical, radians"),
        [FurnitureShade] = new(0.3, 1.5, 1, "the furniture's colours, times"),
        [ObjectShade] = new(0.3, 1.5, 1, "the objects' colours, times"),
        [CameraX] = new(-1, 1, 0, "the overview camera moved along the map's x, metres"),
        [CameraY] = new(-1, 1, 0, "along y, metres"),
        [CameraZ] = new(-1, 1, 0, "up, metres"),
        [FieldOfView] = new(0.5, 1.5, 1, "the overview camera's field of view, times"),
        [Mass] = new(0.1, 5, 1, "the objects' masses, times"),
        [Friction] = new(0.1, 3, 1, "the objects' friction, times"),
        [JointDamping] = new(0.1, 20, 1, "viscous friction in the arm's joints, times"),
        [JointStiffness] = new(0.2, 3, 1, "stiffness of the arm's position servos, times"),
        [SensorNoise] = new(0, 10, 1, "errors of all sensors, times"),
        [SensorRate] = new(0.1, 1, 1, "how often sensors speak, times"),
        [StartX] = new(-2, 2, 0, "the robot's start moved along the map's x, metres"),
        [StartY] = new(-2, 2, 0, "along y, metres"),
        [StartYaw] = new(-Math.PI, Math.PI, 0, "the robot's start turned, radians"),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

/// <param name="Least">The least value that makes sense.</param>
/// <param name="Most">The largest.</param>
/// <param name="Neutral">That of a world that does not vary.</param>
/// <param name="What">In words, with the unit.</param>
public sealed record AxisKind(double Least, double Most, double Neutral, string What);
