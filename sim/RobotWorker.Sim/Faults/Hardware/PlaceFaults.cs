using System.Collections.Immutable;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What goes wrong with knowing where the robot and its joints are.</summary>
internal static class PlaceFaults
{
    public static readonly ImmutableArray<FaultKind> All =
    [
        new("LOCALIZATION_LOST", "localisation loses its map: its place wanders, its covariance grows to metres", now => now with { LocalizationLost = true }),
        new("LOCALIZATION_JUMP", "localisation takes another place for the right one, so far away", new FaultParameter("metres", 0.4, 0.05, 10, "m"),
            (now, metres) => now with { LocalizationJump = Math.Max(now.LocalizationJump, metres) }),
        new("LOCALIZATION_SILENT", "localisation dies: no pose, no transform from the map", now => now with { LocalizationSilent = true }),
        new("ODOMETRY_SILENT", "no odometry, nor the transform of the base that it makes", now => now with { OdometrySilent = true }),
        new("ODOMETRY_DRIFT", "odometry counts the wheels' way too long or too short by this factor", new FaultParameter("factor", 1.5, 0.1, 5),
            (now, factor) => now with { OdometryFactor = now.OdometryFactor * factor }),
        new("JOINTS_SILENT", "no joint states, nor the transforms that are made of them", now => now with { JointsSilent = true }),
        new("TRANSFORMS_SILENT", "nobody publishes transforms", now => now with { TransformsSilent = true }),
    ];
}
