using RobotWorker.Motion;

namespace RobotWorker.Generation.Video;

/// <summary>MuJoCo's cameras look along -z with y up; optical frames, as in OpenCV and ROS, along z with y down.</summary>
internal static class OpticalFrame
{
    /// <summary>The optical frame in the camera's own.</summary>
    public static Quat Turn { get; } = new(1, 0, 0, 0);

    /// <param name="camera">MuJoCo's matrix of a camera: 3 x 3, by rows.</param>
    public static Quat Rotation(ReadOnlySpan<double> camera) =>
        Quat.FromAxes(new(camera[0], camera[3], camera[6]), new(camera[1], camera[4], camera[7]), new(camera[2], camera[5], camera[8])) * Turn;
}
