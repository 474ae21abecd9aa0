namespace RobotWorker.Firmware.Emulation;

/// <summary>One servo of an emulated bus and how it sits in its joint.</summary>
/// <param name="Joint">Of the plant.</param>
/// <param name="ZeroCounts">What its encoder reads where the plant's joint is at 0 rad.</param>
/// <param name="Direction">1 or -1: where the counts grow.</param>
public sealed record EmulatedServo(byte Id, int Joint, MotorModel Motor, int ZeroCounts = 2048, int Direction = 1)
{
    public const int CountsPerTurn = 4096;

    public double CountsOf(double radians) => ZeroCounts + (Direction * radians * CountsPerTurn / Math.Tau);

    public double RadiansOf(double counts) => Direction * (counts - ZeroCounts) * Math.Tau / CountsPerTurn;
}
