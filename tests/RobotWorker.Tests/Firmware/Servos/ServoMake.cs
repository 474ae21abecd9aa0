namespace RobotWorker.Tests.Firmware.Servos;

public enum ServoMake
{
    Feetech,
    Dynamixel,
}
