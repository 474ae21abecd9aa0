namespace RobotWorker.Execution;

/// <summary>Where a person's word that something is mended goes. Whether it is, the signals tell: a healed fault comes through the inbox.</summary>
public interface IFaultReset
{
    void Reset(string code, string component);
}
