using System.Collections.Immutable;

namespace RobotWorker.Dependability;

/// <summary>Which fault can bring which about, of the standard faults.</summary>
public static class KnownCauses
{
    private static readonly (string Cause, string[] Of)[] Table =
    [
        // Power is cut or fails: what hangs on it falters.
        ("E_STOP", ["ARM_CONTROLLER_DOWN", "ARM_CONTROLLER_FAULT", "ARM_TORQUE_LOW", "BASE_BLOCKED", "BASE_DRIVE_FAULT", "GRIPPER_FORCE_LOW"]),
        ("BUMPER", ["BASE_BLOCKED", "BASE_DRIVE_FAULT"]),
        ("BATTERY_SAG", ["ARM_TORQUE_LOW", "BASE_DRIVE_FAULT", "GRIPPER_FORCE_LOW"]),
        ("BATTERY_HOT", ["BATTERY_SAG"]),
        // A motor that is hot gives less.
        ("GRIPPER_HOT", ["GRIPPER_FORCE_LOW"]),
        ("ARM_HOT", ["ARM_TORQUE_LOW"]),
        ("BASE_HOT", ["BASE_BLOCKED"]),
        // What an arm or a base does wrong, its measured values show elsewhere too.
        ("ARM_CONTROLLER_DOWN", ["ARM_CONTROLLER_FAULT", "JOINTS_SILENT", "SENSOR_SILENT"]),
        ("ARM_COLLISION", ["ARM_ENCODER_JUMP", "ARM_TORQUE_LOW"]),
        ("BASE_WHEEL_SLIP", ["LOCALIZATION_JUMP", "ODOMETRY_DRIFT"]),
        // Who is blind or has no odometry does not know where he is.
        ("LIDAR_SILENT", ["LOCALIZATION_LOST"]), ("LIDAR_FROZEN", ["LOCALIZATION_LOST"]), ("LIDAR_DIRTY", ["LOCALIZATION_LOST"]),
        ("ODOMETRY_SILENT", ["LOCALIZATION_LOST", "SENSOR_SILENT"]), ("ODOMETRY_DRIFT", ["LOCALIZATION_JUMP", "LOCALIZATION_LOST"]),
        // The computer and the clock carry everything.
        ("COMPUTER_HOT", ["CAMERA_SILENT", "LIDAR_SILENT"]), ("COMPUTER_MEMORY_LOW", ["CAMERA_SILENT", "LIDAR_SILENT"]),
        ("CLOCK_JUMP", ["CAMERA_FROZEN", "JOINTS_SILENT", "LIDAR_FROZEN", "LOCALIZATION_JUMP", "ODOMETRY_SILENT", "SENSOR_SILENT"]),
    ];

    /// <summary>By code: the codes of faults that can bring it about.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Standard { get; } = Table
        .SelectMany(row => row.Of.Select(code => (Code: code, row.Cause)))
        .GroupBy(pair => pair.Code, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, group => group.Select(pair => pair.Cause).Order(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);
}
