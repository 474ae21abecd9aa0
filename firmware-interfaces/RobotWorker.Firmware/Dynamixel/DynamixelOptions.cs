using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>How a Dynamixel bus is spoken to.</summary>
public sealed record DynamixelOptions : ServoWireOptions
{
    /// <summary>The bus watchdog: rounded up to 20 ms, 2.54 s at most.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the servos know the fast sync read: firmware 45 or newer on X430 and X540, 46 on X330.</summary>
    public bool UsesFastSyncRead { get; init; } = true;

    /// <summary>What one count of the current register is: 0.00269 A on XM430 and XM540, 0.001 A on X330.</summary>
    public double AmperesPerCount { get; init; } = 0.00269;
}
