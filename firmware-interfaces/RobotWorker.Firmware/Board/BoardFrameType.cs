namespace RobotWorker.Firmware.Board;

public enum BoardFrameType : byte
{
    Status = 0x01,
    Acknowledgement = 0x02,
    Heartbeat = 0x81,
    Command = 0x82,
}
