namespace RobotWorker.Testing;

/// <summary>The system's clock at a part of its pace: for a host and a board that are slowed down together, so that a busy machine makes neither of them late.</summary>
/// <param name="percent">Of the wall's pace.</param>
public sealed class SlowTime(int percent) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency * 100 / percent;

    public override long GetTimestamp() => System.GetTimestamp();
}
