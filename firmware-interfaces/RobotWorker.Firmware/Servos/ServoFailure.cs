namespace RobotWorker.Firmware.Servos;

/// <summary>Why a bus or a servo did not do what was asked.</summary>
public enum ServoFailure
{
    /// <summary>No valid answer in time, after all tries.</summary>
    NoAnswer,

    /// <summary>It answered, and refused.</summary>
    Refused,

    /// <summary>What was read back is not what was written.</summary>
    NotVerified,

    /// <summary>A setpoint lies farther from the servo than it can be in two periods.</summary>
    GoalTooFar,

    /// <summary>A setpoint lies outside of the calibrated range, or is no number.</summary>
    GoalOutOfRange,

    /// <summary>Where the servo is has not been known for too many cycles.</summary>
    Blind,

    /// <summary>The servo reports a fault, which must be dealt with first.</summary>
    Faulted,

    /// <summary>It moves, where it must stand still.</summary>
    Moving,

    /// <summary>The torque must be off for that.</summary>
    TorqueIsOn,
}
