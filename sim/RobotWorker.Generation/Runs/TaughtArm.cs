using RobotWorker.Firmware.Arm;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Runs;

/// <summary>An arm that has no camera, and what it was taught instead.</summary>
public sealed record TaughtArm(ArmBody Body, TaughtPlaces Places)
{
    /// <summary>The profile of the same robot without its camera and what turns it.</summary>
    public static RobotProfile Without(RobotProfile camera) => camera with
    {
        Names = camera.Names with { CameraInfo = TaughtDetector.CameraInfoTopic, PointHead = "" },
        Frames = camera.Frames with { Camera = TaughtDetector.Frame },
    };
}
