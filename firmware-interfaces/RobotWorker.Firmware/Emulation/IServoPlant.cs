namespace RobotWorker.Firmware.Emulation;

/// <summary>The joints that emulated servos move.</summary>
public interface IServoPlant
{
    int Joints { get; }

    /// <summary>rad.</summary>
    ReadOnlySpan<double> Positions { get; }

    /// <summary>rad/s.</summary>
    ReadOnlySpan<double> Velocities { get; }

    /// <summary>Lets time pass.</summary>
    /// <param name="torques">N m at each joint.</param>
    void Step(ReadOnlySpan<double> torques, double seconds);
}
