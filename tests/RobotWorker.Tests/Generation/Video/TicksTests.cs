using RobotWorker.Generation.Video;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Video;

public sealed class TicksTests
{
    [TestCase(10, TestName = "Ticks_TenASecond_FromTheFirstPeriodOn")]
    [TestCase(30, TestName = "Ticks_ThirtyASecond_OfPeriodsOfTenMilliseconds_DoNotDrift")]
    public void DueSoOften(int aSecond)
    {
        var ticks = new Ticks(1.0 / aSecond);
        var due = Enumerable.Range(3, 2000).Select(i => RobotTime.FromSeconds(i * 0.01)).Where(ticks.IsDue).Select(t => t.Seconds).ToList();

        Assert.That(due, Has.Count.EqualTo(20 * aSecond));
        Assert.That(due.Select((at, i) => at - 0.03 - ((double)i / aSecond)), Is.All.InRange(-0.0051, 0.0051));
    }
}
