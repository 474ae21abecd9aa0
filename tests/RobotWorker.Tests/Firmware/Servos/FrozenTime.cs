namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>A clock that stands: in memory an answer is there or will never come.</summary>
internal sealed class FrozenTime : TimeProvider
{
    public override long GetTimestamp() => 0;
}
