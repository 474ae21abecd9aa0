using RobotWorker.Motion;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>Transforms at a stamp, as tf2 looks them up.</summary>
public sealed class TransformBufferTests
{
    private TransformBuffer buffer = new(TimeSpan.FromMilliseconds(30));

    [SetUp]
    public void DrivesForTwoSeconds()
    {
        buffer = new(TimeSpan.FromMilliseconds(30));
        // map_from_base: 1 m/s along x, 0.1 rad/s, told at 10 Hz for 2 s.
        for (var i = 0; i <= 20; i++) buffer.Set("map", "base", Pose.Planar(0.1 * i, 0, 0.01 * i), Workshop.Seconds(0.1 * i), isStatic: false);
        buffer.Set("base", "mast", Workshop.At(0, 0, 1.5), Workshop.Seconds(0), isStatic: true);
    }

    [Test]
    public void Lookup_BetweenTwoTransforms_IsInterpolatedAtTheStamp()
    {
        var pose = buffer.Lookup("map", "base", Workshop.Seconds(0.925))!.Value;

        Assert.That(pose.Position.X, Is.EqualTo(0.925).Within(1e-9));
        Assert.That(pose.Rotation.Yaw, Is.EqualTo(0.0925).Within(1e-9));
    }

    [Test]
    public void Lookup_AcrossHalfATurn_TakesTheShortWay()
    {
        // The same rotation has two signs; a robot that publishes the other one has not turned round.
        var almost = Quat.FromYaw(Math.PI - 0.1);
        var over = Quat.FromYaw(-Math.PI + 0.1);
        buffer.Set("map", "head", new(Vec3.Zero, almost), Workshop.Seconds(1), isStatic: false);
        buffer.Set("map", "head", new(Vec3.Zero, new(-over.X, -over.Y, -over.Z, -over.W)), Workshop.Seconds(2), isStatic: false);

        var yaw = buffer.Lookup("map", "head", Workshop.Seconds(1.25))!.Value.Rotation.Yaw;

        Assert.That(yaw, Is.EqualTo(Math.PI - 0.05).Within(1e-9));
    }

    [TestCase(-0.1, false, TestName = "Lookup_BeforeTheHistory_IsNull")]
    [TestCase(2.02, true, TestName = "Lookup_AMomentAfterTheNewest_IsTheNewest")]
    [TestCase(2.10, false, TestName = "Lookup_LongAfterTheNewest_IsNull")]
    public void Lookup_AtTheEdges(double seconds, bool known) => Assert.That(buffer.Lookup("map", "base", Workshop.Seconds(seconds)).HasValue, Is.EqualTo(known));

    [Test]
    public void Lookup_OlderThanTheHistory_IsNull()
    {
        for (var i = 21; i <= 250; i++) buffer.Set("map", "base", Pose.Identity, Workshop.Seconds(0.1 * i), isStatic: false);

        Assert.That(buffer.Lookup("map", "base", Workshop.Seconds(1)), Is.Null);
        Assert.That(buffer.Lookup("map", "base", Workshop.Seconds(16)), Is.Not.Null, "ten seconds are kept at least");
    }

    [Test]
    public void Lookup_OfAStaticTransform_HoldsAtAnyTime()
    {
        Assert.That(buffer.Lookup("base", "mast", Workshop.Seconds(1000))!.Value.Position.Z, Is.EqualTo(1.5));
    }

    [Test]
    public void Lookup_AlongAChain_WorksBothWays()
    {
        buffer.Set("map", "table", Workshop.At(3, 0, 0), Workshop.Seconds(0), isStatic: true);

        var mastFromTable = buffer.Lookup("mast", "table", Workshop.Seconds(1))!.Value;
        var tableFromMast = buffer.Lookup("table", "mast", Workshop.Seconds(1))!.Value;

        var expected = (Pose.Planar(1, 0, 0.1) * Workshop.At(0, 0, 1.5)).Inverse() * Workshop.At(3, 0, 0);
        Assert.That((mastFromTable.Position - expected.Position).Length, Is.LessThan(1e-9));
        Assert.That(((mastFromTable * tableFromMast).Position - Vec3.Zero).Length, Is.LessThan(1e-9));
    }

    [Test]
    public void Lookup_BetweenTwoTrees_IsNull()
    {
        buffer.Set("other_map", "thing", Pose.Identity, Workshop.Seconds(1), isStatic: false);

        Assert.That(buffer.Lookup("map", "thing", Workshop.Seconds(1)), Is.Null);
    }

    [Test]
    public void Lookup_InARingOfFrames_EndsAndIsNull()
    {
        buffer.Set("b", "a", Pose.Identity, Workshop.Seconds(0), isStatic: true);
        buffer.Set("a", "b", Pose.Identity, Workshop.Seconds(0), isStatic: true);

        Assert.That(buffer.Lookup("map", "a", Workshop.Seconds(1)), Is.Null);
    }

    [Test]
    public void Set_ClockJumpedBack_DoesNotMixOldAndNew()
    {
        buffer.Set("map", "base", Workshop.At(9, 9, 0), Workshop.Seconds(0.5), isStatic: false);

        Assert.That(buffer.Lookup("map", "base", Workshop.Seconds(0.5))!.Value.Position, Is.EqualTo(new Vec3(9, 9, 0)));
        Assert.That(buffer.Lookup("map", "base", Workshop.Seconds(1.5)), Is.Null);
    }
}
