using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Tests.Firmware.Servos;

/// <summary>The control loop hangs in the middle of a motion.</summary>
public sealed class StalledHostTests
{
    [TestCase(ServoMake.Feetech)]
    [TestCase(ServoMake.Dynamixel)]
    public void Stall_InAStreamOfGoals_LeavesTheServoAtRestWithinItsLead(ServoMake make)
    {
        var rig = ServoRig.Of(make);
        rig.TorqueOnAll();
        var goal = 0.0;
        for (var i = 0; i < 50; i++) rig.Cycle(goal += 0.015);

        var excursion = rig.Excursion(1);

        Assert.That(excursion, Is.LessThan(new ServoBusOptions().MaxLeadRadians));
        Assert.That(rig.Plant.Positions[0], Is.EqualTo(goal).Within(0.05), "the last goal, no farther");
        Assert.That(rig.Plant.Velocities[0], Is.Zero.Within(0.01));
    }

    [Test]
    public void Stall_OnTheWayToAFarGoal_IsEndedByTheWatchdog_AndTheGroupRecovers()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel);
        rig.TorqueOnAll();
        StartFarMotion(rig);

        rig.Bench.Advance(0.15);
        var stopped = rig.Plant.Positions[0];

        Assert.That(rig.Excursion(2), Is.LessThan(0.01), "it stands");
        Assert.That(stopped, Is.LessThan(0.5));
        Assert.That(rig.Register(1, XSeriesRegisters.BusWatchdog), Is.EqualTo(-1));
        var refusal = Assert.Throws<ServoBusException>(() => rig.Dynamixel!.Write(1, XSeriesRegisters.GoalPosition, 2100));
        Assert.That(refusal!.Failure, Is.EqualTo(ServoFailure.Refused));

        rig.Group.ReadStates(rig.States);
        rig.Group.ReadStates(rig.States);
        Assert.That(rig.States[0].Flags.HasFlag(ServoFlags.WatchdogTripped), rig.States[0].Flags.ToString());

        rig.Group.SafeTorqueOn(0);
        Assert.That(rig.Excursion(0.05), Is.LessThan(0.01));
        rig.Cycle(stopped + 0.05);
        for (var i = 0; i < 50; i++) rig.Cycle(stopped + 0.05);
        Assert.That(rig.Plant.Positions[0], Is.EqualTo(stopped + 0.05).Within(0.02));
        Assert.That(rig.States[0].Flags, Is.EqualTo(ServoFlags.None));
    }

    [Test]
    public void AnyInstruction_FeedsTheWatchdog_SoOnlyTheControlLoopMaySpeak()
    {
        var rig = ServoRig.Of(ServoMake.Dynamixel);
        rig.TorqueOnAll();
        StartFarMotion(rig);

        for (var i = 0; i < 20; i++)
        {
            rig.Bench.Advance(0.05);
            rig.Dynamixel!.Ping(1);
        }

        Assert.That(rig.Plant.Positions[0], Is.GreaterThan(0.8), "a telemetry thread kept it going");
    }

    private static void StartFarMotion(ServoRig rig)
    {
        rig.Dynamixel!.Write(1, XSeriesRegisters.ProfileVelocity, 50);
        rig.Dynamixel.Write(1, XSeriesRegisters.GoalPosition, 3500);
    }
}
