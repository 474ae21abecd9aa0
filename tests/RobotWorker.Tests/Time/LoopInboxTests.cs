using RobotWorker.Time;

namespace RobotWorker.Tests.Time;

/// <summary>How long the loop's door stays open.</summary>
[TestFixture]
public sealed class LoopInboxTests
{
    // A wait that was overslept by one millisecond exactly had -1 left, which means for ever: the loop slept until something arrived.
    [TestCase(5, 0, 5)]
    [TestCase(5, 4.2, 1)]
    [TestCase(5, 5, 0)]
    [TestCase(5, 6, 0)]
    [TestCase(1, 2, 0)]
    [TestCase(5, 1000, 0)]
    [TestCase(0, 0, 0)]
    [TestCase(Timeout.Infinite, 1000, Timeout.Infinite)]
    [TestCase(int.MaxValue, 0.5, int.MaxValue)]
    public void Left_IsNeverForEver_UnlessThatWasAskedFor(int milliseconds, double waited, int left) =>
        Assert.That(LoopInbox.Left(milliseconds, TimeSpan.FromMilliseconds(waited)), Is.EqualTo(left));
}
