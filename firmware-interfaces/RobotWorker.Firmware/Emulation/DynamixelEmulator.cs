using System.Buffers;
using System.Collections.Immutable;
using RobotWorker.Firmware.Dynamixel;

namespace RobotWorker.Firmware.Emulation;

/// <summary>A bus of X series servos in memory: bytes in, bytes out, and a plant that moves as time passes.</summary>
public sealed class DynamixelEmulator : ServoBench
{
    private readonly DynamixelDecoder decoder = new();
    private readonly DynamixelServo[] servos;

    /// <param name="baud">Bits a second, for <see cref="ServoBench.BusSeconds"/>.</param>
    public DynamixelEmulator(IServoPlant plant, ImmutableArray<EmulatedServo> servos, double baud = 1_000_000)
        : this(plant, servos, [.. servos.Select(servo => new DynamixelServo(servo))], baud)
    {
    }

    private DynamixelEmulator(IServoPlant plant, ImmutableArray<EmulatedServo> setups, DynamixelServo[] servos, double baud)
        : base(plant, setups, servos, XSeriesRegisters.Id, baud) => this.servos = servos;

    public override void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers)
    {
        OnWire(bytes.Length);
        while (bytes.Length > 0)
        {
            bytes = bytes[decoder.Take(bytes)..];
            while (decoder.TryNext(out var frame)) Execute(frame, answers);
        }
    }

    protected override void Silence() => decoder.Clear();

    private void Execute(in DynamixelFrame frame, IBufferWriter<byte> answers)
    {
        if (frame.Instruction == DynamixelInstruction.Status) return;
        for (var i = 0; i < servos.Length; i++)
        {
            if (IsListening(i) && (frame.Id == DynamixelWire.Broadcast || frame.Id == IdOf(i))) servos[i].Heard();
        }

        var parameters = frame.Parameters;
        switch (frame.Instruction)
        {
            case DynamixelInstruction.SyncRead when parameters.Length > 4:
                foreach (var id in parameters[4..]) AnswerRead(Listener(id), Word(parameters), Word(parameters[2..]), answers);
                break;

            case DynamixelInstruction.FastSyncRead when parameters.Length > 4:
                var same = new BulkRange[parameters.Length - 4];
                for (var i = 0; i < same.Length; i++) same[i] = new(parameters[4 + i], Word(parameters), Word(parameters[2..]));
                AnswerFast(same, answers);
                break;

            case DynamixelInstruction.SyncWrite when parameters.Length > 4 && (parameters.Length - 4) % (Word(parameters[2..]) + 1) == 0:
                int length = Word(parameters[2..]);
                for (var at = 4; at < parameters.Length; at += length + 1) Write(Listener(parameters[at]), Word(parameters), parameters.Slice(at + 1, length));
                break;

            case DynamixelInstruction.BulkRead when parameters.Length % 5 == 0:
                foreach (var range in Ranges(parameters)) AnswerRead(Listener(range.Id), range.Address, range.Length, answers);
                break;

            case DynamixelInstruction.FastBulkRead when parameters.Length % 5 == 0:
                AnswerFast(Ranges(parameters), answers);
                break;

            case DynamixelInstruction.BulkWrite:
                BulkWrite(parameters);
                break;

            default:
                for (var i = 0; i < servos.Length; i++)
                {
                    if (IsListening(i) && (frame.Id == DynamixelWire.Broadcast || frame.Id == IdOf(i))) Execute(i, frame, answers);
                }

                break;
        }
    }

    private void Execute(int servo, in DynamixelFrame frame, IBufferWriter<byte> answers)
    {
        var parameters = frame.Parameters;
        var isAsked = frame.Id != DynamixelWire.Broadcast;
        var id = IdOf(servo);
        var error = DynamixelError.None;
        switch (frame.Instruction)
        {
            case DynamixelInstruction.Ping:
                Span<byte> found = stackalloc byte[3];
                servos[servo].Read(XSeriesRegisters.Model.Address, found[..2]);
                servos[servo].Read(XSeriesRegisters.Firmware.Address, found[2..]);
                Answer(servo, id, DynamixelError.None, found, answers);
                return;
            case DynamixelInstruction.Read when parameters.Length == 4:
                if (isAsked) AnswerRead(servo, Word(parameters), Word(parameters[2..]), answers);
                return;
            case DynamixelInstruction.Write when parameters.Length > 2:
                error = Write(servo, Word(parameters), parameters[2..]);
                break;
            case DynamixelInstruction.RegWrite when parameters.Length > 2:
                servos[servo].PutOff(parameters);
                break;
            case DynamixelInstruction.Action:
                error = servos[servo].TakeRegistered() is { } waiting ? Write(servo, Word(waiting), waiting.AsSpan(2)) : DynamixelError.Instruction;
                break;
            case DynamixelInstruction.Reboot:
                Boot(servo);
                break;
            case DynamixelInstruction.FactoryReset when parameters.Length == 1:
                error = isAsked || parameters[0] != (byte)FactoryResetKeeps.Nothing ? servos[servo].Reset((FactoryResetKeeps)parameters[0]) : DynamixelError.Result;
                break;
            case DynamixelInstruction.Clear or DynamixelInstruction.Backup or DynamixelInstruction.Restore when parameters.Length == 5:
                error = servos[servo].Keep(frame.Instruction, parameters);
                break;
            default:
                error = DynamixelError.Instruction;
                break;
        }

        if (isAsked && servos[servo].Get(XSeriesRegisters.StatusReturnLevel) == 2) Answer(servo, id, error, [], answers);
    }

    private void BulkWrite(ReadOnlySpan<byte> parameters)
    {
        while (parameters.Length >= 5)
        {
            int length = Word(parameters[3..]);
            if (parameters.Length < 5 + length) return;
            Write(Listener(parameters[0]), Word(parameters[1..]), parameters.Slice(5, length));
            parameters = parameters[(5 + length)..];
        }
    }

    private DynamixelError Write(int servo, int address, ReadOnlySpan<byte> data)
    {
        if (servo < 0) return DynamixelError.None;
        var id = IdOf(servo);
        var error = servos[servo].Write(address, data, Position(servo));
        if (error == DynamixelError.None) Log(id, address, data);
        return error;
    }

    private void AnswerRead(int servo, int address, int length, IBufferWriter<byte> answers)
    {
        if (servo < 0 || servos[servo].Get(XSeriesRegisters.StatusReturnLevel) == 0) return;
        if (address + length > DynamixelServo.TableLength)
        {
            Answer(servo, IdOf(servo), DynamixelError.Range, [], answers);
            return;
        }

        Span<byte> data = stackalloc byte[length];
        servos[servo].Read(address, data);
        Answer(servo, IdOf(servo), DynamixelError.None, data, answers);
    }

    private void Answer(int servo, byte id, DynamixelError error, ReadOnlySpan<byte> data, IBufferWriter<byte> answers)
    {
        Wait(servos[servo].ReturnDelaySeconds);
        var frame = answers.GetSpan((2 * data.Length) + 16);
        var count = DynamixelEncoder.Status(frame, id, (byte)((byte)error | servos[servo].Alert), data);
        answers.Advance(count);
        OnWire(count);
    }

    // One frame from many: each servo adds its part when the one before it has spoken. If one is missing, those behind it stay silent, and the frame has no end.
    private void AnswerFast(ReadOnlySpan<BulkRange> ranges, IBufferWriter<byte> answers)
    {
        var body = 1;
        foreach (var range in ranges) body += range.Length + 4;
        var frame = answers.GetSpan(body + 7);
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = (0xFF, 0xFF, 0xFD, 0x00, DynamixelWire.Broadcast);
        (frame[5], frame[6], frame[7]) = ((byte)body, (byte)(body >> 8), (byte)DynamixelInstruction.Status);
        var at = 8;
        foreach (var range in ranges)
        {
            var servo = Listener(range.Id);
            if (servo < 0 || range.Address + range.Length > DynamixelServo.TableLength) break;
            if (at == 8) Wait(servos[servo].ReturnDelaySeconds);
            frame[at++] = servos[servo].Alert;
            frame[at++] = range.Id;
            servos[servo].Read(range.Address, frame.Slice(at, range.Length));
            at += range.Length;
            var crc = DynamixelWire.Crc(frame[..at]);
            frame[at++] = (byte)crc;
            frame[at++] = (byte)(crc >> 8);
        }

        if (at == 8) return;
        answers.Advance(at);
        OnWire(at);
    }

    private static BulkRange[] Ranges(ReadOnlySpan<byte> parameters)
    {
        var ranges = new BulkRange[parameters.Length / 5];
        for (var i = 0; i < ranges.Length; i++)
        {
            var part = parameters[(5 * i)..];
            ranges[i] = new(part[0], Word(part[1..]), Word(part[3..]));
        }

        return ranges;
    }

    private static ushort Word(ReadOnlySpan<byte> bytes) => (ushort)(bytes[0] | (bytes[1] << 8));
}
