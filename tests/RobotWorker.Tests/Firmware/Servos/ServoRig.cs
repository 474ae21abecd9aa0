using System.Collections.Immutable;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>An arm of emulated servos with ids from 1, and its group.</summary>
internal sealed class ServoRig
{
    private ServoRig(ServoMake make, RigidServoPlant plant, ServoBench bench, IServoDialect dialect, ServoBusOptions? options)
    {
        (Make, Plant, Bench) = (make, plant, bench);
        Group = new ServoGroup(dialect, [.. bench.Servos.Select(servo => new ServoCalibration(servo.Id, $"joint{servo.Id}", servo.ZeroCounts, servo.Direction))], options);
        States = new ServoState[bench.Servos.Length];
    }

    public ServoMake Make { get; }

    public RigidServoPlant Plant { get; }

    public ServoBench Bench { get; }

    public ServoGroup Group { get; }

    public ServoState[] States { get; }

    public FeetechBus? Feetech { get; private init; }

    public DynamixelBus? Dynamixel { get; private init; }

    public FeetechEmulator FeetechEmulator => (FeetechEmulator)Bench;

    public DynamixelEmulator DynamixelEmulator => (DynamixelEmulator)Bench;

    public static ServoRig Of(ServoMake make, int servos = 1, RigidJoint? joint = null, ServoBusOptions? options = null, Func<IByteLink, ServoBench, IByteLink>? through = null,
        DynamixelOptions? dynamixel = null)
    {
        var plant = new RigidServoPlant([.. Enumerable.Repeat(joint ?? new RigidJoint(), servos)]);
        var motor = make == ServoMake.Feetech ? MotorModel.Sts3215 : MotorModel.Xm430;
        var setups = Enumerable.Range(0, servos).Select(i => new EmulatedServo((byte)(i + 1), i, motor, Direction: i % 2 == 0 ? 1 : -1)).ToImmutableArray();
        if (make == ServoMake.Feetech)
        {
            var emulator = new FeetechEmulator(plant, setups);
            var bus = new FeetechBus(Link(emulator, emulator), new FrozenTime());
            return new(make, plant, emulator, new FeetechDialect(bus), options) { Feetech = bus };
        }
        else
        {
            var emulator = new DynamixelEmulator(plant, setups);
            var bus = new DynamixelBus(Link(emulator, emulator), new FrozenTime(), dynamixel);
            return new(make, plant, emulator, new DynamixelDialect(bus), options) { Dynamixel = bus };
        }

        IByteLink Link(IByteDevice device, ServoBench bench)
        {
            var memory = new MemoryLink("memory", device, 1_000_000);
            return through?.Invoke(memory, bench) ?? memory;
        }
    }

    public void Write(byte id, Register register, long counts)
    {
        if (Feetech is { } feetech) feetech.Write(id, register, counts);
        else Dynamixel!.Write(id, register, counts);
    }

    public long Register(byte id, Register register) => Bench.Register(id, register);

    public void Preset(byte id, Register register, long counts) => Bench.Preset(id, register, counts);

    public Register Goal => Make == ServoMake.Feetech ? StsRegisters.GoalPosition : XSeriesRegisters.GoalPosition;

    public Register Torque => Make == ServoMake.Feetech ? StsRegisters.Torque : XSeriesRegisters.Torque;

    public void SetCelsius(byte id, double celsius)
    {
        if (Make == ServoMake.Feetech) FeetechEmulator.SetCelsius(id, celsius);
        else DynamixelEmulator.SetCelsius(id, celsius);
    }

    /// <summary>One period of the loop: goals out, states in, and the time goes by.</summary>
    public void Cycle(params double[] goals)
    {
        Group.Cycle(goals, States);
        Bench.Advance(0.01);
    }

    public void TorqueOnAll()
    {
        for (var i = 0; i < States.Length; i++) Group.SafeTorqueOn(i);
    }

    /// <summary>How far joint 0 gets from where it is while time goes by.</summary>
    public double Excursion(double seconds)
    {
        var (start, most) = (Plant.Positions[0], 0.0);
        for (var left = seconds; left > 0; left -= 0.002)
        {
            Bench.Advance(0.002);
            most = Math.Max(most, Math.Abs(Plant.Positions[0] - start));
        }

        return most;
    }
}
