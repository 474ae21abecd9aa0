using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

/// <summary>Battery, computer, emergency stop and bumper.</summary>
public sealed class PowerFaultTests
{
    [Test]
    public void Battery_UnderLoad_GivesCurrentAndLosesVoltage() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(2);
        var (rest, amperes) = (ear.All("battery.voltage").Average(), ear.All("battery.current").Average());
        ear.Forget();
        await rig.Navigate(1.23, 0.35, 0).Completion;

        Assert.That(rest, Is.InRange(26, 29));
        Assert.That(amperes, Is.InRange(-4, -2), "negative: it is emptied");
        Assert.That(ear.All("battery.current").Min(), Is.LessThan(amperes - 2));
        Assert.That(ear.All("battery.voltage").Min(), Is.LessThan(rest - 0.05));
        Assert.That(ear.All("battery.percentage"), Is.All.InRange(0.8, 1));
    });

    [Test]
    public void Battery_LowSaggingAndHot_ShowEachInItsOwnSignal() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.5);
        var (volts, charge) = (ear["battery.voltage"], ear["battery.percentage"]);

        rig.Break("BATTERY_SAG", seconds: 1);
        await rig.Wait(0.8);
        Assert.That((volts - ear["battery.voltage"], ear["battery.percentage"] - charge), Is.EqualTo((5.0, 0.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.3 && Math.Abs(a.Item2 - b.Item2) < 0.01));
        await rig.Wait(0.5);
        rig.Break("BATTERY_LOW", seconds: 1);
        await rig.Wait(0.8);
        Assert.That(ear["battery.percentage"], Is.EqualTo(0.08).Within(0.005));
        Assert.That(ear["battery.voltage"], Is.LessThan(23.5), "an empty one has less voltage too");
        await rig.Wait(0.5);
        Assert.That(ear["battery.percentage"], Is.EqualTo(charge).Within(0.01));
        rig.Break("BATTERY_HOT");
        await rig.Wait(20);
        Assert.That(ear["battery.temperature"], Is.EqualTo(65 - (40 / Math.Sqrt(Math.E))).Within(2), "half a time constant later");
    });

    [Test]
    public void Computer_HotFullAndOutOfMemory_ShowOnceASecond() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(3.5);
        Assert.That(ear.All("computer.cpu_temperature"), Is.All.InRange(50, 66));
        Assert.That(ear.All("computer.cpu_temperature"), Is.Unique.And.Count.InRange(3, 5));

        rig.Break("COMPUTER_HOT");
        rig.Break("COMPUTER_DISK_FULL");
        rig.Break("COMPUTER_MEMORY_LOW");
        await rig.Wait(15);

        Assert.That(ear["computer.cpu_temperature"], Is.InRange(94, 99));
        Assert.That((ear["computer.disk_free"], ear["computer.memory_available"]), Is.EqualTo((50e6, 60e6)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e6 && Math.Abs(a.Item2 - b.Item2) < 4e6));
        rig.Repair();
        await rig.Wait(1.5);
        Assert.That((ear["computer.disk_free"], ear["computer.memory_available"]), Is.EqualTo((41e9, 3.1e9)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e9 && Math.Abs(a.Item2 - b.Item2) < 1e9));
    });

    [Test]
    public void EmergencyStop_StopsAndStaysLatched_UntilItIsReset() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var (drive, arm) = (rig.Navigate(1.23, 0.35, 0), rig.Follow(rig.World.Robot.Posture("home"), 3));
        await rig.Wait(1.2);
        rig.Break("E_STOP", seconds: 1);
        await rig.Wait(0.7);

        Assert.That((drive.State, arm.State), Is.EqualTo((GoalState.Aborted, GoalState.Aborted)));
        Assert.That(rig.World.Base.Velocity.Speed + rig.World.Arm.Velocities.ToArray().Max(Math.Abs), Is.LessThan(0.01));
        Assert.That(ear["safety.pressed"], Is.EqualTo(1));
        Assert.That((await rig.Call("/emergency_stop_reset")).Success, Is.False, "it is still pressed");
        await rig.Wait(0.5);

        Assert.That((ear["safety.pressed"], ear["safety.latched"], ear["safety.level"]), Is.EqualTo((0.0, 1.0, 2.0)));
        Assert.That((await rig.Navigate(0, 0, 1.57).Completion).State, Is.EqualTo(GoalState.Rejected));
        Assert.That((await rig.Call("/protective_stop")).Success);
        Assert.That((await rig.Call("/emergency_stop_reset")).Success);
        Assert.That((await rig.Navigate(0, 0, 1.57).Completion).State, Is.EqualTo(GoalState.Rejected), "the protective stop holds besides");
        await rig.Call("/protective_stop_release");
        await rig.Wait(0.1);
        Assert.That((ear["safety.latched"], rig.Motion < 0.01), Is.EqualTo((0.0, true)), "nothing moves by itself");
        Assert.That((await rig.Navigate(0, 0, 1.57).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Bumper_InjectedOrTouched_ShowsAndBrakes() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var goal = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1.5);
        rig.Break("BUMPER");
        await rig.Wait(0.45);

        Assert.That((ear["bumper.pressed"], rig.World.Base.Velocity.Speed < 0.05), Is.EqualTo((1.0, true)));
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(ear["bumper.pressed"], Is.Zero);
        ear.Forget();

        var hand = rig.Client.Advertise<RobotWorker.Ros.Messages.GeometryMsgs.Twist>("/cmd_vel");
        for (var i = 0; i < 20; i++)
        {
            hand.Publish(new() { Linear = new() { X = 0.2 } });    // into the shelf
            await rig.Wait(0.1);
        }
        Assert.That(ear.All("bumper.pressed").Max(), Is.EqualTo(1));
    });
}
