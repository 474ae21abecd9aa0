using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

[TestFixture]
public sealed class SegmentTests
{
    [Test]
    public void Episodes_Contiguous_AreTheirRows() => Assert.That(Segment.Of([0, 0, 1, 2, 2])!.Value, Is.EqualTo([new(0, 2), new(2, 3), new Segment(3, 5)]));

    [Test]
    public void Episodes_None_AreNone() => Assert.That(Segment.Of([])!.Value, Is.Empty);

    [TestCase(new double[] { 1, 1 }, TestName = "Episodes_NotFrom0_AreUnknown")]
    [TestCase(new double[] { 0, 2 }, TestName = "Episodes_WithAGap_AreUnknown")]
    [TestCase(new double[] { 0, 1, 0 }, TestName = "Episodes_GoingBack_AreUnknown")]
    public void Unknown(double[] episodes) => Assert.That(Segment.Of(episodes), Is.Null);

    [Test]
    public void Said_EndToEnd_AreTaken() => Assert.That(Segment.Of([new Segment(0, 2), new Segment(2, 3)], 3)!.Value, Has.Length.EqualTo(2));

    [TestCase(0, 2, 3, 5, TestName = "Said_WithAGap_AreNot")]
    [TestCase(0, 2, 2, 4, TestName = "Said_ShortOfTheRows_AreNot")]
    [TestCase(0, 0, 0, 5, TestName = "Said_AnEmptyOne_AreNot")]
    public void NotTaken(long from, long to, long nextFrom, long nextTo) => Assert.That(Segment.Of([new Segment(from, to), new Segment(nextFrom, nextTo)], 5), Is.Null);
}
