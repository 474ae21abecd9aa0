using RobotWorker.Chance;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class CusumTests
{
    private static readonly Baseline Standard = Baseline.Given(0, 1);

    // Montgomery 2013, "Introduction to statistical quality control", table 9.3: two-sided, k = 0.5.
    [TestCase(4, 0, 168)]
    [TestCase(5, 0, 465)]
    [TestCase(5, 0.5, 38.0)]
    [TestCase(5, 1, 10.4)]
    [TestCase(5, 2, 4.01)]
    [TestCase(4, 1, 8.38)]
    public void AverageRunLength_OfSimulatedRuns_IsThePublishedOne(double limit, double shift, double published)
    {
        var chance = RandomStream.For(6, "cusum", $"{limit} {shift}");
        var cusum = new Cusum(Standard, limit);
        const int Runs = 1500;
        var samples = 0;
        for (var run = 0; run < Runs; run++)
            for (CusumState state = default; !state.Alarmed; samples++) state = cusum.Next(state, shift + chance.Normal(1), Feeding.At(samples));

        // Run lengths are nearly geometric: their mean is known to one part in the root of the runs. Wild values count 4 deviations, which lengthens runs hardly.
        Assert.That(samples / (double)Runs, Is.EqualTo(published).Within(4 * published / Math.Sqrt(Runs)));
    }

    [TestCase(168, 4)]
    [TestCase(465, 5)]
    public void LimitFor_PublishedRunLength_IsThePublishedLimit(double length, double limit) => Assert.That(Cusum.LimitFor(length), Is.EqualTo(limit).Within(0.02));

    [Test]
    public void Shift_OfOneDeviation_IsFoundThoughNoSampleIsBeyondThree()
    {
        var values = Feeding.Noise("cusum shift", 400).Select(v => Math.Clamp(v, -1.9, 1.9)).Select((v, i) => i < 200 ? v : v + 1).ToList();
        var states = new Cusum(Standard, 6).Feed(values);

        Assert.That(values.Max(), Is.LessThan(3));
        Assert.That(states.FirstAlarm(), Is.InRange(200, 225));
        Assert.That(states.Skip(250).ToList().AlarmedShare(), Is.GreaterThan(0.85), "as long as the shift lasts");
    }

    [Test]
    public void Shift_Downwards_IsFoundAsWell() =>
        Assert.That(new Cusum(Standard).Feed(Feeding.Noise("cusum down", 100).Select((v, i) => i < 50 ? v : v - 2)).FirstAlarm(), Is.InRange(50, 60));

    [Test]
    public void Restart_AfterEachAlarm_TellsOfAShiftAgainAndAgain()
    {
        var alarms = new Cusum(Standard, 5, Restart: true).Feed(Enumerable.Repeat(1.5, 60)).Select((s, i) => (s.Alarmed, i)).Where(a => a.Alarmed).Select(a => a.i);

        Assert.That(alarms, Is.EqualTo([4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 59]), "five samples of 1.5 less 0.5 make 5");
    }

    [Test]
    public void Shift_ThatLastedLong_IsOverSoonAfterItsEnd()
    {
        var states = new Cusum(Standard, 5).Feed(Enumerable.Repeat(4.0, 1000).Concat(Enumerable.Repeat(0.0, 20)));

        Assert.That(states.FindLastIndex(s => s.Alarmed), Is.InRange(1000, 1003));
    }

    [Test]
    public void Baseline_OfTheSignalsUnit_StandardisesIt() =>
        Assert.That(new Cusum(Baseline.Given(101_300, 40)).Feed([101_300, 101_380]).Last().High, Is.EqualTo(1.5).Within(1e-9), "two deviations less the slack");
}
