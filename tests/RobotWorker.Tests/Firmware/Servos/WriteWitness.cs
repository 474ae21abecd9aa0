using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Sits between the host and the noisy cable: after each frame, what did the servos execute that was not in it?</summary>
internal sealed class WriteWitness(IByteLink noisy, ServoBench bench, ServoMake make) : IByteLink
{
    private readonly List<RegisterWrite> sent = [];
    private readonly StsDecoder sts = new();
    private readonly DynamixelDecoder dynamixel = new();

    public string Name => noisy.Name;

    public long Frames { get; private set; }

    /// <summary>Writes that a servo executed and the host did not send with this frame: never sent, or late.</summary>
    public List<RegisterWrite> Foreign { get; } = [];

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        Frames++;
        sent.Clear();
        if (make == ServoMake.Feetech) ReadSts(bytes);
        else ReadDynamixel(bytes);
        bench.ClearWrites();
        noisy.Write(bytes, within);
        foreach (var write in bench.Writes)
        {
            if (!sent.Contains(write)) Foreign.Add(write);
        }
    }

    public int Read(Span<byte> buffer, TimeSpan within) => noisy.Read(buffer, within);

    public void DiscardInput() => noisy.DiscardInput();

    public void Dispose() => noisy.Dispose();

    private void ReadSts(ReadOnlySpan<byte> bytes)
    {
        sts.Take(bytes);
        if (!sts.TryNext(out var frame)) throw new InvalidOperationException("the host wrote no frame");
        var parameters = frame.Parameters;
        if (frame.Instruction == StsInstruction.Write) Add(frame.Id, parameters[0], parameters[1..]);
        if (frame.Instruction != StsInstruction.SyncWrite) return;
        for (var at = 2; at < parameters.Length; at += parameters[1] + 1) Add(parameters[at], parameters[0], parameters.Slice(at + 1, parameters[1]));
    }

    private void ReadDynamixel(ReadOnlySpan<byte> bytes)
    {
        dynamixel.Take(bytes);
        if (!dynamixel.TryNext(out var frame)) throw new InvalidOperationException("the host wrote no frame");
        var parameters = frame.Parameters;
        if (frame.Instruction == DynamixelInstruction.Write) Add(frame.Id, parameters[0], parameters[2..]);
        if (frame.Instruction != DynamixelInstruction.SyncWrite) return;
        for (var at = 4; at < parameters.Length; at += parameters[2] + 1) Add(parameters[at], parameters[0], parameters.Slice(at + 1, parameters[2]));
    }

    private void Add(byte id, int address, ReadOnlySpan<byte> data)
    {
        if (id != 0xFE)
        {
            RegisterWrite.Add(sent, id, address, data);
            return;
        }

        foreach (var servo in bench.Servos) RegisterWrite.Add(sent, servo.Id, address, data);
    }
}
