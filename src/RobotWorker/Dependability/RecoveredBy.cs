namespace RobotWorker.Dependability;

/// <summary>Who ended a fault.</summary>
public enum RecoveredBy
{
    /// <summary>It ended without anybody.</summary>
    Robot,

    /// <summary>A person answered a question while it was active.</summary>
    Person,
}
