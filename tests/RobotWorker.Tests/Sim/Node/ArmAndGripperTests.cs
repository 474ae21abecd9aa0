using RobotWorker.Motion;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Tests.Sim.Node;

public class ArmAndGripperTests
{
    [Test]
    public void Follow_ToAPosture_GetsThere() => Rig.Run(async rig =>
    {
        var home = rig.World.Robot.Posture("home");

        var outcome = await rig.Follow(home, 1.5).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorString);
        Assert.That(rig.World.Arm.Positions.ToArray(), Is.EqualTo(home).Within(0.01));
        Assert.That(rig.Robot.Now.Seconds, Is.LessThan(2));
    });

    [Test]
    public void Follow_InMidMotion_IsCloseToTheTrajectory() => Rig.Run(async rig =>
    {
        var (from, to) = (rig.World.Robot.Posture("stow"), rig.World.Robot.Posture("home"));
        var goal = rig.Follow(to, 1);
        var spline = new RobotWorker.Controllers.Joints.JointSpline(
            [new(0, from, [.. from.Select(_ => 0.0)], [.. from.Select(_ => 0.0)]), new(1, to, [.. to.Select(_ => 0.0)], [.. to.Select(_ => 0.0)])]);
        var worst = 0.0;
        var start = rig.Robot.Now.Seconds;
        rig.Robot.PhysicsStepped += (now, world) =>
        {
            var wanted = spline.At(now.Seconds - start).Positions;
            for (var j = 0; j < 7; j++) worst = Math.Max(worst, Math.Abs(wanted[j] - world.Arm.Positions[j]));
        };

        await goal.Completion;

        Assert.That(worst, Is.LessThan(0.03));
    });

    [Test]
    public void Follow_WrongJoint_IsAbortedWithInvalidJoints() => Rig.Run(async rig =>
    {
        var outcome = await rig.Follow(rig.World.Robot.Posture("home"), 1.5, ["a", "b", "c", "d", "e", "f", "g"]).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(outcome.Result!.ErrorCode, Is.EqualTo(-2));
        Assert.That(outcome.Result.ErrorString, Does.Contain("'a'"));
    });

    [Test]
    public void Follow_TooFast_IsAbortedAndNothingMoves() => Rig.Run(async rig =>
    {
        var before = rig.World.Arm.Positions.ToArray();

        var outcome = await rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 0.1).Completion;
        await rig.Wait(0.5);

        Assert.That(outcome.Result!.ErrorCode, Is.EqualTo(-1));
        Assert.That(rig.World.Arm.Positions.ToArray(), Is.EqualTo(before).Within(0.005));
    });

    [Test]
    public void Cancel_InMidMotion_BrakesAndHolds() => Rig.Run(async rig =>
    {
        var goal = rig.Follow([1, -0.5, 0, -2, 0, 1.6, 0], 2);
        await rig.Wait(1);
        Assert.That(rig.Joints.Velocity.Max(Math.Abs), Is.GreaterThan(0.3), "it moves");

        goal.Cancel();
        var outcome = await goal.Completion;
        var rest = rig.Arm;
        await rig.Wait(1);

        Assert.That(outcome.State, Is.EqualTo(GoalState.Canceled));
        Assert.That(rig.Arm, Is.EqualTo(rest).Within(0.005));
        Assert.That(rig.Arm[0], Is.InRange(0.3, 0.9), "it stayed on the way");
    });

    [Test]
    public void Grip_Nothing_ReachesTheWidth() => Rig.Run(async rig =>
    {
        var outcome = await rig.Grip(0.02, 30).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(outcome.Result!.ReachedGoal);
        Assert.That(outcome.Result.Stalled, Is.False);
        Assert.That(outcome.Result.Position, Is.EqualTo(0.02).Within(0.0015));
    });

    [Test]
    public void Grip_ACup_StallsAtItsWidthAndKeepsGripping() => Rig.Run(async rig =>
    {
        var outcome = await GripInTheAir(rig, "cup_red", 40);

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(outcome.Result!.Stalled);
        Assert.That(outcome.Result.ReachedGoal, Is.False);
        Assert.That(outcome.Result.Position, Is.EqualTo(0.05).Within(0.003));
        Assert.That(outcome.Result.Effort, Is.EqualTo(40).Within(6));

        await rig.Wait(1);
        Assert.That(rig.World.Gripper.Force, Is.EqualTo(40).Within(6));
        Assert.That((rig.World.ObjectPose("cup_red").Position - rig.World.LinkPose("tool0").Position).Length, Is.LessThan(0.01), "it hangs in the grip");
    });

    [Test]
    public void Grip_MotorLosesForce_DiagnosticsShowDemandWithoutEffect() => Rig.Run(async rig =>
    {
        var values = new Dictionary<string, double>();
        rig.Client.Subscribe<RobotWorker.Ros.Messages.DiagnosticMsgs.DiagnosticArray>("/diagnostics", m =>
        {
            if (m.Status.FirstOrDefault(s => s.Name == "gripper: motor") is not { } motor) return;
            Assert.That(motor.Level, Is.Zero, "the simulator does not tell");
            foreach (var pair in motor.Values) values[pair.Key] = double.Parse(pair.Value, System.Globalization.CultureInfo.InvariantCulture);
        });
        await GripInTheAir(rig, "cup_red", 40);
        await rig.Wait(0.2);
        Assert.That(values["commanded_force"], Is.EqualTo(40).Within(1));
        Assert.That(values["measured_force"], Is.EqualTo(40).Within(6));

        rig.World.Gripper.ForceFraction = 0.01;
        await rig.Wait(0.3);

        Assert.That(values["measured_force"], Is.LessThan(5));
        Assert.That(rig.World.ObjectPose("cup_red").Position.Z, Is.LessThan(rig.World.LinkPose("tool0").Position.Z - 0.05), "it slipped");
    });

    /// <summary>Holds an object between the open fingers, upright across them, until they have it.</summary>
    internal static async Task<GoalOutcome<RobotWorker.Ros.Messages.ControlMsgs.GripperCommandAction.Result>> GripInTheAir(Rig rig, string name, double force)
    {
        await rig.Follow(rig.World.Robot.Posture("home"), 1.5).Completion;
        var gripped = false;
        rig.Robot.PhysicsStepped += (_, world) =>
        {
            gripped |= world.Gripper.Force > 10;
            if (!gripped) rig.Put(name, new(world.LinkPose("tool0").Position, Quat.Identity));
        };
        return await rig.Grip(0, force).Completion;
    }
}
