using RobotWorker.Ros.Wire;

namespace RobotWorker.Tests.Ros.Wire;

[TestFixture]
public sealed class BackOffTests
{
    [Test]
    public void Next_DoublesUpToTheLongest_ByChanceUpToAQuarterLess_AndResetBeginsAnew()
    {
        var pauses = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));

        var waited = Enumerable.Range(0, 60).Select(_ => pauses.Next().TotalSeconds).ToList();

        double[] most = [1, 2, 4, 8, 10, 10, 10];
        for (var i = 0; i < most.Length; i++) Assert.That(waited[i], Is.InRange(most[i] * 0.75, most[i]));
        Assert.That(waited[59], Is.InRange(7.5, 10));
        Assert.That(waited.Skip(10).Distinct().Count(), Is.GreaterThan(10), "many robots do not come back in step");
        pauses.Reset();
        Assert.That(pauses.Next().TotalSeconds, Is.InRange(0.75, 1));
    }

    [Test]
    public void Next_SameSeed_SamePauses()
    {
        var (a, b) = (new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(7)), new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(7)));

        Assert.That(Enumerable.Range(0, 9).Select(_ => a.Next()), Is.EqualTo(Enumerable.Range(0, 9).Select(_ => b.Next()).ToList()));
    }
}
