using RobotWorker.Motion;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Actions;

/// <summary>What counts as progress, action by action.</summary>
public sealed class ActionProgressTests
{
    [TestCase(1.00, 0, 0, false, TestName = "Drive_Stands")]
    [TestCase(0.99, 0, 0, false, TestName = "Drive_CreepsLessThanItSways")]
    [TestCase(0.95, 0, 0, true, TestName = "Drive_ComesNearer")]
    [TestCase(1.20, 0, 0, false, TestName = "Drive_FindsAWayThatIsLonger")]
    [TestCase(1.00, 0.1, 0, true, TestName = "Drive_TurnsOnTheSpot")]
    [TestCase(1.00, 0, 1, true, TestName = "Drive_BeginsARecovery")]
    public void Drive(double metres, double yaw, short recoveries, bool progress) =>
        Assert.That(ActionProgress.Of(Driving(1, 0, 0), Driving(metres, yaw, recoveries)), Is.EqualTo(progress));

    [TestCase(0, 0, false)]
    [TestCase(0.01, 0, false)]
    [TestCase(-0.03, 0, true)]
    [TestCase(0, -0.1, true)]
    public void Drive_ByMoveBase_GetsSomewhereElseOrTurns(double metres, double yaw, bool progress) =>
        Assert.That(ActionProgress.Of(At(0, 0), At(metres, yaw)), Is.EqualTo(progress));

    [TestCase(0.005, false)]
    [TestCase(-0.02, true)]
    public void Arm_AJointMoves(double radians, bool progress) =>
        Assert.That(ActionProgress.Of(Moving(0, 0), Moving(0, radians)), Is.EqualTo(progress));

    [TestCase(0.05, 10, false)]
    [TestCase(0.049, 10, true)]
    [TestCase(0.05, 12, true)]
    [TestCase(0.05, 5, false)]
    public void Gripper_MovesOrPressesHarder(double metres, double newtons, bool progress) =>
        Assert.That(ActionProgress.Of(new GripperCommandAction.Feedback { Position = 0.05, Effort = 10 }, new() { Position = metres, Effort = newtons }), Is.EqualTo(progress));

    [TestCase(0.5, false)]
    [TestCase(0.4, true)]
    [TestCase(0.6, false)]
    public void Head_ComesNearer(double radians, bool progress) =>
        Assert.That(ActionProgress.Of(new PointHead.Feedback { PointingAngleError = 0.5 }, new() { PointingAngleError = radians }), Is.EqualTo(progress));

    private static NavigateToPose.Feedback Driving(double metres, double yaw, short recoveries) => new()
    {
        CurrentPose = new() { Pose = new Pose(Vec3.Zero, Quat.FromYaw(yaw)).ToRos() }, DistanceRemaining = (float)metres, NumberOfRecoveries = recoveries,
    };

    private static MoveBase.Feedback At(double x, double yaw) => new() { BasePosition = new() { Pose = new Pose(new(x, 0, 0), Quat.FromYaw(yaw)).ToRos() } };

    private static FollowJointTrajectory.Feedback Moving(params double[] joints) => new() { Actual = new() { Positions = [.. joints] } };
}
