namespace RobotWorker.Firmware.Feetech;

/// <summary>Writes frames into a buffer of the caller's and returns how many bytes they are; allocates nothing.</summary>
public static class StsEncoder
{
    public static int Ping(Span<byte> frame, byte id) => Instruction(frame, id, StsInstruction.Ping, []);

    public static int Read(Span<byte> frame, byte id, byte address, byte length) => Instruction(frame, id, StsInstruction.Read, [address, length]);

    public static int Write(Span<byte> frame, byte id, byte address, ReadOnlySpan<byte> data) => Addressed(frame, id, StsInstruction.Write, address, data);

    /// <summary>A write that waits for <see cref="Action"/>.</summary>
    public static int RegWrite(Span<byte> frame, byte id, byte address, ReadOnlySpan<byte> data) => Addressed(frame, id, StsInstruction.RegWrite, address, data);

    public static int Action(Span<byte> frame, byte id = StsWire.Broadcast) => Instruction(frame, id, StsInstruction.Action, []);

    /// <summary>Back to what it left the factory with, but its id.</summary>
    public static int Reset(Span<byte> frame, byte id) => Instruction(frame, id, StsInstruction.Reset, []);

    /// <summary>The same registers of many; they answer in this order.</summary>
    public static int SyncRead(Span<byte> frame, byte address, byte length, ReadOnlySpan<byte> ids)
    {
        var body = Begin(frame, StsWire.Broadcast, (byte)StsInstruction.SyncRead, 2 + ids.Length);
        (body[0], body[1]) = (address, length);
        ids.CopyTo(body[2..]);
        return End(frame);
    }

    /// <summary>The same registers of many.</summary>
    /// <param name="blocks">For each servo its id and <paramref name="length"/> bytes.</param>
    public static int SyncWrite(Span<byte> frame, byte address, byte length, ReadOnlySpan<byte> blocks)
    {
        if (blocks.Length % (length + 1) != 0) throw new ArgumentException($"blocks of an id and {length} bytes do not fill {blocks.Length} bytes", nameof(blocks));
        var body = Begin(frame, StsWire.Broadcast, (byte)StsInstruction.SyncWrite, 2 + blocks.Length);
        (body[0], body[1]) = (address, length);
        blocks.CopyTo(body[2..]);
        return End(frame);
    }

    /// <summary>A servo's answer.</summary>
    public static int Status(Span<byte> frame, byte id, byte error, ReadOnlySpan<byte> data) => Whole(frame, id, error, data);

    /// <summary>Any instruction.</summary>
    public static int Instruction(Span<byte> frame, byte id, StsInstruction instruction, ReadOnlySpan<byte> parameters) => Whole(frame, id, (byte)instruction, parameters);

    private static int Addressed(Span<byte> frame, byte id, StsInstruction instruction, byte address, ReadOnlySpan<byte> data)
    {
        var body = Begin(frame, id, (byte)instruction, 1 + data.Length);
        body[0] = address;
        data.CopyTo(body[1..]);
        return End(frame);
    }

    private static int Whole(Span<byte> frame, byte id, byte code, ReadOnlySpan<byte> parameters)
    {
        parameters.CopyTo(Begin(frame, id, code, parameters.Length));
        return End(frame);
    }

    private static Span<byte> Begin(Span<byte> frame, byte id, byte code, int parameters)
    {
        if (parameters > 253) throw new ArgumentException($"a frame carries 253 bytes at most, not {parameters}; ask for fewer servos or registers at once");
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = (0xFF, 0xFF, id, (byte)(parameters + 2), code);
        return frame.Slice(5, parameters);
    }

    private static int End(Span<byte> frame)
    {
        var last = 3 + frame[3];
        frame[last] = StsWire.Checksum(frame[2..last]);
        return last + 1;
    }
}
