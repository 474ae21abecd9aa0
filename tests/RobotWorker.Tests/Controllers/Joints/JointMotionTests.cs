using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;

namespace RobotWorker.Tests.Controllers.Joints;

/// <summary>Streamed positions; what trajectories do is the spline's business.</summary>
public sealed class JointMotionTests
{
    private const double Period = 0.01;

    private static readonly ImmutableArray<JointBounds> Joints = [new("a", -1, 1, Velocity: 2, Acceleration: 4), new("b", -1, 1, Velocity: 1, Acceleration: 4)];

    [Test]
    public void Stream_NearTargets_AreReachedInAPeriod_AtTheSpeedThatTakes()
    {
        var motion = new JointMotion(Joints, [0, 0]);

        motion.Stream([0.01, -0.005]);
        motion.Step(Period);

        Assert.That(motion.Positions, Is.EqualTo([0.01, -0.005]));
        Assert.That(motion.Velocities, Is.EqualTo([1, -0.5]).Within(1e-9));
    }

    [Test]
    public void Stream_FarTargets_AreCutToTheLimits_AndGoneAfterNoFasterThanTheJointsMay()
    {
        var motion = new JointMotion(Joints, [0, 0]);

        motion.Stream([5, 5]);
        motion.Step(Period);
        Assert.That(motion.Positions, Is.EqualTo([0.02, 0.01]).Within(1e-9));
        for (var i = 0; i < 200; i++)
        {
            motion.Stream([5, 5]);
            motion.Step(Period);
        }

        Assert.That(motion.Positions, Is.EqualTo([1, 1]));
        Assert.That(motion.Velocities, Is.EqualTo([0, 0]));
    }

    [Test]
    public void Hold_IsSoAtOnce_AndNotOnlyOnceSomebodySteps()
    {
        var motion = new JointMotion(Joints, [0, 0]);
        motion.Stream([1, 1]);
        motion.Step(Period);

        motion.Hold([-0.5, 0.5]);

        Assert.That(motion.Positions, Is.EqualTo([-0.5, 0.5]));
        Assert.That(motion.Velocities, Is.EqualTo([0, 0]));
        motion.Step(Period);
        Assert.That(motion.Positions, Is.EqualTo([-0.5, 0.5]));
    }

    [Test]
    public void Stream_WithoutTheNextTarget_BrakesAndHolds()
    {
        var motion = new JointMotion(Joints, [0, 0]);
        motion.Stream([1, 0]);
        for (var i = 0; i < 20; i++) motion.Step(Period);
        Assert.That(motion.IsStreaming, "for the watchdog's time it goes on");
        Assert.That(motion.Positions[0], Is.EqualTo(0.4).Within(1e-9));

        for (var i = 0; i < 100; i++) motion.Step(Period);

        Assert.That(motion.IsStreaming, Is.False);
        // From 2 rad/s at 4 rad/s² it takes half a second, and half a radian.
        Assert.That(motion.Positions[0], Is.EqualTo(0.9).Within(0.001));
        Assert.That(motion.Velocities, Is.EqualTo([0, 0]));
    }

    [Test]
    public void Follow_TakesOverFromAStream()
    {
        var motion = new JointMotion(Joints, [0, 0]);
        motion.Stream([0.5, 0.5]);
        motion.Step(Period);

        motion.Hold([0.1, 0.1]);
        motion.Step(Period);

        Assert.That((motion.IsStreaming, motion.Positions[0]), Is.EqualTo((false, 0.1)));
    }
}
