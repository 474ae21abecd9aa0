using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

public sealed class BaseFaultTests
{
    [Test]
    public void DriveFault_WhileItDrives_ItCoastsToAStop_AndSaysThatTheDriveIsOff() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var goal = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1.5);
        Assert.That(rig.World.Base.Velocity.Speed, Is.GreaterThan(0.2));

        rig.Break("BASE_DRIVE_FAULT");
        await rig.Wait(0.2);
        Assert.That(rig.World.Base.Velocity.Speed, Is.GreaterThan(0.1), "it rolls on");
        Assert.That(ear["base.level"], Is.EqualTo(2));
        await rig.Wait(1.8);

        Assert.That(rig.World.Base.Velocity.Speed, Is.LessThan(0.01));
        Assert.That(ear["base.commanded_speed"], Is.GreaterThan(0.1), "navigation goes on asking");
        rig.Repair();
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Succeeded), "it ends, and drives on");
        Assert.That(ear["base.level"], Is.Zero);
    });

    [Test]
    public void WheelSlip_TheBaseIsNotWhereItsWheelsSay() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.1);
        var (said, truly) = (ear["odometry.x"], rig.World.Base.Pose.X);

        rig.Break("BASE_WHEEL_SLIP");
        await Drive(rig, seconds: 2);

        var (wheels, metres) = (ear.All("odometry.x").Max() - said, rig.World.Base.Pose.X - truly);
        Assert.That(wheels, Is.EqualTo(0.55).Within(0.1), "odometry counts it whole");
        Assert.That(metres, Is.EqualTo(0.3 * wheels).Within(0.02));
        Assert.That(ear.All("odometry.speed").Max(), Is.EqualTo(0.3).Within(0.02));
        Assert.That(ear["base.level"], Is.Zero);
        await rig.Wait(1.5);
        Assert.That(ear["localization.x"], Is.EqualTo(rig.World.Base.Pose.X).Within(0.02), "localisation sees it");
    });

    [Test]
    public void Blocked_CommandedButNotMoving_AndAfterwardsItDoesNotLeap() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("BASE_BLOCKED");
        var before = rig.World.Base.Pose;

        await Drive(rig, seconds: 1);

        Assert.That(ear.All("base.commanded_speed").Max(), Is.EqualTo(0.3).Within(0.01));
        Assert.That(ear.All("base.measured_speed").Max(), Is.LessThan(0.02));
        Assert.That(Math.Abs(rig.World.Base.Pose.X - before.X), Is.LessThan(0.002));
        await rig.Wait(0.6);
        rig.Repair();
        await rig.Wait(0.5);
        Assert.That(Math.Abs(rig.World.Base.Pose.X - before.X), Is.LessThan(0.015));
        await Drive(rig, seconds: 1);
        Assert.That(rig.World.Base.Pose.X - before.X, Is.GreaterThan(0.15), "it ends");
    });

    [Test]
    public void Hot_ItGetsSlower() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("BASE_HOT", null, ("temperature", 130));
        await rig.Wait(30);
        ear.Forget();

        await Drive(rig, seconds: 1.5);

        Assert.That(ear["base.temperature"], Is.InRange(100, 115));
        Assert.That(ear.All("base.commanded_speed").Max(), Is.EqualTo(0.3).Within(0.01));
        Assert.That(rig.World.Base.Velocity.Speed, Is.LessThan(0.2));
    });

    /// <summary>Forward in the room by hand: the base looks along y, so that x is to its right.</summary>
    private static async Task Drive(Rig rig, double seconds)
    {
        var hand = rig.Client.Advertise<Twist>("/cmd_vel");
        for (var done = 0.0; done < seconds; done += 0.1)
        {
            hand.Publish(new() { Linear = new() { Y = -0.3 } });
            await rig.Wait(0.1);
        }
        hand.Publish(new());
        await rig.Wait(0.1);
    }
}
