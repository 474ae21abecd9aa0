using RobotWorker.Chance;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class EwmaTests
{
    // Lucas and Saccucci 1990, "Exponentially weighted moving average control schemes", Technometrics 32, table 3; as in Montgomery 2013, table 9.11.
    [TestCase(0.40, 3.054, 0, 500)]
    [TestCase(0.20, 2.962, 0, 500)]
    [TestCase(0.10, 2.814, 0, 500)]
    [TestCase(0.10, 2.814, 0.5, 31.3)]
    [TestCase(0.20, 2.962, 1, 10.5)]
    [TestCase(0.40, 3.054, 2, 3.5)]
    public void AverageRunLength_OfSimulatedRuns_IsThePublishedOne(double smoothing, double limit, double shift, double published)
    {
        var chance = RandomStream.For(6, "ewma", $"{smoothing} {shift}");
        var ewma = new Ewma(Baseline.Given(0, 1), smoothing, limit);
        // The published lengths are for the limits that the chart has in the end: what the start still counts is left out.
        var settled = ewma.Next(default, 0, default) with { Fading = 1e-9 };
        const int Runs = 1500;
        var samples = 0;
        for (var run = 0; run < Runs; run++)
            for (var (state, first) = (settled, true); first || !state.Alarmed; first = false, samples++) state = ewma.Next(state, shift + chance.Normal(1), Feeding.At(samples));

        Assert.That(samples / (double)Runs, Is.EqualTo(published).Within(4 * published / Math.Sqrt(Runs)));
    }

    [Test]
    public void Limit_InTheFirstSamples_IsAsNarrowAsTheAverageIsSure()
    {
        var first = new Ewma(Baseline.Given(0, 1), 0.2, 3).Feed([2.9, 0, 0]);

        Assert.That(first[0].Score, Is.EqualTo(2.9 / 3).Within(1e-9), "the first sample is judged as one");
        Assert.That(first[2].Score, Is.EqualTo(2.9 * 0.2 * 0.64 / (3 * Math.Sqrt(0.2 / 1.8 * (1 - Math.Pow(0.8, 6))))).Within(1e-9));
    }

    [Test]
    public void FalseAlarms_OfIndependentNoise_AreAsManyAsAskedFor()
    {
        var states = new Ewma(Baseline.Given(0, 1), 0.2, Ewma.LimitFor(0.01)).Feed(Feeding.Noise("ewma false", 100_000));

        Assert.That(states.AlarmedShare(), Is.EqualTo(0.01).Within(0.0015), "of neighbours that are alike: fewer than 1,000 independent alarms");
    }

    [Test]
    public void Outlier_AWildOne_IsForgottenSoon() =>
        Assert.That(new Ewma(Baseline.Given(0, 1)).Feed([0, 1e9, .. Enumerable.Repeat(0.0, 30)]).FindLastIndex(s => s.Alarmed), Is.LessThan(10));
}
