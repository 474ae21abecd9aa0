using RobotWorker.Faults;

namespace RobotWorker.Testing;

/// <summary>Of a monitor whose notes are looked at, and whom nobody heeds.</summary>
public sealed class NoFaultListener : IFaultListener
{
    public static readonly NoFaultListener Instance = new();

    public void FaultConfirmed(Fault fault)
    {
    }

    public void FaultHealed(Fault fault)
    {
    }
}
