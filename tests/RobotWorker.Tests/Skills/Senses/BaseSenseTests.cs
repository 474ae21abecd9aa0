using RobotWorker.Motion;
using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros.Wire;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>Where the base is. The bench's place <c>table_side</c> is the map's origin.</summary>
public sealed class BaseSenseTests
{
    [TestCase(0.03, 0.05, true, TestName = "At_CloseToThePlace_IsTrue")]
    [TestCase(0.05, 0, false, TestName = "At_FiveCentimetresOff_IsFalse")]
    [TestCase(0, 0.08, false, TestName = "At_TurnedAway_IsFalse")]
    [TestCase(0, 6.2831853, true, TestName = "At_AWholeTurnOn_IsTrue")]
    public void At(double off, double yaw, bool there)
    {
        var inbox = Tell(Pose.Planar(0, off, yaw));

        Assert.That(inbox.Says("localized", "robot"), Is.EqualTo(Truth.True));
        Assert.That(inbox.Says("at", "robot", "table_side"), Is.EqualTo(there ? Truth.True : Truth.False));
        Assert.That(inbox.Facts, Has.All.Property("Source").EqualTo("localization").And.All.Property("CapturedAt").EqualTo(Workshop.Seconds(1)));
    }

    // A process that has only just begun to listen takes up a drive: "not localized" would end it.
    [TestCase(0.3, null, TestName = "Localized_NoTransformYet_IsNotTold")]
    [TestCase(0.6, Truth.False, TestName = "Localized_NoTransformForHalfASecondFromTheFirst_IsFalse")]
    public void NeverLocated(double heard, Truth? expected)
    {
        var inbox = new Inbox();
        var time = new HandTime();
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, new(TimeSpan.FromMilliseconds(30)), new(inbox, Workshop.Predicates), time);
        for (var at = 1.0; at <= 1 + heard; at += 0.02)
        {
            time.Advance(TimeSpan.FromSeconds(0.02));
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() } });
            sense.Tell();
        }

        Assert.That(inbox.Says("localized", "robot"), Is.EqualTo(expected));
        Assert.That(inbox.Says("at", "robot", "table_side"), Is.Null);
    }

    [Test]
    public void Localized_TheClockIsSetBack_IsToldAtOnce()
    {
        var inbox = new Inbox();
        var time = new HandTime();
        var transforms = new TransformBuffer(TimeSpan.FromMilliseconds(30));
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, transforms, new(inbox, Workshop.Predicates), time);
        foreach (var at in new[] { 10.0, 5 })
        {
            transforms.Set("map", "base_link", Pose.Identity, Workshop.Seconds(at), isStatic: false);
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() } });
            sense.Tell();
        }

        Assert.That(inbox.Facts.Last(f => f.Atom.Predicate == "localized").CapturedAt, Is.EqualTo(Workshop.Seconds(5)));
    }

    [TestCase(0.2, Truth.True, TestName = "Localized_TheTransformComesLater_StaysTrue")]
    [TestCase(0.6, Truth.False, TestName = "Localized_NoTransformForMoreThanHalfASecond_IsFalse")]
    public void Localized(double silence, Truth expected)
    {
        var inbox = new Inbox();
        var time = new HandTime();
        var transforms = new TransformBuffer(TimeSpan.FromMilliseconds(30));
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, transforms, new(inbox, Workshop.Predicates), time);
        transforms.Set("map", "base_link", Pose.Identity, Workshop.Seconds(1), isStatic: false);
        for (var at = 1.0; at <= 1 + silence; at += 0.02) Take(at);
        Assert.That(inbox.Says("localized", "robot"), Is.EqualTo(expected));

        transforms.Set("map", "base_link", Pose.Planar(0, 0.5, 0), Workshop.Seconds(1 + silence), isStatic: false);
        sense.Locate();
        Take(1.02 + silence);
        Assert.That(inbox.Says("localized", "robot"), Is.EqualTo(Truth.True));
        Assert.That(inbox.Says("at", "robot", "table_side"), Is.EqualTo(Truth.False));

        void Take(double seconds)
        {
            time.Advance(TimeSpan.FromSeconds(0.02));
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(seconds).ToRos() } });
            sense.Tell();
        }
    }

    [Test]
    public void Localized_AfterAPauseOfOurs_OdometryIsTakenInBeforeTheTransforms_StaysTrue()
    {
        var inbox = new Inbox();
        var time = new HandTime();
        var transforms = new TransformBuffer(TimeSpan.FromMilliseconds(30));
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, transforms, new(inbox, Workshop.Predicates), time);
        Odometry(1);
        Transform(1);

        time.Advance(TimeSpan.FromSeconds(0.8));
        for (var at = 1.02; at <= 1.8; at += 0.02) Odometry(at);
        for (var at = 1.02; at <= 1.8; at += 0.02) Transform(at);
        Odometry(1.82);

        Assert.That(inbox.Facts.Where(f => f.Atom.Predicate == "localized"), Is.Not.Empty.And.All.Property("Value").EqualTo(Truth.True));

        void Odometry(double seconds)
        {
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(seconds).ToRos() } });
            sense.Tell();
        }

        void Transform(double seconds)
        {
            transforms.Set("map", "base_link", Pose.Identity, Workshop.Seconds(seconds), isStatic: false);
            sense.Locate();
        }
    }

    // Its transform was lost, but not those after it: nobody waits for half a second.
    [Test]
    public void Localized_OneTransformIsLost_TheNextOnesCount()
    {
        var inbox = new Inbox();
        var transforms = new TransformBuffer(TimeSpan.FromMilliseconds(5));
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, transforms, new(inbox, Workshop.Predicates), new HandTime());
        foreach (var at in new[] { 1, 1.02, 1.04, 1.06 })
        {
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() } });
            if (at > 1.01) transforms.Set("map", "base_link", Pose.Planar(at, 0, 0), Workshop.Seconds(at), isStatic: false);
            sense.Locate();
        }

        Assert.That(sense.Pose!.Value.Position.X, Is.EqualTo(1.06).Within(1e-6));
    }

    [Test]
    public void Odometry_OvertakenOnTheWire_IsPast_ButAClockThatWasSetBackIsNot()
    {
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, new(TimeSpan.FromMilliseconds(30)), new(new Inbox(), Workshop.Predicates), new HandTime());
        foreach (var (at, then) in new[] { (10.0, 10.0), (9.9, 10.0), (5.0, 5.0) })
        {
            sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() } });
            Assert.That(sense.At, Is.EqualTo(Workshop.Seconds(then)));
        }
    }

    private static Inbox Tell(Pose mapFromBase)
    {
        var inbox = new Inbox();
        var time = new HandTime();
        var transforms = new TransformBuffer(TimeSpan.FromMilliseconds(30));
        transforms.Set("map", "base_link", mapFromBase, Workshop.Seconds(1), isStatic: false);
        var sense = new BaseSense(Workshop.Profile, Workshop.Site, transforms, new(inbox, Workshop.Predicates), time);
        sense.Take(new() { Header = new() { Stamp = Workshop.Seconds(1).ToRos() } });
        sense.Tell();
        return inbox;
    }
}
