using RobotWorker.Skills.Senses;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>Which posture the arm is in, by its joints.</summary>
public sealed class PostureSenseTests
{
    [TestCase(0.04, Truth.True)]
    [TestCase(-0.06, Truth.False)]
    public void Posture_EveryJointIsWhereItBelongs(double offRadians, Truth value)
    {
        var (inbox, joints) = (new Inbox(), new JointSense(Workshop.Profile));
        var posture = new PostureSense(Workshop.Profile, joints, new(inbox, Workshop.Predicates));
        double[] angles = [.. Workshop.Profile.Postures["carry"]];
        angles[3] += offRadians;
        joints.Take(new() { Header = new() { Stamp = Workshop.Seconds(1).ToRos() }, Name = Workshop.Profile.ArmJoints, Position = [.. angles] });
        posture.Tell();

        Assert.That(inbox.Says("posture", "robot", "carry"), Is.EqualTo(value));
        Assert.That(posture.IsIn("carry"), Is.EqualTo(value == Truth.True));
    }

    [Test]
    public void Posture_NothingHeard_NothingIsSaid()
    {
        var inbox = new Inbox();
        new PostureSense(Workshop.Profile, new(Workshop.Profile), new(inbox, Workshop.Predicates)).Tell();

        Assert.That(inbox.Facts, Is.Empty);
    }
}
