using System.Buffers;
using System.Collections.Immutable;
using RobotWorker.Firmware.Feetech;

namespace RobotWorker.Firmware.Emulation;

/// <summary>A bus of STS servos in memory: bytes in, bytes out, and a plant that moves as time passes.</summary>
public sealed class FeetechEmulator : ServoBench
{
    private readonly StsDecoder decoder = new();
    private readonly FeetechServo[] servos;

    /// <param name="baud">Bits a second, for <see cref="ServoBench.BusSeconds"/>.</param>
    public FeetechEmulator(IServoPlant plant, ImmutableArray<EmulatedServo> servos, double baud = 1_000_000)
        : this(plant, servos, [.. servos.Select(servo => new FeetechServo(servo))], baud)
    {
    }

    private FeetechEmulator(IServoPlant plant, ImmutableArray<EmulatedServo> setups, FeetechServo[] servos, double baud)
        : base(plant, setups, servos, StsRegisters.Id, baud) => this.servos = servos;

    public override void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers)
    {
        OnWire(bytes.Length);
        while (bytes.Length > 0)
        {
            bytes = bytes[decoder.Take(bytes)..];
            while (decoder.TryNext(out var frame)) Execute(frame, answers);
        }
    }

    protected override void Silence()
    {
        // Nobody waits for the answer any more: a frame that only silence uncovered is not executed.
        while (decoder.TryNextAfterSilence(out _))
        {
        }

        decoder.Clear();
    }

    private void Execute(in StsFrame frame, IBufferWriter<byte> answers)
    {
        var parameters = frame.Parameters;
        switch (frame.Instruction)
        {
            case StsInstruction.SyncRead when parameters.Length > 2:
                foreach (var id in parameters[2..]) Answer(Listener(id), parameters[0], parameters[1], answers);
                break;

            case StsInstruction.SyncWrite when parameters.Length > 2 && (parameters.Length - 2) % (parameters[1] + 1) == 0:
                for (var at = 2; at < parameters.Length; at += parameters[1] + 1) Write(Listener(parameters[at]), parameters[0], parameters.Slice(at + 1, parameters[1]));
                break;

            default:
                for (var i = 0; i < servos.Length; i++)
                {
                    if (IsListening(i) && (frame.Id == StsWire.Broadcast || frame.Id == IdOf(i))) Execute(i, frame, answers);
                }

                break;
        }
    }

    private void Execute(int servo, in StsFrame frame, IBufferWriter<byte> answers)
    {
        var parameters = frame.Parameters;
        var isAsked = frame.Id != StsWire.Broadcast;
        switch (frame.Instruction)
        {
            case StsInstruction.Ping:
                Answer(servo, 0, 0, answers);
                return;
            case StsInstruction.Read when parameters.Length == 2 && isAsked:
                Answer(servo, parameters[0], parameters[1], answers);
                return;
            case StsInstruction.Write when parameters.Length > 1:
                Write(servo, parameters[0], parameters[1..]);
                break;
            case StsInstruction.RegWrite when parameters.Length > 1:
                servos[servo].PutOff(parameters);
                break;
            case StsInstruction.Action:
                if (servos[servo].TakeRegistered() is { } waiting) Write(servo, waiting[0], waiting.AsSpan(1));
                break;
            case StsInstruction.Reset:
                servos[servo].Reset();
                break;
            default:
                return;
        }

        if (isAsked && servos[servo].Get(StsRegisters.ResponseLevel) != 0) Answer(servo, 0, 0, answers);
    }

    private void Write(int servo, byte address, ReadOnlySpan<byte> data)
    {
        if (servo < 0 || address + data.Length > FeetechServo.TableLength) return;
        Log(IdOf(servo), address, data);
        servos[servo].Write(address, data, Position(servo));
    }

    private void Answer(int servo, byte address, byte length, IBufferWriter<byte> answers)
    {
        if (servo < 0 || length > 249) return;
        Wait(servos[servo].ReturnDelaySeconds);
        var frame = answers.GetSpan(StsWire.LongestFrame);
        Span<byte> data = stackalloc byte[length];
        servos[servo].Read(address, data);
        var count = StsEncoder.Status(frame, IdOf(servo), (byte)servos[servo].Get(StsRegisters.Status), data);
        answers.Advance(count);
        OnWire(count);
    }
}
