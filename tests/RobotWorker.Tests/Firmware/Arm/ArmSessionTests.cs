using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>What a person does by hand, on emulated servos whose time passes while the session waits.</summary>
public sealed class ArmSessionTests
{
    private ServoBench servos = null!;
    private RigidServoPlant joints = null!;
    private int waits;
    private int? brokenOffAfter;

    [SetUp]
    public void Plug()
    {
        (servos, joints) = EmulatedArm.Of(So101.Arm);
        (waits, brokenOffAfter) = (0, null);
    }

    [Test]
    public void Look_WritesNothing_AlsoWhereAnotherProgramLeftItHolding()
    {
        Session().Enable();
        servos.ClearWrites();

        // Another program comes: it knows nothing of the first.
        var states = Session().Look();
        Pass(0.2);
        Session().Look();

        Assert.That(servos.Writes, Is.Empty);
        Assert.That(states.Select(state => state.TorqueOn), Has.All.True);
        Assert.That(states.Select(state => state.Flags), Has.All.EqualTo(ServoFlags.None));
    }

    [Test]
    public void Enable_AnArmThatHolds_WritesNothing_SoNothingSinks()
    {
        Session().Enable();
        Pass(0.5);
        servos.ClearWrites();

        var second = Session();
        second.Enable();

        Assert.That(servos.Writes, Is.Empty);
        Assert.That(second.MoveTo([0.3, .. Enumerable.Repeat(double.NaN, 5)]), Is.Null, "and it leads them on");
    }

    [Test]
    public void MoveTo_OneJoint_GetsThere_AndTheOthersHold()
    {
        var session = Session();
        session.Enable();
        var before = joints.Positions.ToArray();

        Assert.That(session.MoveTo([0.5, .. Enumerable.Repeat(double.NaN, 5)]), Is.Null);
        Pass(0.3);

        Assert.That(joints.Positions[0], Is.EqualTo(0.5).Within(0.02));
        Assert.That(joints.Positions[1..].ToArray(), Is.EqualTo(before[1..]).Within(0.02));
    }

    [Test]
    public void MoveTo_Obstacle_StaysThere()
    {
        var stiff = new RigidServoPlant([.. So101.Arm.Servos.Select((servo, i) => new RigidJoint(MinRadians: servo.MinRadians, MaxRadians: i == 0 ? 0.2 : servo.MaxRadians))]);
        servos = new FeetechEmulator(stiff, [.. So101.Arm.Servos.Select((servo, i) => new EmulatedServo(servo.Id, i, MotorModel.Sts3215))]);
        var session = Session();
        session.Enable();

        Assert.That(session.MoveTo([1, .. Enumerable.Repeat(double.NaN, 5)]), Does.Contain("shoulder_pan is held up at 0.2"));
    }

    [Test]
    public void MoveTo_BrokenOff_StaysOnTheWay()
    {
        var session = Session();
        session.Enable();
        brokenOffAfter = waits + 50;

        Assert.That(session.MoveTo([1, .. Enumerable.Repeat(double.NaN, 5)]), Is.EqualTo("broken off"));
        Pass(0.5);
        Assert.That(joints.Positions[0], Is.InRange(0.1, 0.3));
    }

    // A Dynamixel that was not spoken to in time takes no goals any more.
    [Test]
    public void MoveTo_TheirWatchdogTrips_SaysSo_AndStaysThere()
    {
        (servos, joints) = EmulatedArm.Of(ArmRig.OfDynamixels);
        var session = Session(ArmRig.OfDynamixels, () => servos.Advance(waits == 60 ? 1 : So101.Arm.PeriodSeconds));
        session.Enable();

        Assert.That(session.MoveTo([0.8, .. Enumerable.Repeat(double.NaN, 5)]), Does.Contain("stopped by itself").And.Contain("too busy"));
        Assert.That(joints.Positions[0], Is.InRange(0.1, 0.5));
    }

    [Test]
    public void Follow_GoesAfterTheLeader_AndHoldsWhenItIsNotHeard()
    {
        var session = Session();
        session.Enable();
        brokenOffAfter = waits + 300;
        session.Follow(() => waits < 150 ? [0.01 * waits, 0, 0, 0, 0, 1] : null);

        Assert.That(joints.Positions[0], Is.EqualTo(1.49).Within(0.15));
        Assert.That(joints.Positions[5], Is.EqualTo(1).Within(0.05));
    }

    [Test]
    public void Follow_LeaderJumps_TheFollowerDoesNot()
    {
        var session = Session();
        session.Enable();
        brokenOffAfter = waits + 10;

        session.Follow(() => [1.2, 0, 0, 0, 0, 1]);

        Assert.That(joints.Positions[0], Is.LessThan(0.25));
    }

    [Test]
    public void Look_AServoIsGone_IsNamed()
    {
        servos = new FeetechEmulator(joints, [.. So101.Arm.Servos.Take(5).Select((servo, i) => new EmulatedServo(servo.Id, i, MotorModel.Sts3215))]);

        Assert.That(Assert.Throws<ServoBusException>(() => Session().Look())!.Message, Does.Contain("servo 6 ('gripper')"));
    }

    // One answer that says so may be a damaged one; a person who looks once is to see it all the same.
    [Test]
    public void Look_Once_ShowsAServosOwnFault()
    {
        servos.SetCelsius(3, 95);
        Pass(0.01);

        Assert.That(Session().Look().Select(state => state.Flags), Is.EqualTo(new[] { ServoFlags.None, ServoFlags.None, ServoFlags.Overheat, ServoFlags.None, ServoFlags.None, ServoFlags.None }));
    }

    private ArmSession Session(SerialArmDescription? arm = null, Action? pass = null) => new(ArmBuses.Over(new MemoryLink("memory", servos, So101.Arm.Bus.Baud), arm ?? So101.Arm, TimeProvider.System), arm ?? So101.Arm, _ =>
    {
        if (pass is null) servos.Advance(So101.Arm.PeriodSeconds);
        else pass();
        return ++waits == brokenOffAfter;
    });

    private void Pass(double seconds) => servos.Advance(seconds);
}
