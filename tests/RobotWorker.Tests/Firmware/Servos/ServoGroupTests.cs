using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

[TestFixture(ServoMake.Feetech)]
[TestFixture(ServoMake.Dynamixel)]
public sealed class ServoGroupTests(ServoMake make)
{
    [Test]
    public void Cycle_WithGoalsThatGoBackAndForth_MovesTheJointsAndKnowsWhereTheyAre()
    {
        var rig = ServoRig.Of(make, servos: 3);
        rig.TorqueOnAll();
        for (var t = 0.0; t < 4; t += 0.01) rig.Cycle(Sway(t), -Sway(t), Sway(t) / 2);

        Assert.That(rig.States[0].PositionRadians, Is.EqualTo(Sway(4)).Within(0.12));
        Assert.That(rig.States[1].PositionRadians, Is.EqualTo(-Sway(4)).Within(0.12));
        for (var i = 0; i < 3; i++)
        {
            Assert.That(rig.Plant.Positions[i], Is.EqualTo(rig.States[i].PositionRadians).Within(0.03));
            Assert.That(rig.States[i] is { IsFresh: true, TorqueOn: true, Flags: ServoFlags.None, Celsius: > 20 and < 40 }, rig.States[i].ToString());
        }

        static double Sway(double t) => 0.8 * Math.Sin(t);
    }

    [Test]
    public void Cycle_WithAGoalFarAhead_IsRefusedAndAllHold()
    {
        var rig = ServoRig.Of(make, servos: 2);
        rig.TorqueOnAll();
        rig.Cycle(0, 0);
        rig.Bench.ClearWrites();

        var failure = Assert.Throws<ServoBusException>(() => rig.Cycle(0.01, 1.2));

        Assert.That((failure!.Failure, failure.Id), Is.EqualTo((ServoFailure.GoalTooFar, (byte?)2)));
        Assert.That(failure.Message, Does.Contain("joint2").And.Contain("all were told to hold"));
        Assert.That((rig.Register(1, rig.Goal), rig.Register(2, rig.Goal)), Is.EqualTo((2048L, 2048L)));
        Assert.That(rig.States[1].IsFresh);
    }

