using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot;

/// <summary>How a camera without distortion sees, and where it is mounted, in one episode.</summary>
/// <param name="FieldOfView">Vertical, in radians.</param>
/// <param name="Parent">The frame in which it is mounted: <c>map</c>, or a link of the robot.</param>
/// <param name="Transform">Its optical frame (x right, y down, z forward) in the parent: 4 x 4, row by row.</param>
/// <param name="DepthLimit">Millimetres: what is not nearer has a depth of 0.</param>
public sealed record CameraCalibration(double FieldOfView, string Parent, ImmutableArray<double> Transform, int DepthLimit);
