using CsCheck;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

[TestFixture(ServoMake.Feetech)]
[TestFixture(ServoMake.Dynamixel)]
public sealed class SafeTorqueOnTests(ServoMake make)
{
    private enum Before
    {
        Nothing,
        PowerCycle,
        BrownOutUnderWay,
        Reboot,
        ForeignHost,
    }

    private static readonly Gen<(double Start, int OldGoal, double Gravity, Before Before)> Trials =
        Gen.Select(Gen.Double[-2.5, 2.5], Gen.Int[0, 4095], Gen.Double[0, 0.25], Gen.Int[0, 4].Select(value => (Before)value));

    [Test]
    public void Naively_ItJumps()
    {
        var rig = ServoRig.Of(make);
        rig.Preset(1, rig.Goal, 3000);

        rig.Write(1, rig.Torque, 1);

        Assert.That(rig.Excursion(1), Is.GreaterThan(1));
    }

    [Test]
    public void SafeTorqueOn_FromAnyState_NeverJumps() => Trials.Sample(trial =>
    {
        var rig = ServoRig.Of(make, joint: new RigidJoint(GravityNewtonMetres: trial.Gravity, StartRadians: trial.Start), through: (link, bench) => new TickingLink(link, bench));
        rig.Preset(1, rig.Goal, trial.OldGoal);

        Fall(rig);
        Prepare(rig, trial.Before);
        Fall(rig);

        var before = rig.Plant.Positions[0];
        rig.Group.SafeTorqueOn(0);
        var during = Math.Abs(rig.Plant.Positions[0] - before);
        Assert.That(during + rig.Excursion(1.5), Is.LessThan(0.03), trial.ToString());
        Assert.That(rig.Register(1, rig.Torque), Is.EqualTo(1));
    }, iter: 150);

    [Test]
    public void SafeTorqueOn_OfAJointThatFalls_IsRefused()
    {
        var rig = ServoRig.Of(make, joint: new RigidJoint(GravityNewtonMetres: 0.6, StartRadians: 1, ViscousNewtonMetreSeconds: 0.3), through: (link, bench) => new TickingLink(link, bench));
        rig.Preset(1, rig.Goal, 3000);
        rig.Bench.Advance(0.3);

        var failure = Assert.Throws<ServoBusException>(() => rig.Group.SafeTorqueOn(0));

        Assert.That(failure!.Failure, Is.EqualTo(ServoFailure.Moving));
        Assert.That(failure.Message, Does.Contain("joint1").And.Contain("Support the arm"));
        Assert.That(rig.Register(1, rig.Torque), Is.Zero);
    }

    [Test]
    public void SafeTorqueOn_WhereTheGoalDoesNotStick_IsRefused()
    {
        var rig = ServoRig.Of(make, through: (link, _) => new DeafTo(link, make));

        var failure = Assert.Throws<ServoBusException>(() => rig.Group.SafeTorqueOn(0));

        Assert.That(failure!.Failure, Is.EqualTo(ServoFailure.NotVerified));
        Assert.That(rig.Register(1, rig.Torque), Is.Zero);
    }

    [Test]
    public void SafeTorqueOn_OfAHotServo_IsRefusedWithWhatHelps()
    {
        var rig = ServoRig.Of(make);
        rig.SetCelsius(1, 95);
        rig.Bench.Advance(0.01);

        var failure = Assert.Throws<ServoBusException>(() => rig.Group.SafeTorqueOn(0));

        Assert.That((failure!.Failure, failure.Id), Is.EqualTo((ServoFailure.Faulted, (byte?)1)));
        Assert.That(failure.Message, Does.Contain("Overheat").And.Contain(make == ServoMake.Dynamixel ? "reboot" : "cool down"));
    }

    /// <summary>Without torque it falls to where it lies: slowly, where its weight is little more than its friction.</summary>
    private static void Fall(ServoRig rig)
    {
        for (var (seconds, before) = (0, double.NaN); seconds < 120 && rig.Plant.Positions[0] != before; seconds++)
        {
            before = rig.Plant.Positions[0];
            rig.Bench.Advance(1);
        }
    }

    private void Prepare(ServoRig rig, Before before)
    {
        switch (before)
        {
            case Before.PowerCycle:
                rig.Bench.PowerCycle();
                break;
            case Before.BrownOutUnderWay:
                rig.Group.SafeTorqueOn(0);
                var at = rig.Group.Servos[0].RadiansOf(rig.Register(1, make == ServoMake.Feetech ? StsRegisters.Position : XSeriesRegisters.Position));
                for (var i = 0; i < 20; i++) rig.Cycle(Math.Clamp(at + (0.005 * i), -2.8, 2.8));
                rig.Bench.BrownOut(1);
                break;
            case Before.Reboot when rig.Dynamixel is { } bus:
                bus.Reboot(1);
                break;
            case Before.ForeignHost:
                rig.Write(1, rig.Goal, 100);
                break;
            default:
                break;
        }
    }
}
