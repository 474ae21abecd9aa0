using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Sim.Node;

namespace RobotWorker.Tests.Sim.Node;

/// <summary>What the robot does when nobody is heard any more; measured at its wheels and joints.</summary>
public sealed class SilenceTests
{
    [Test]
    public void Stop_EverythingMoving_RestsAndEndsItsGoals() => Silent(SilenceReaction.Stop, async (rig, link) =>
    {
        var (drive, arm) = (rig.Navigate(1.23, 0.35, 0), rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 4));
        await rig.Wait(1);
        link.Falls();
        await rig.Wait(0.9);
        Assert.That(rig.Motion, Is.GreaterThan(0.1), "not yet");

        await rig.Wait(1.2);

        Assert.That((rig.Motion < 0.01, rig.Joints.Velocity.Max(Math.Abs) < 0.02), Is.EqualTo((true, true)));
        Assert.That((drive.State, arm.State), Is.EqualTo((GoalState.Aborted, GoalState.Aborted)));
        var stood = rig.Arm;
        link.Speaks();
        await rig.Wait(1);
        Assert.That(rig.Motion, Is.LessThan(0.01), "nothing goes on by itself");
        Assert.That(rig.Arm, Is.EqualTo(stood).Within(0.01));
        Assert.That((await rig.Navigate(1.23, 0.35, 0).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Continue_Driving_Arrives() => Silent(SilenceReaction.Continue, async (rig, link) =>
    {
        var drive = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1);
        link.Falls();

        Assert.That((await drive.Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Park_DrivingWithTheArmOut_StandsAndFoldsTheArm() => Silent(SilenceReaction.Park, async (rig, link) =>
    {
        await rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 4).Completion;
        rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1);
        link.Falls();
        await rig.Wait(8);

        Assert.That(rig.Motion, Is.LessThan(0.01));
        Assert.That(rig.Arm, Is.EqualTo(rig.World.Robot.Posture("carry")).Within(0.02));
    });

    [Test]
    public void Park_TheLinkSpeaksOnTheWay_TheArmStands() => Silent(SilenceReaction.Park, async (rig, link) =>
    {
        await rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 4).Completion;
        link.Falls();
        await rig.Wait(1.6);
        Assert.That(rig.Joints.Velocity.Max(Math.Abs), Is.GreaterThan(0.05));

        link.Speaks();
        await rig.Wait(0.6);

        Assert.That(rig.Joints.Velocity.Max(Math.Abs), Is.LessThan(0.02));
        Assert.That((await rig.Follow(rig.World.Robot.Posture("home"), 3).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Stop_HoldingACup_KeepsTheGrip() => Silent(SilenceReaction.Stop, async (rig, link) =>
    {
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        link.Falls();
        await rig.Wait(2);

        Assert.That(rig.World.Gripper.Force, Is.EqualTo(40).Within(6));
    });

    [Test]
    public void MoveBase_WhereOffered_DrivesAsNavigateToPoseDoes() => Rig.Run(async rig =>
    {
        var feedback = 0;
        var client = rig.Client.ActionClient(MoveBase.Type, "/move_base");
        var goal = new MoveBase.Goal
        {
            TargetPose = new() { Header = new() { FrameId = "map" }, Pose = new() { Position = new() { X = 1.23, Y = 0.35 }, Orientation = new() { W = 1 } } },
        };
        var first = client.Send(new(1, 2, 3, new byte[8]), goal, _ => feedback++);
        await rig.Wait(1);
        var second = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(0.1);
        Assert.That(first.State, Is.EqualTo(GoalState.Aborted), "one base, whichever action asks for it");
        Assert.That(feedback, Is.GreaterThan(5));
        Assert.That((await second.Completion).State, Is.EqualTo(GoalState.Succeeded));
        Assert.That((await client.Send(new(2, 2, 3, new byte[8]), goal).Completion).State, Is.EqualTo(GoalState.Succeeded));
    }, options: new() { OffersMoveBase = true });

    [Test]
    public void Stop_TheWorkerSaidThatItLeaves_GoesOn() => Silent(SilenceReaction.Stop, async (rig, link) =>
    {
        var drive = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(0.5);
        link.Leaves();

        Assert.That((await drive.Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void Stop_NobodyEverGaveASignOfLife_IsNotWatched() => Rig.Run(async rig =>
        Assert.That((await rig.Navigate(1.23, 0.35, 0).Completion).State, Is.EqualTo(GoalState.Succeeded)));

    private static void Silent(SilenceReaction does, Func<Rig, Link, Task> story) => Rig.Run(
        async rig =>
        {
            var link = new Link(rig);
            await story(rig, link);
        },
        options: new() { Silence = new(TimeSpan.FromSeconds(1), does) });

    private sealed class Link
    {
        private readonly Rig rig;
        private readonly IPublisher<Bool> alive;
        private bool speaks = true;

        public Link(Rig rig)
        {
            this.rig = rig;
            alive = rig.Client.Advertise<Bool>("/worker_alive");
            _ = LiveAsync();
        }

        public void Speaks() => speaks = true;

        public void Falls() => speaks = false;

        public void Leaves()
        {
            speaks = false;
            alive.Publish(new() { Data = false });
        }

        private async Task LiveAsync()
        {
            while (true)
            {
                if (speaks) alive.Publish(new() { Data = true });
                await rig.Wait(0.1);
            }
        }
    }
}