    [TestCase(double.PositiveInfinity)]
    [TestCase(4)]
    public void Cycle_WithAGoalOutOfRange_IsRefused(double goal)
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        Assert.That(Assert.Throws<ServoBusException>(() => rig.Cycle(goal))!.Failure, Is.EqualTo(ServoFailure.GoalOutOfRange));
    }

    [Test]
    public void Cycle_AfterABrownOut_TellsThatTheTorqueIsLostAndSendsItNoGoals()
    {
        var rig = ServoRig.Of(make, servos: 2);
        rig.TorqueOnAll();
        for (var i = 0; i < 5; i++) rig.Cycle(0.01 * i, 0);

        rig.Bench.BrownOut(1);
        rig.Cycle(0.05, 0);
        Assert.That(rig.States[0].Flags, Is.EqualTo(ServoFlags.NoAnswer), "it boots");
        rig.Bench.Advance(0.4);
        rig.Cycle(0.05, 0);
        Assert.That(rig.States[0] is { TorqueOn: false, IsFresh: true }, "one answer is not enough");
        rig.Cycle(0.05, 0);
        var told = rig.States[0].Flags;
        rig.Bench.ClearWrites();
        rig.Cycle(0.05, 0);

        Assert.That(told.HasFlag(ServoFlags.TorqueLost), told.ToString());
        Assert.That(rig.Bench.Writes.Select(write => write.Id), Does.Not.Contain((byte)1));
        Assert.That(rig.States[1].Flags & ~ServoFlags.WatchdogTripped, Is.EqualTo(ServoFlags.None));
    }

    [Test]
    public void Cycle_WithAHotServo_TellsItOnceTwoAnswersSayIt()
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        rig.Cycle(0);
        rig.SetCelsius(1, 95);
        rig.Bench.Advance(0.005);

        rig.Group.ReadStates(rig.States);
        var first = rig.States[0].Flags;
        rig.Group.ReadStates(rig.States);

        Assert.That(first & ServoFlagsText.OwnFaults, Is.EqualTo(ServoFlags.None));
        Assert.That(rig.States[0].Flags.HasFlag(ServoFlags.Overheat), rig.States[0].Flags.ToString());
        Assert.That(rig.States[0].TorqueOn, Is.False, "it lets go by itself");
    }

    [Test]
    public void Cycle_WhereAnotherHostWritesAGoal_TellsAndOverwritesIt()
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        rig.Cycle(0);
        rig.Preset(1, rig.Goal, 2600);

        rig.Group.ReadStates(rig.States);
        var told = rig.States[0].Flags;
        rig.Cycle(0);

        Assert.That(told, Is.EqualTo(ServoFlags.GoalDiffers));
        Assert.That(rig.Register(1, rig.Goal), Is.EqualTo(2048));
        Assert.That(rig.Group.Statistics.ForeignGoals, Is.EqualTo(1));
    }

    [Test]
    public void Cycle_OfAServoThatIsGone_KeepsTheOthersAndRefusesItsGoals()
    {
        var rig = ServoRig.Of(make, servos: 2);
        rig.TorqueOnAll();
        rig.Cycle(0, 0);
        rig.Preset(2, make == ServoMake.Feetech ? StsRegisters.Id : RobotWorker.Firmware.Dynamixel.XSeriesRegisters.Id, 77);

        for (var i = 0; i < 3; i++) rig.Cycle(0, 0);

        Assert.That(rig.States[1] is { IsFresh: false, Flags: ServoFlags.NoAnswer });
        if (make == ServoMake.Feetech) Assert.That(rig.States[0].IsFresh, "of a fast sync read nothing comes where one is missing");
        Assert.That(Assert.Throws<ServoBusException>(() => rig.Cycle(0, 0))!.Failure, Is.EqualTo(ServoFailure.Blind));
    }

    [Test]
    public void Cycle_WhereAnotherHostLedAServoAway_StopsItWhereItIs()
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        rig.Cycle(0);
        for (var i = 0; i < 40 && rig.Plant.Positions[0] < 0.5; i++)
        {
            rig.Preset(1, rig.Goal, 3500);
            if (make == ServoMake.Feetech) rig.Preset(1, StsRegisters.GoalSpeed, 0);
            rig.Group.ReadStates(rig.States);
            rig.Bench.Advance(0.01);
        }

        Assert.That(() => rig.Cycle(0), Throws.TypeOf<ServoBusException>().With.Property("Failure").EqualTo(ServoFailure.GoalTooFar));
        rig.Bench.Advance(0.2);
        Assert.That(rig.Excursion(1), Is.LessThan(0.02));
        Assert.That(rig.Plant.Positions[0], Is.InRange(0.2, 0.9));
    }

    [Test]
    public void ReadStates_OfAnArmThatAnEarlierHostLeftHolding_LeavesItHolding()
    {
        var rig = ServoRig.Of(make);
        rig.Write(1, rig.Goal, 2048);
        rig.Write(1, rig.Torque, 1);

        for (var i = 0; i < 3; i++) rig.Group.ReadStates(rig.States);

        Assert.That(rig.States[0].TorqueOn);
        Assert.That(rig.Register(1, rig.Torque), Is.EqualTo(1));
    }

    [Test]
    public void ReadStates_WhereTheTorqueCameOnByItself_SwitchesItOff()
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        rig.Group.TorqueOff(0);
        rig.Cycle(0);
        rig.Write(1, rig.Torque, 1);
        if (make == ServoMake.Dynamixel) rig.Preset(1, rig.Goal, 3000);

        for (var i = 0; i < 3; i++) rig.Group.ReadStates(rig.States);

        if (make == ServoMake.Feetech) Assert.That(rig.Register(1, rig.Torque), Is.Zero);
        Assert.That(rig.Group.Statistics.Repairs, Is.EqualTo(make == ServoMake.Feetech ? 1 : 0), "a Dynamixel's torque is not in the cycle");
    }

    [Test]
    public void AllTorqueOff_LetsAllGo()
    {
        var rig = ServoRig.Of(make, servos: 3);
        rig.TorqueOnAll();

        rig.Group.AllTorqueOff();

        for (byte id = 1; id <= 3; id++) Assert.That(rig.Register(id, rig.Torque), Is.Zero);
    }

    [Test]
    public void SetTorqueLimit_BoundsWhatTheServoPushes()
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        rig.Group.SetTorqueLimit(0, 0.1);
        rig.Plant.Place(0, 0.3);
        rig.Bench.Advance(0.002);

        // A jump of 0.3 rad in a cycle is believed when a second answer says so too.
        rig.Group.ReadStates(rig.States);
        Assert.That(rig.States[0].Flags, Is.EqualTo(ServoFlags.Implausible));
        rig.Group.ReadStates(rig.States);

        Assert.That(Math.Abs(rig.States[0].Load), Is.LessThanOrEqualTo(0.102).And.GreaterThan(0.05));
        Assert.That(rig.States[0].Flags & ServoFlags.Tampered, Is.EqualTo(ServoFlags.None));
    }

    [Test]
    public void Servos_WithOneIdTwice_AreRefused()
    {
        var dialect = new FeetechDialect(ServoRig.Of(ServoMake.Feetech).Feetech!);
        Assert.That(() => new ServoGroup(dialect, [new(1, "shoulder"), new(1, "elbow")]), Throws.ArgumentException.With.Message.Contains("shoulder and elbow"));
    }
}
