using RobotWorker.Skills.Senses;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>What the hand holds, from opening and force alone. Of the bench's gripper: empty below 10 mm, holding from 12 N.</summary>
public sealed class GripperSenseTests
{
    private Inbox inbox = new();
    private JointSense joints = null!;
    private FactGate gate = null!;
    private GripperSense gripper = null!;

    [SetUp]
    public void Open()
    {
        inbox = new();
        joints = new(Workshop.Profile);
        gate = new(inbox, Workshop.Predicates);
        gripper = new(Workshop.Profile, Workshop.Site, joints, gate);
    }

    [Test]
    public void Holding_IsAnOpeningAndAForce()
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(0));
        Feel(width: 0.05, force: 40);

        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.True));
        Assert.That(inbox.Says("empty", "gripper"), Is.EqualTo(Truth.False));
    }

    [Test]
    public void Holding_AnotherObject_IsFalse()
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(0));
        Feel(width: 0.05, force: 40);

        Assert.That(inbox.Says("holding", "robot", "cup_blue"), Is.EqualTo(Truth.False));
    }

    [TestCase(0.002, 40, TestName = "Empty_ClosedWithForce")]
    [TestCase(0.085, 0, TestName = "Empty_OpenWithoutForce")]
    [TestCase(0.05, 2, TestName = "Empty_HalfOpenWithoutForce")]
    public void Empty(double width, double force)
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(0));
        Feel(width, force);

        Assert.That(inbox.Says("empty", "gripper"), Is.EqualTo(Truth.True));
        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.False));
        Assert.That(gripper.Grips, Is.False);
    }

    [TestCase("0.05", Truth.True)]
    [TestCase("0.052", Truth.True)]
    [TestCase("0.06", Truth.False)]
    public void Opening_SomebodyAsksForAWidth_IsTold(string width, Truth value)
    {
        using (gate.Await([Atom.Of("opening", "gripper", width)])) Feel(width: 0.05, force: 0);

        Assert.That(inbox.Says("opening", "gripper", width), Is.EqualTo(value));
    }

    [Test]
    public void WeakForce_BetweenEmptyAndHolding_IsUnknown()
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(0));
        Feel(width: 0.05, force: 8);

        Assert.That(inbox.Says("empty", "gripper"), Is.EqualTo(Truth.Unknown));
        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.Unknown));
    }

    [Test]
    public void Holding_NothingWasGraspedFor_IsUnknownWhichObject()
    {
        Feel(width: 0.05, force: 40);

        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.Unknown));
        Assert.That(inbox.Says("empty", "gripper"), Is.EqualTo(Truth.False));
    }

    [Test]
    public void Holding_AfterItWasLetGoOnPurpose_IsNotTakenForItAgain()
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(0));
        gripper.Released();
        Feel(width: 0.05, force: 40);

        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.Unknown));
    }

    [Test]
    public void Holding_TheCameraSeesItElsewhere_IsFalse()
    {
        gripper.GraspFor("cup_red", Workshop.Seconds(3));
        Feel(width: 0.05, force: 40, seenElsewhere: (name, since) => name == "cup_red" && since == Workshop.Seconds(3));

        Assert.That(inbox.Says("holding", "robot", "cup_red"), Is.EqualTo(Truth.False));
    }

    [Test]
    public void BeforeAnythingIsHeard_NothingIsSaid()
    {
        gripper.Tell((_, _) => false);

        Assert.That(inbox.Facts, Is.Empty);
        Assert.That((gripper.Grips, gripper.IsEmpty), Is.EqualTo((false, false)));
    }

    private void Feel(double width, double force, Func<string, RobotTime, bool>? seenElsewhere = null)
    {
        joints.Take(new() { Name = ["gripper_joint"], Position = [width], Velocity = [0], Effort = [force] });
        gripper.Tell(seenElsewhere ?? ((_, _) => false));
    }
}
