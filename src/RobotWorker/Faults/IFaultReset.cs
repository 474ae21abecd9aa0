namespace RobotWorker.Faults;

/// <summary>Where a person's word that something is mended goes. Whether it is, the signals tell: a healed fault reaches the listener.</summary>
public interface IFaultReset
{
    void Reset(string code, string component);
}
