using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;

namespace RobotWorker.Tests.Controllers.Joints;

public class TrajectoryCheckTests
{
    private static readonly JointBounds[] Joints = [new("a", -2, 2, 1, 4), new("b", -2, 2, 1, 4)];

    private static (JointSpline? Spline, TrajectoryError Error, string Message) Accept(ImmutableArray<string> names, params JointWaypoint[] points) =>
        TrajectoryCheck.Accept(new(names, [.. points], 0), Joints, [0.5, -0.5], [0, 0]);

    private static JointWaypoint Point(double seconds, params double[] positions) => new(seconds, [.. positions], [], []);

    [Test]
    public void Accept_OtherOrderOfJoints_IsPutInOurs()
    {
        var (spline, error, _) = Accept(["b", "a"], Point(1, -1, 1));

        Assert.That(error, Is.EqualTo(TrajectoryError.Successful));
        Assert.That(spline!.End, Is.EqualTo(new[] { 1.0, -1.0 }));
        Assert.That(spline.At(0).Positions, Is.EqualTo(new[] { 0.5, -0.5 }), "it starts where the arm is");
    }

    [Test]
    public void Accept_UnknownOrMissingJoint_IsInvalidJoints()
    {
        Assert.That(Accept(["a", "c"], Point(1, 0, 0)).Error, Is.EqualTo(TrajectoryError.InvalidJoints));
        Assert.That(Accept(["a"], Point(1, 0)).Error, Is.EqualTo(TrajectoryError.InvalidJoints));
        Assert.That(Accept(["a", "a", "b"], Point(1, 0, 0, 0)).Message, Does.Contain("2 times"));
    }

    [Test]
    public void Accept_BrokenPoints_IsInvalidGoalWithAReason()
    {
        (JointWaypoint[] Points, string Reason)[] cases =
        [
            ([], "no points"),
            ([Point(1, 0)], "1 positions for 2 joints"),
            ([Point(1, 0, double.NaN)], "not a finite number"),
            ([Point(1, 0, 0), Point(1, 0.1, 0)], "does not rise"),
            ([Point(-1, 0, 0)], "before the start"),
            ([Point(5, 2.5, 0)], "limits are"),
            ([Point(1, -1.9, 0)], "limit is"),
            ([Point(0, 0.9, -0.5), Point(1, 0, 0)], "starts at"),
            ([new(2, [0, 0], [0.5, 0], [])], "not at rest"),
            ([new(1, [0.5, 0], [1.4, 0], []), new(3, [0, 0], [0, 0], [])], "would move at"),
        ];
        foreach (var (points, reason) in cases)
        {
            var (spline, error, message) = Accept(["a", "b"], points);
            Assert.That(spline, Is.Null, reason);
            Assert.That(error, Is.EqualTo(TrajectoryError.InvalidGoal), reason);
            Assert.That(message, Does.Contain(reason));
        }
    }

    // Without power an arm falls against its stop, a hair outside what it may.
    [Test]
    public void Accept_FromOutsideTheLimits_LeadsBack_AndNoFartherOut()
    {
        static (JointSpline? Spline, TrajectoryError Error, string Message) From(double a, params JointWaypoint[] points) =>
            TrajectoryCheck.Accept(new(["a", "b"], [.. points], 0), Joints, [a, 0], [0, 0]);

        Assert.That(From(2.1, Point(1, 2.05, 0), Point(3, 1, 0)).Error, Is.EqualTo(TrajectoryError.Successful));
        Assert.That(From(2.1, Point(1, 2.2, 0), Point(3, 1, 0)).Message, Does.Contain("limits are"));
        Assert.That(From(2.1, Point(5, -2.05, 0)).Message, Does.Contain("limits are"), "the other stop is no way back");
    }

    [Test]
    public void Accept_HeaderLongPast_IsOld() =>
        Assert.That(TrajectoryCheck.Accept(new(["a", "b"], [Point(1, 0, 0)], 3), Joints, [0, 0], [0, 0]).Error, Is.EqualTo(TrajectoryError.OldHeaderTimestamp));
}
