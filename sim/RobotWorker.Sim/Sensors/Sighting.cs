using RobotWorker.Motion;

namespace RobotWorker.Sim.Sensors;

/// <summary>An object that a detector makes out in one image.</summary>
/// <param name="Class">Type and colour, <c>cup/red</c>.</param>
/// <param name="Pose">Where it is in the camera's optical frame.</param>
/// <param name="Size">Its bounding box in its own frame, in metres.</param>
/// <param name="Score">How sure the detector is, 0 to 1.</param>
public sealed record Sighting(string Class, Pose Pose, Vec3 Size, double Score);
