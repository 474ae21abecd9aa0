using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Time;

namespace RobotWorker.Tests.Sim.Node;

public class WholeRobotTests
{
    [Test]
    public void ProtectiveStop_EverythingMoving_StopsEndsGoalsAndHolds() => Rig.Run(async rig =>
    {
        var drive = rig.Navigate(1.23, 0.35, 0);
        var arm = rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 3);
        await rig.Wait(1.2);

        var answer = await rig.Call("/protective_stop");
        await rig.Wait(1);

        Assert.That(answer.Success);
        Assert.That(drive.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(arm.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(rig.Motion, Is.LessThan(0.01));
        Assert.That(rig.Joints.Velocity.Max(Math.Abs), Is.LessThan(0.02));

        using var velocity = rig.Client.Advertise<Twist>("/cmd_vel");
        velocity.Publish(new() { Linear = new() { X = 0.3 } });
        Assert.That((await rig.Navigate(1.23, 0.35, 0).Completion).State, Is.EqualTo(GoalState.Rejected));
        await rig.Wait(0.3);
        Assert.That(rig.Motion, Is.LessThan(0.01), "held");

        await rig.Call("/protective_stop_release");
        await rig.Wait(0.5);
        Assert.That(rig.Motion, Is.LessThan(0.01), "nothing goes on by itself");
        Assert.That((await rig.Navigate(1.23, 0.35, 0).Completion).State, Is.EqualTo(GoalState.Succeeded));
        Assert.That((await rig.Follow(rig.World.Robot.Posture("home"), 2).Completion).State, Is.EqualTo(GoalState.Succeeded));
    });

    [Test]
    public void ProtectiveStop_HoldingACup_KeepsTheGrip() => Rig.Run(async rig =>
    {
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        await rig.Call("/protective_stop");
        await rig.Wait(1);

        Assert.That(rig.World.Gripper.Force, Is.EqualTo(40).Within(6));
    });

    [Test]
    public void Run_SameSeed_SameBytes_OtherSeed_OtherBytes()
    {
        var (a, b, c) = (Story(seed: 5), Story(seed: 5), Story(seed: 6));

        Assert.That(a.Messages, Is.GreaterThan(800));
        Assert.That(b, Is.EqualTo(a));
        Assert.That(c.Hash, Is.Not.EqualTo(a.Hash));
    }

    [Test]
    public void Run_EveryMessageThroughItsBytes_SameStory() => Assert.That(Story(seed: 5, throughCdr: true), Is.EqualTo(Story(seed: 5)));

    [Test]
    public void Run_LoopHeldUpAtWallPace_LetsTheTimeGoInsteadOfRacing() => Rig.Run(async rig =>
    {
        double Behind() => rig.Loop.Elapsed.TotalSeconds - rig.Robot.Now.Seconds;
        await rig.Wait(0.2);
        var (before, reached) = (Behind(), rig.Robot.Now);
        Thread.Sleep(500);    // somebody blocks the episode's thread
        await rig.Wait(0.3);

        Assert.That(Behind() - before, Is.GreaterThan(0.4), "of the half second only 50 ms are made up");
        Assert.That(rig.Robot.Now.Seconds, Is.GreaterThan(reached.Seconds), "and it goes on");
    }, pace: Pace.Wall);

    [Test]
    public void Run_AtWallPace_DoesTheSameWork()
    {
        var (state, seconds) = Rig.Run(async rig =>
        {
            var outcome = await rig.Follow(rig.World.Robot.Posture("home"), 1).Completion;
            return (outcome.State, rig.Robot.Now.Seconds);
        }, pace: Pace.Wall);

        Assert.That(state, Is.EqualTo(GoalState.Succeeded));
        Assert.That(seconds, Is.InRange(1, 1.6));
    }

    [Test]
    public void Clock_RunsEveryTenMilliseconds() => Rig.Run(async rig =>
    {
        var ticks = new List<long>();
        rig.Client.Subscribe<Clock>("/clock", m => ticks.Add(m.Value.Nanoseconds));
        await rig.Wait(1);

        Assert.That(ticks, Has.Count.InRange(99, 101));
        Assert.That(ticks.Zip(ticks.Skip(1), (x, y) => y - x), Is.All.EqualTo(10_000_000));
    });

    [Test]
    public void Topics_AreThoseOfTheContract() => Rig.Run(async rig =>
    {
        await rig.Wait(0.1);
        Assert.That(rig.Client.Topics.Select(t => t.Name), Is.SupersetOf(
            ["/amcl_pose", "/arm_controller/controller_state", "/battery_state", "/clock", "/cmd_vel", "/detections", "/diagnostics", "/head_camera/camera_info", "/joint_states", "/odom", "/robot_description", "/scan", "/tf", "/tf_static"]));
        Assert.That(rig.Joints.Name, Is.EqualTo(
            ["arm_joint_1", "arm_joint_2", "arm_joint_3", "arm_joint_4", "arm_joint_5", "arm_joint_6", "arm_joint_7", "gripper_joint", "head_pan_joint", "head_tilt_joint"]));
    });

    private static (string Hash, int Messages) Story(ulong seed, bool throughCdr = false) => Rig.Run(async rig =>
    {
        var drive = rig.Navigate(0, 0.2, 1.5);
        var arm = rig.Follow(rig.World.Robot.Posture("home"), 1.5);
        await rig.Look(new(0, 1, 0.7)).Completion;
        await rig.Grip(0.03, 20).Completion;
        await arm.Completion;
        await drive.Completion;
        return (rig.Hash, rig.Messages);
    }, seed, throughCdr: throughCdr);
}
