namespace RobotWorker.Faults;

/// <summary>Who hears of faults as they are confirmed and healed. On the episode's loop.</summary>
public interface IFaultListener
{
    void FaultConfirmed(Fault fault);

    void FaultHealed(Fault fault);
}
