using RobotWorker.Ros.Actions;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

public sealed class ArmFaultTests
{
    private static readonly double[] Stretched = [0, 0.6, 0, -1.2, 0, 1.8, 0];

    [Test]
    public void TorqueLow_TheJointSags_AndItsErrorShows() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Follow(Stretched, 2.5).Completion;
        var before = rig.World.LinkPose("tool0").Position.Z;

        rig.Break("ARM_TORQUE_LOW");
        await rig.Wait(1);

        Assert.That(before - rig.World.LinkPose("tool0").Position.Z, Is.GreaterThan(0.05), "the hand sank, metres");
        Assert.That(ear["arm_joint_2.error"], Is.LessThan(-0.1));
        Assert.That(Math.Abs(ear["arm_joint_2.effort"]), Is.GreaterThan(100), "the servo pulls as hard as it can");
        Assert.That(Math.Abs(ear["arm_joint_6.error"]), Is.LessThan(0.01));

        rig.Repair();
        await rig.Wait(1);
        Assert.That(Math.Abs(ear["arm_joint_2.error"]), Is.LessThan(0.01), "it ends");
    });

    [Test]
    public void EncoderStuck_InAMotion_RepeatsItsValueWhileTheJointRunsAway() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("ARM_ENCODER_STUCK");
        await rig.Wait(0.1);
        ear.Forget();
        var truly = rig.World.Arm.Positions[3];

        var outcome = await rig.Follow(rig.World.Robot.Posture("home"), 1.5).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted), "the path's tolerance");
        Assert.That(ear.All("arm_joint_4.position").Distinct().Count(), Is.EqualTo(1), "the very same value");
        Assert.That(ear.All("arm_joint_3.position").Distinct().Count(), Is.GreaterThan(20));
        Assert.That(Math.Abs(rig.World.Arm.Positions[3] - truly), Is.GreaterThan(0.1), "where it does not say that it is");
    });

    [Test]
    public void EncoderJump_ShowsAsAJumpOfThePosition_AndTheLoopMovesTheJointAway() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.2);
        var (told, truly) = (ear["arm_joint_6.position"], rig.World.Arm.Positions[5]);

        rig.Break("ARM_ENCODER_JUMP");
        await rig.Wait(0.03);
        Assert.That(ear.All("arm_joint_6.position").Max() - told, Is.EqualTo(0.15).Within(0.05));
        await rig.Wait(1);

        Assert.That(rig.World.Arm.Positions[5] - truly, Is.EqualTo(-0.15).Within(0.02));
        Assert.That(ear["arm_joint_6.position"], Is.EqualTo(told).Within(0.01), "by its encoder it is back where it was");
    });

    [Test]
    public void Hot_HeatsUpSlowly_AndTheHottestJointIsNamed() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Follow(Stretched, 2.5).Completion;
        rig.Break("ARM_HOT", null, ("joint", 2), ("temperature", 130));
        await rig.Wait(5);
        var (early, before) = (ear["arm.temperature"], rig.World.LinkPose("tool0").Position.Z);
        await rig.Wait(20);

        Assert.That((early, ear["arm.hottest"]), Is.EqualTo((55.0, 2.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 5 && a.Item2 == b.Item2));
        Assert.That(ear["arm.temperature"], Is.InRange(105, 115));
        Assert.That(before - rig.World.LinkPose("tool0").Position.Z, Is.GreaterThan(0.005), "it sags");
    });

    [Test]
    public void Collision_ShowsAsEffortThatNoMotionExplains_AndEndsByItself() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Follow(rig.World.Robot.Posture("home"), 1.5).Completion;
        await rig.Wait(0.3);
        var quiet = Enumerable.Range(1, 7).Max(j => Math.Abs(ear[$"arm_joint_{j}.effort"]));
        ear.Forget();

        rig.Break("ARM_COLLISION");
        await rig.Wait(0.3);
        var pushed = Enumerable.Range(1, 7).Max(j => ear.All($"arm_joint_{j}.effort").Max(Math.Abs));
        await rig.Wait(0.7);

        Assert.That((quiet, pushed), Is.EqualTo((0.0, 30.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 2 && Math.Abs(a.Item2 - b.Item2) < 20));
        Assert.That(Enumerable.Range(1, 7).Max(j => Math.Abs(ear[$"arm_joint_{j}.effort"])), Is.LessThan(2));
    });

    [Test]
    public void ControllerDown_GoalsEndAndAreRefused_TheArmStands_AndIsNotToldAnyMore() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var goal = rig.Follow(rig.World.Robot.Posture("home"), 2);
        await rig.Wait(1);

        rig.Break("ARM_CONTROLLER_DOWN");
        await rig.Wait(0.3);
        ear.Forget();
        await rig.Wait(0.5);

        Assert.That(goal.State, Is.EqualTo(GoalState.Aborted));
        Assert.That((await rig.Follow(rig.World.Robot.Posture("home"), 2).Completion).State, Is.EqualTo(GoalState.Rejected));
        Assert.That(rig.World.Arm.Velocities.ToArray().Max(Math.Abs), Is.LessThan(0.01));
        Assert.That((ear.Heard("controller_state"), ear["joints.named"]), Is.EqualTo((0, 3.0)));
        Assert.That(ear.Signals, Does.Not.Contain("arm.level").And.Not.Contain("arm.temperature"), "the dead tell nothing of themselves");
        Assert.That(ear.Frames, Does.Not.Contain("arm_link_1").And.Contain("head_pan_link"));
        await rig.Wait(4.3);
        Assert.That((ear["arm.level"], ear.Signals.Contains("arm.temperature")), Is.EqualTo((3.0, false)), "what an aggregator says of them after five seconds");

        rig.Repair();
        await rig.Wait(0.1);
        Assert.That((await rig.Follow(rig.World.Robot.Posture("home"), 2).Completion).State, Is.EqualTo(GoalState.Succeeded), "it ends");
    });
}
