using System.Buffers;
using System.Collections.Immutable;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Firmware.Emulation;

/// <summary>A bus of STS servos in memory: bytes in, bytes out, and a plant that moves as time passes.</summary>
public sealed class FeetechEmulator : ServoBench, IByteDevice
{
    private readonly StsDecoder decoder = new();
    private readonly FeetechServo[] servos;

    /// <param name="baud">Bits a second, for <see cref="ServoBench.BusSeconds"/>.</param>
    public FeetechEmulator(IServoPlant plant, ImmutableArray<EmulatedServo> servos, double baud = 1_000_000)
        : base(plant, servos, baud)
    {
        this.servos = [.. servos.Select(servo => new FeetechServo(servo))];
        SupplyVolts = servos.IsEmpty ? 0 : servos[0].Motor.NominalVolts;
        for (var i = 0; i < servos.Length; i++) this.servos[i].Sense(Position(i), 0, SupplyVolts);
    }

    public void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers)
    {
        OnWire(bytes.Length);
        while (bytes.Length > 0)
        {
            bytes = bytes[decoder.Take(bytes)..];
            while (decoder.TryNext(out var frame)) Execute(frame, answers);
        }
    }

    /// <summary>A register as the servo has it, in counts.</summary>
    public long Register(byte id, Servos.Register register) => servos[IndexOf(id)].Get(register);

    /// <summary>Sets a register behind the bus's back: what the factory, or another host, left there.</summary>
    public void Preset(byte id, Servos.Register register, long counts) => servos[IndexOf(id)].Preset(register, counts);

    /// <summary>°C of a servo's motor, finer than its register.</summary>
    public double Celsius(byte id) => servos[IndexOf(id)].Celsius;

    /// <summary>Heats or cools a motor.</summary>
    public void SetCelsius(byte id, double celsius) => servos[IndexOf(id)].Celsius = celsius;

    protected override byte IdOf(int servo) => (byte)servos[servo].Get(StsRegisters.Id);

    protected override double Drive(int servo, double position, double velocity, double seconds) => servos[servo].Step(position, velocity, SupplyVolts, seconds);

    protected override void Restart(int servo)
    {
        servos[servo].Restart();
        servos[servo].Sense(Position(servo), 0, SupplyVolts);
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
