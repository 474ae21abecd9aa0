using RobotWorker.Ros.Actions;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

/// <summary>Faults of which nothing is seen but that something is heard no more.</summary>
public sealed class SilenceFaultTests
{
    [TestCase("DIAGNOSTICS_SILENT", "diagnostics")]
    [TestCase("ARM_STATE_SILENT", "controller_state")]
    [TestCase("LOCALIZATION_SILENT", "localization")]
    [TestCase("BATTERY_SILENT", "battery")]
    [TestCase("TRANSFORMS_SILENT", "transforms")]
    public void OneIsSilent_TheOthersGoOn_AndItIsHeardAgain(string fault, string silent) => Rig.Run(async rig =>
    {
        string[] all = ["diagnostics", "controller_state", "localization", "battery", "transforms", "joints", "odometry", "lidar"];
        var ear = new Ear(rig);
        await rig.Wait(0.5);
        rig.Break(fault, seconds: 1.5);
        await rig.Wait(0.1);
        ear.Forget();
        await rig.Wait(1);

        Assert.That(all.Where(what => ear.Heard(what) == 0), Is.EqualTo([silent]));
        await rig.Wait(1);
        Assert.That(ear.Heard(silent), Is.Positive, "it ends");
    });

    [Test]
    public void LocalizationSilent_NobodyTellsWhereOdometryLies() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.5);
        Assert.That(ear.Frames, Does.Contain("odom").And.Contain("base_link"));

        rig.Break("LOCALIZATION_SILENT");
        await rig.Wait(0.5);

        Assert.That(ear.Frames, Does.Not.Contain("odom").And.Contain("base_link"));
    });

    [Test]
    public void NavigationDown_ItsGoalIsLost_TheBaseStops_AndTheOneThatComesBackDrives() => Rig.Run(async rig =>
    {
        var goal = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1.5);
        Assert.That(Speed(rig), Is.GreaterThan(0.2));

        rig.Break("NAVIGATION_DOWN", seconds: 2);
        await rig.Wait(1.5);

        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Unknown));
        Assert.That(Speed(rig), Is.LessThan(0.01));
        await rig.Wait(1);
        Assert.That((await rig.Navigate(1.23, 0.35, 0).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void NavigationSilent_TheBaseStops_NothingIsToldOfTheGoal_AndAfterwardsItGoesOn() => Rig.Run(async rig =>
    {
        var told = 0;
        var goal = rig.Navigate(1.23, 0.35, 0, _ => told++);
        await rig.Wait(1.5);

        rig.Break("NAVIGATION_SILENT", seconds: 2);
        await rig.Wait(1);
        told = 0;
        await rig.Wait(0.8);

        Assert.That((told, goal.State), Is.EqualTo((0, GoalState.Executing)));
        Assert.That(Speed(rig), Is.LessThan(0.01));
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void ArmControllerFault_ItSaysSo_AndItsJointsAreStillTold() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.5);
        rig.Break("ARM_CONTROLLER_FAULT", seconds: 1);
        await rig.Wait(0.5);

        Assert.That((ear["arm.level"], ear["joints.named"]), Is.EqualTo((2.0, 10.0)));
        await rig.Wait(1);
        Assert.That(ear["arm.level"], Is.Zero);
    });

    private static double Speed(Rig rig) => Math.Sqrt((rig.World.Base.Velocity.X * rig.World.Base.Velocity.X) + (rig.World.Base.Velocity.Y * rig.World.Base.Velocity.Y));
}
