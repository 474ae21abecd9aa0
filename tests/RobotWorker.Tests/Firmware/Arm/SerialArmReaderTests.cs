using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Arm;

public sealed class SerialArmReaderTests
{
    private const string Good = """
        arm: robotworker/v1
        name: two
        bus: {make: dynamixel, port: /dev/ttyUSB0}
        joints:
        - {name: lift, id: 1, zero: 2048, range: [1000, 3000], max_speed: 2, acceleration: 8}
        - {name: turn, id: 2, zero: 1024, range: [0, 4095], direction: backward, max_speed: 3, acceleration: 8}
        """;

    [Test]
    public void Good_IsRead_WithDefaults()
    {
        var (arm, bag) = Read(Good);

        Assert.That(bag.All, Is.Empty);
        Assert.That(arm!.Bus, Is.EqualTo(new SerialBusDescription(ServoMake.Dynamixel, "/dev/ttyUSB0", 1_000_000)));
        Assert.That(arm.PeriodSeconds, Is.EqualTo(0.01));
        Assert.That(arm.Joints[1].Servo.Direction, Is.EqualTo(-1));
        Assert.That(arm.Bounds[0].Upper, Is.EqualTo((3000 - 2048) * Math.Tau / 4096).Within(1e-9));
    }

    [TestCase("range: [1000, 3000]", "range: [3000, 1000]", Codes.EmptyCalibration, 5)]
    [TestCase("id: 2", "id: 1", Codes.GivenTwice, 5)]
    [TestCase("name: turn", "name: lift", Codes.GivenTwice, 5)]
    [TestCase("id: 2", "id: 253", Codes.OutOfRange, 6)]
    [TestCase("make: dynamixel", "make: lego", Codes.NotAChoice, 3)]
    [TestCase("make: dynamixel", "make: feetech, fast_read: false", Codes.NotAChoice, 3)]
    [TestCase("max_speed: 2", "speed: 2", Codes.Missing, 5)]
    [TestCase("arm: robotworker/v1", "arm: other/v1", Codes.WrongFormat, 1)]
    [TestCase("zero: 2048", "zero: two", Codes.NotANumber, 5)]
    public void Wrong_IsNamedWithItsLine(string good, string wrong, string code, int line)
    {
        var (arm, bag) = Read(Good.Replace(good, wrong, StringComparison.Ordinal));

        Assert.That(arm, Is.Null);
        Assert.That(bag.All.Select(d => (d.Code, d.Place.Line)), Has.Member((code, line)), string.Join("\n", bag.All));
    }

    [Test]
    public void Bus_OfOldServosOnAnAdapterThatHearsItself_IsRead() =>
        Assert.That(Read(Good.Replace("make: dynamixel", "make: dynamixel, echo: true, fast_read: false", StringComparison.Ordinal)).Arm!.Bus, Is.EqualTo(new SerialBusDescription(ServoMake.Dynamixel, "/dev/ttyUSB0", 1_000_000, Echoes: true, FastRead: false)));

    [Test]
    public void Board_AndTorques_AreRead()
    {
        var (arm, bag) = Read($"{Good.Replace("max_speed: 2", "max_speed: 2, max_torque: 1.9", StringComparison.Ordinal)}\nboard: {{hold: 300ms}}\n");

        Assert.That(bag.All, Is.Empty);
        Assert.That(arm!.BoardHold, Is.EqualTo(TimeSpan.FromMilliseconds(300)));
        Assert.That(arm.Joints.Select(joint => joint.MaxNewtonMetres), Is.EqualTo(new double?[] { 1.9, null }));
    }

    [TestCase("2001ms")]
    [TestCase("0.5ms")]
    public void Board_HoldThatItCannotKeep_IsNamed(string hold) =>
        Assert.That(Read($"{Good}\nboard: {{hold: {hold}}}\n").Bag.All.Select(d => d.Code), Has.Member(Codes.OutOfRange));

    [Test]
    public void Gripper_BeyondItsRange_OrNotOpening_IsNamed()
    {
        var (_, bag) = Read($$"""
            {{Good}}
            gripper: {name: jaw, id: 6, zero: 2048, range: [2000, 3000], closed: -1, open: -1, opening: 0.09, max_force: 20, max_speed: 3}
            """);

        Assert.That(bag.All.Select(d => d.Code), Is.SupersetOf([Codes.EmptyGripper, Codes.BeyondCalibration]));
    }

    [Test]
    public void LerobotCalibration_WrittenAndRead_IsTheSame()
    {
        LerobotCalibration.Motor[] motors = [new(new(1, "shoulder_pan", 2048, 1, 797, 3299), -120), new(new(6, "gripper", 2560, -1, 1934, 3186), 7)];
        var bag = new DiagnosticBag();

        Assert.That(LerobotCalibration.Read(LerobotCalibration.Write(motors), "so101.json", bag), Is.EqualTo(motors));
        Assert.That(bag.All, Is.Empty);
    }

    [TestCase("""{"gripper": {"id": 6, "drive_mode": 0, "homing_offset": 0, "range_min": 3000, "range_max": 2000}}""", Codes.EmptyCalibration)]
    [TestCase("""{"gripper": {"id": 6, "drive_mode": 0, "homing_offset": 0, "range_min": 3000}}""", Codes.Missing)]
    [TestCase("""{"gripper": 6}""", Codes.WrongKind)]
    public void LerobotCalibration_Wrong_IsNamed(string text, string code)
    {
        var bag = new DiagnosticBag();

        Assert.That(LerobotCalibration.Read(text, "so101.json", bag), Is.Empty);
        Assert.That(bag.All.Select(d => d.Code), Has.Member(code));
    }

    private static (SerialArmDescription? Arm, DiagnosticBag Bag) Read(string text)
    {
        var bag = new DiagnosticBag();
        return (SerialArmReader.Read(text, "two.yaml", bag), bag);
    }
}
