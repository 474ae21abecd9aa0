namespace RobotWorker.Faults;

/// <summary>VDA 5050's error levels; FATAL needs a person.</summary>
public enum FaultLevel
{
    Warning,
    Urgent,
    Critical,
    Fatal,
}
