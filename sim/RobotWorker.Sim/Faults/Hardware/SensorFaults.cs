using System.Collections.Immutable;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with the camera and the lidar.</summary>
internal static class SensorFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("CAMERA_SILENT", "it gives no image: no detections, no camera_info", now => now with { CameraSilent = true }),
        new("CAMERA_FROZEN", "it gives its last image again and again, with new stamps", now => now with { CameraFrozen = true }),
        new("CAMERA_NOISY", "detections scatter by so much more on each axis", new FaultParameter("sigma", 0.03, 0.001, 1, "m"),
            (now, sigma) => now with { CameraSigma = Math.Max(now.CameraSigma, sigma) }),
        new("LIDAR_SILENT", "it gives no scan", now => now with { LidarSilent = true }),
        new("LIDAR_FROZEN", "it gives its last scan again and again, with new stamps", now => now with { LidarFrozen = true }),
        new("LIDAR_DIRTY", "this share of its beams returns nothing", new FaultParameter("share", 0.6, 0.01, 1),
            (now, share) => now with { LidarDirt = Math.Max(now.LidarDirt, share) }),
    ];
}
