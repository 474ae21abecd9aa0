using RobotWorker.Faults;
using RobotWorker.World;

namespace RobotWorker.Execution;

/// <summary>Where the robot's senses put what they notice. On the episode's loop; the order of calls is the order of events.</summary>
public interface IWorkerInbox
{
    void FactObserved(Fact fact);

    void FaultConfirmed(Fault fault);

    void FaultHealed(Fault fault);
}
