namespace RobotWorker.Firmware.Dynamixel;

/// <summary>Puts a frame together in a buffer of the caller's: stuffs after FF FF FD, then writes length and CRC.</summary>
internal ref struct DynamixelFrameWriter
{
    private const int Body = 7;

    private readonly Span<byte> frame;
    private int length;

    // The last three bytes of the body, before stuffing.
    private uint last;

    public DynamixelFrameWriter(Span<byte> frame, byte id, DynamixelInstruction instruction)
    {
        this.frame = frame;
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = (0xFF, 0xFF, 0xFD, 0x00, id);
        length = Body;
        Add((byte)instruction);
    }

    public void Add(byte value)
    {
        frame[length++] = value;
        last = ((last << 8) | value) & 0xFFFFFF;
        if (last == 0xFFFFFD) frame[length++] = 0xFD;
    }

    public void AddWord(int value)
    {
        Add((byte)value);
        Add((byte)(value >> 8));
    }

    public void Add(ReadOnlySpan<byte> values)
    {
        foreach (var value in values) Add(value);
    }

    /// <returns>How many bytes the frame has.</returns>
    public readonly int End()
    {
        var announced = length - Body + 2;
        (frame[5], frame[6]) = ((byte)announced, (byte)(announced >> 8));
        var crc = DynamixelWire.Crc(frame[..length]);
        (frame[length], frame[length + 1]) = ((byte)crc, (byte)(crc >> 8));
        return length + 2;
    }
}
