using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>An object of the scene as it truly is, for a sensor to look at.</summary>
/// <param name="Body">The simulator's name of it. It never leaves the sensor.</param>
/// <param name="Class">Type and colour, <c>cup/red</c>.</param>
/// <param name="Pose">Where its middle is, in <c>map</c>.</param>
/// <param name="Size">Its bounding box in its own frame, in metres.</param>
public sealed record SensedObject(string Body, string Class, Pose Pose, Vec3 Size);
