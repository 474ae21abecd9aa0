using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Tests.Sim.Node;

public class NavigationTests
{
    [TestCase("table_side")]
    [TestCase("shelf_side")]
    [TestCase("bin_side")]
    public void Navigate_ToAPlaceOfTheKitchen_ArrivesWithinTolerance(string place) => Rig.Run(async rig =>
    {
        var at = rig.World.Scene.Scene.Place(place)!.At;
        var remaining = new List<float>();

        var outcome = await rig.Navigate(at.X, at.Y, at.Yaw, f => remaining.Add(f.DistanceRemaining)).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorMsg);
        var truth = rig.World.Base.Pose;
        // Within 1 cm and 1 degree by its own belief, and this within some millimetres.
        Assert.That(new FloorPoint(truth.X, truth.Y).DistanceTo(new(at.X, at.Y)), Is.LessThanOrEqualTo(0.02));
        Assert.That(Math.Abs(Angle.Wrap(truth.Yaw - at.Yaw)), Is.LessThanOrEqualTo(1.3 * Math.PI / 180));
        Assert.That(rig.Robot.Now.Seconds, Is.LessThan(10), "the whole job must be short");
        Assert.That(remaining, Is.Ordered.Descending.And.Not.Empty);
    });

    [Test]
    public void Navigate_FromPlaceToPlace_TouchesNothing() => Rig.Run(async rig =>
    {
        var plan = SceneFloor.Of(rig.World.Scene.Scene, rig.World.Robot);
        var nearest = double.PositiveInfinity;
        rig.Robot.PhysicsStepped += (_, world) => nearest = Math.Min(nearest, plan.Clearance(new(world.Base.Pose.X, world.Base.Pose.Y)));
        foreach (var place in new[] { "table_side", "bin_side", "shelf_side", "table_side", "shelf_side", "bin_side" })
        {
            var at = rig.World.Scene.Scene.Place(place)!.At;
            var outcome = await rig.Navigate(at.X, at.Y, at.Yaw).Completion;
            Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorMsg);
        }
        Assert.That(nearest, Is.GreaterThan(plan.Radius - 0.03));
    });

    [Test]
    public void Navigate_IntoTheTable_IsAbortedWithNav2sCode() => Rig.Run(async rig =>
    {
        var outcome = await rig.Navigate(0, 1, 0).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(outcome.Result!.ErrorCode, Is.EqualTo(206));
        Assert.That(outcome.Result.ErrorMsg, Does.Contain("table"));
    });

    [Test]
    public void Navigate_PoseInAnotherFrame_IsAbortedAndNamesIt() => Rig.Run(async rig =>
    {
        var outcome = await rig.Navigate(0, 0, 0, frame: "camera").Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(outcome.Result!.ErrorCode, Is.EqualTo(9002));
        Assert.That(outcome.Result.ErrorMsg, Does.Contain("'camera'"));
    });

    [Test]
    public void Cancel_InMidMotion_ComesToRestWithinASecond() => Rig.Run(async rig =>
    {
        var goal = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1.5);
        Assert.That(rig.Motion, Is.GreaterThan(0.3), "it drives");

        goal.Cancel();
        await rig.Wait(1);

        Assert.That(goal.State, Is.EqualTo(GoalState.Canceled));
        Assert.That(rig.Motion, Is.LessThan(0.01));
    });

    [Test]
    public void Navigate_NewerGoal_EndsTheOlderAndArrives() => Rig.Run(async rig =>
    {
        var older = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1);
        var newer = rig.Navigate(-0.9, 0.25, Math.PI);

        Assert.That((await older.Completion).State, Is.EqualTo(GoalState.Aborted));
        Assert.That((await newer.Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void CmdVel_FallsSilent_StopsAfterHalfASecond() => Rig.Run(async rig =>
    {
        using var velocity = rig.Client.Advertise<Twist>("/cmd_vel");
        for (var i = 0; i < 10; i++)
        {
            velocity.Publish(new() { Linear = new() { X = -0.3 }, Angular = new() { Z = 0.2 } });
            await rig.Wait(0.1);
        }
        Assert.That(rig.Odometry.Twist.Twist.Linear.X, Is.EqualTo(-0.3).Within(0.02));
        Assert.That(rig.Odometry.Twist.Twist.Angular.Z, Is.EqualTo(0.2).Within(0.02));

        await rig.Wait(0.35);
        Assert.That(rig.Odometry.Twist.Twist.Linear.X, Is.EqualTo(-0.3).Within(0.02), "the watchdog has not run out yet");
        await rig.Wait(1);
        Assert.That(rig.Motion, Is.LessThan(0.01));
    });
}
