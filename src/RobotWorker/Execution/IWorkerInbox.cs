using RobotWorker.Faults;
using RobotWorker.World;

namespace RobotWorker.Execution;

/// <summary>Where the robot's senses put what they notice. On the episode's loop; the order of calls is the order of events.</summary>
public interface IWorkerInbox : IFaultListener
{
    void FactObserved(Fact fact);

    /// <summary>An action goal was sent, accepted, made progress or ended.</summary>
    void GoalChanged(GoalNote note);

    /// <summary>Somebody else commands the robot, or nobody else any more.</summary>
    /// <param name="by">Who or what says so, in a few words.</param>
    /// <param name="ofRobot">Whether it is the robot's own word: no other takes the robot out of a mode that the robot itself is in.</param>
    void ModeChanged(OperatingMode mode, string by, bool ofRobot = false);

    /// <summary>The connection to the robot broke: nothing starts until it is back.</summary>
    void LinkLost();

    /// <summary>The connection is back; the robot may be anywhere.</summary>
    void LinkBack();
}
