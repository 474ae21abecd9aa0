namespace RobotWorker.Firmware.Dynamixel;

/// <summary>Writes frames into a buffer of the caller's and returns how many bytes they are; allocates nothing. A frame needs at most 4/3 of its parameters and ten bytes.</summary>
public static class DynamixelEncoder
{
    // So that noise cannot clear, back up or restore (manual of Protocol 2.0).
    private static ReadOnlySpan<byte> ClearKey => [0x44, 0x58, 0x4C, 0x22];

    private static ReadOnlySpan<byte> BackupKey => [0x43, 0x54, 0x52, 0x4C];

    /// <param name="id">To <see cref="DynamixelWire.Broadcast"/> all answer, one after the other.</param>
    public static int Ping(Span<byte> frame, byte id) => Instruction(frame, id, DynamixelInstruction.Ping, []);

    public static int Read(Span<byte> frame, byte id, ushort address, ushort length) => Ranged(frame, id, DynamixelInstruction.Read, address, length, []);

    public static int Write(Span<byte> frame, byte id, ushort address, ReadOnlySpan<byte> data) => Addressed(frame, id, DynamixelInstruction.Write, address, data);

    /// <summary>A write that waits for <see cref="Action"/>.</summary>
    public static int RegWrite(Span<byte> frame, byte id, ushort address, ReadOnlySpan<byte> data) => Addressed(frame, id, DynamixelInstruction.RegWrite, address, data);

    public static int Action(Span<byte> frame, byte id = DynamixelWire.Broadcast) => Instruction(frame, id, DynamixelInstruction.Action, []);

    public static int FactoryReset(Span<byte> frame, byte id, FactoryResetKeeps keeps) => Instruction(frame, id, DynamixelInstruction.FactoryReset, [(byte)keeps]);

    /// <summary>The torque drops, and turns beyond one are forgotten.</summary>
    public static int Reboot(Span<byte> frame, byte id) => Instruction(frame, id, DynamixelInstruction.Reboot, []);

    /// <summary>Forgets turns beyond one.</summary>
    public static int Clear(Span<byte> frame, byte id) => Keyed(frame, id, DynamixelInstruction.Clear, ClearKey);

    /// <summary>Keeps a copy of the control table in the servo.</summary>
    public static int Backup(Span<byte> frame, byte id) => Keyed(frame, id, DynamixelInstruction.Backup, BackupKey);

    /// <summary>Takes the copy back.</summary>
    public static int Restore(Span<byte> frame, byte id) => Keyed(frame, id, DynamixelInstruction.Restore, BackupKey);

    /// <summary>The same registers of many; each answers, in this order.</summary>
    public static int SyncRead(Span<byte> frame, ushort address, ushort length, ReadOnlySpan<byte> ids) =>
        Ranged(frame, DynamixelWire.Broadcast, DynamixelInstruction.SyncRead, address, length, ids);

    /// <summary>The same registers of many; all together answer one frame.</summary>
    public static int FastSyncRead(Span<byte> frame, ushort address, ushort length, ReadOnlySpan<byte> ids) =>
        Ranged(frame, DynamixelWire.Broadcast, DynamixelInstruction.FastSyncRead, address, length, ids);

    /// <summary>The same registers of many; nobody answers.</summary>
    /// <param name="blocks">For each servo its id and <paramref name="length"/> bytes.</param>
    public static int SyncWrite(Span<byte> frame, ushort address, ushort length, ReadOnlySpan<byte> blocks)
    {
        if (blocks.Length % (length + 1) != 0) throw new ArgumentException($"blocks of an id and {length} bytes do not fill {blocks.Length} bytes", nameof(blocks));
        return Ranged(frame, DynamixelWire.Broadcast, DynamixelInstruction.SyncWrite, address, length, blocks);
    }

    public static int BulkRead(Span<byte> frame, ReadOnlySpan<BulkRange> ranges) => Bulk(frame, DynamixelInstruction.BulkRead, ranges, []);

    public static int FastBulkRead(Span<byte> frame, ReadOnlySpan<BulkRange> ranges) => Bulk(frame, DynamixelInstruction.FastBulkRead, ranges, []);

    /// <param name="data">The bytes of all ranges, one after the other.</param>
    public static int BulkWrite(Span<byte> frame, ReadOnlySpan<BulkRange> ranges, ReadOnlySpan<byte> data) => Bulk(frame, DynamixelInstruction.BulkWrite, ranges, data);

    /// <summary>A servo's answer.</summary>
    /// <param name="error">Number and alert bit.</param>
    public static int Status(Span<byte> frame, byte id, byte error, ReadOnlySpan<byte> data)
    {
        var writer = new DynamixelFrameWriter(frame, id, DynamixelInstruction.Status);
        writer.Add(error);
        writer.Add(data);
        return writer.End();
    }

    /// <summary>Any instruction.</summary>
    public static int Instruction(Span<byte> frame, byte id, DynamixelInstruction instruction, ReadOnlySpan<byte> parameters)
    {
        var writer = new DynamixelFrameWriter(frame, id, instruction);
        writer.Add(parameters);
        return writer.End();
    }

    private static int Addressed(Span<byte> frame, byte id, DynamixelInstruction instruction, ushort address, ReadOnlySpan<byte> data)
    {
        var writer = new DynamixelFrameWriter(frame, id, instruction);
        writer.AddWord(address);
        writer.Add(data);
        return writer.End();
    }

    private static int Ranged(Span<byte> frame, byte id, DynamixelInstruction instruction, ushort address, ushort length, ReadOnlySpan<byte> rest)
    {
        var writer = new DynamixelFrameWriter(frame, id, instruction);
        writer.AddWord(address);
        writer.AddWord(length);
        writer.Add(rest);
        return writer.End();
    }

    private static int Keyed(Span<byte> frame, byte id, DynamixelInstruction instruction, ReadOnlySpan<byte> key)
    {
        var writer = new DynamixelFrameWriter(frame, id, instruction);
        writer.Add(0x01);
        writer.Add(key);
        return writer.End();
    }

    private static int Bulk(Span<byte> frame, DynamixelInstruction instruction, ReadOnlySpan<BulkRange> ranges, ReadOnlySpan<byte> data)
    {
        var writer = new DynamixelFrameWriter(frame, DynamixelWire.Broadcast, instruction);
        foreach (var range in ranges)
        {
            writer.Add(range.Id);
            writer.AddWord(range.Address);
            writer.AddWord(range.Length);
            if (instruction != DynamixelInstruction.BulkWrite) continue;
            writer.Add(data[..range.Length]);
            data = data[range.Length..];
        }

        return writer.End();
    }
}
