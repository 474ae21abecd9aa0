using System.Buffers.Binary;

namespace RobotWorker.Firmware.Board;

public enum BoardCommand : byte
{
    Arm = 1,
    Disarm = 2,
    EmergencyStop = 3,
    ResetEmergencyStop = 4,

    /// <summary>Its argument: milliseconds between an emergency stop and the relay's opening, up to 2,000; kept over a loss of power.</summary>
    SetHold = 5,
}

/// <summary>What the board answers to a command.</summary>
public enum BoardAnswer : byte
{
    Done = 0,

    /// <summary>It was older than its time to live.</summary>
    Stale = 1,

    /// <summary>Not in the board's state: arming while the emergency stop's contact is open, for instance.</summary>
    NotAllowed = 2,
    Unknown = 3,
}

internal static class BoardCommandBody
{
    public const int Length = 9;

    /// <param name="seenMilliseconds">The uptime that the board told last: against it, it reckons the command's age.</param>
    public static void Write(Span<byte> into, BoardCommand command, uint seenMilliseconds, ushort timeToLiveMilliseconds, ushort argument)
    {
        into[0] = (byte)command;
        BinaryPrimitives.WriteUInt32LittleEndian(into[1..], seenMilliseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(into[5..], timeToLiveMilliseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(into[7..], argument);
    }
}
