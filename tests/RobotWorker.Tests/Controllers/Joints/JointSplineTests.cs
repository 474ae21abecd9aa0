using RobotWorker.Controllers.Joints;

namespace RobotWorker.Tests.Controllers.Joints;

public class JointSplineTests
{
    [Test]
    public void At_PositionsOnly_IsStraight()
    {
        var spline = new JointSpline([new(0, [0], [], []), new(2, [1], [], [])]);

        Assert.That(spline.At(0.5).Positions[0], Is.EqualTo(0.25).Within(1e-12));
        Assert.That(spline.At(0.5).Velocities[0], Is.EqualTo(0.5).Within(1e-12));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void At_Waypoints_PassesThemWithTheirRates(bool quintic)
    {
        var a = new JointWaypoint(0, [0.2, -1], [0.3, 0], quintic ? [0.1, 0.4] : []);
        var b = new JointWaypoint(1.5, [0.9, -2], [-0.2, 0.1], quintic ? [0, -0.2] : []);
        var spline = new JointSpline([a, b, JointWaypoint.Still(3, [1, -2]) with { Accelerations = quintic ? [0, 0] : [] }]);

        foreach (var point in new[] { a, b })
        {
            var (positions, velocities) = spline.At(point.Seconds);
            Assert.That(positions, Is.EqualTo(point.Positions).Within(1e-9));
            Assert.That(velocities, Is.EqualTo(point.Velocities).Within(1e-9));
        }
    }

    [Test]
    public void At_EverySample_VelocityIsTheDerivative()
    {
        var spline = new JointSpline([new(0, [0], [0.3], [0.1]), new(1, [1], [0.5], [0]), new(2, [0.5], [0], [0])]);
        for (var t = 0.01; t < 1.99; t += 0.0173)
        {
            var slope = (spline.At(t + 1e-6).Positions[0] - spline.At(t - 1e-6).Positions[0]) / 2e-6;
            Assert.That(spline.At(t).Velocities[0], Is.EqualTo(slope).Within(1e-5), $"at {t}");
        }
    }

    [Test]
    public void At_AfterTheEnd_RestsThere()
    {
        var (positions, velocities) = new JointSpline([JointWaypoint.Still(0, [0]), JointWaypoint.Still(1, [2])]).At(5);

        Assert.That(positions[0], Is.EqualTo(2));
        Assert.That(velocities[0], Is.Zero);
    }

    [Test]
    public void Braking_FromSpeed_StaysWithinTheAcceleration()
    {
        JointBounds[] joints = [new("a", -3, 3, 2, 4), new("b", -3, 3, 2, 4)];
        var spline = Braking.From([0, 1], [1.5, -0.5], joints);

        var before = spline.At(0).Velocities;
        for (var t = 0.01; t <= spline.Seconds; t += 0.01)
        {
            var now = spline.At(t).Velocities;
            for (var j = 0; j < 2; j++) Assert.That(Math.Abs(now[j] - before[j]) / 0.01, Is.LessThanOrEqualTo(4.05), $"joint {j} at {t}");
            before = now;
        }
        Assert.That(spline.At(spline.Seconds + 0.1).Velocities, Is.All.Zero);
    }
}
