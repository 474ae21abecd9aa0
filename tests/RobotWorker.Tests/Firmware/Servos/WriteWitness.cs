using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>Sits between the host and the cable: after each frame, what did the servos execute that was not in it?</summary>
/// <param name="tap">At the cable's other end.</param>
internal sealed class WriteWitness(ArrivalTap tap, ServoBench bench, ServoMake make) : IByteLink
{
    private readonly List<RegisterWrite> sent = [];

    // What was sent before in this cycle, and in the one before it.
    private HashSet<RegisterWrite> thisCycle = [], lastCycle = [];
    private readonly StsDecoder sts = new();
    private readonly DynamixelDecoder dynamixel = new();

    public string Name => tap.Name;

    /// <summary>What lies between; at first a good cable.</summary>
    public IByteLink Cable { get; set; } = tap;

    /// <summary>Of the host's, over a bad cable.</summary>
    public long Frames { get; private set; }

    /// <summary>Writes that a servo executed and the host never sent, or more than a cycle before.</summary>
    public List<RegisterWrite> Foreign { get; } = [];

    /// <summary>Writes that a servo executed with a later frame than theirs, but within a cycle: bytes that were lost made it wait for more.</summary>
    public long Late { get; private set; }

    /// <summary>Writes that a servo executed as they were sent.</summary>
    public long Executed { get; private set; }

    public CrcExpectation Expected { get; } = new();

    /// <summary>A period of the loop is over.</summary>
    public void NextCycle()
    {
        (thisCycle, lastCycle) = (lastCycle, thisCycle);
        thisCycle.Clear();
    }

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        if (Cable != tap) Frames++;
        sent.Clear();
        if (make == ServoMake.Feetech) ReadSts(bytes);
        else ReadDynamixel(bytes);
        bench.ClearWrites();
        Cable.Write(bytes, within);
        Expected.Take(bytes, tap.Arrived);
        foreach (var write in bench.Writes)
        {
            if (sent.Contains(write)) Executed++;
            else if (thisCycle.Contains(write) || lastCycle.Contains(write)) Late++;
            else Foreign.Add(write);
        }

        thisCycle.UnionWith(sent);
    }

    public int Read(Span<byte> buffer, TimeSpan within) => Cable.Read(buffer, within);

    public void DiscardInput() => Cable.DiscardInput();

    public void Dispose() => Cable.Dispose();

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
