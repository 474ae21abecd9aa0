using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>Something that somebody asked of the servos, which takes more than one period, and is answered once.</summary>
/// <param name="deadline">By the robot's clock.</param>
internal class ServoRequest(RobotTime deadline, Action<string?>? told)
{
    private bool wanted = true;

    public RobotTime Deadline => deadline;

    /// <summary>Asked on the bus's thread before each servo: what waited for a lost link must not be done when it is back.</summary>
    public bool IsWanted => Volatile.Read(ref wanted);

    /// <param name="why">Null: it is done.</param>
    public void Answer(string? why)
    {
        Volatile.Write(ref wanted, false);
        told?.Invoke(why);
    }
}
