using RobotWorker.Chance;
using RobotWorker.Dependability;

namespace RobotWorker.Tests.Dependability;

public sealed class ChiSquareTests
{
    // Quantiles from the usual printed tables: chi-square 0.975 of 12 degrees of freedom is 23.337, 0.025 of 10 is 3.247.
    [Test]
    public void BetweenFailures_FiveInAThousandHours_IsAsByTheTables()
    {
        var mtbf = ChiSquare.BetweenFailures(1000, 5, 0.95);

        Assert.That(mtbf.Value, Is.EqualTo(200));
        Assert.That(mtbf.Lower, Is.EqualTo(2000 / 23.337).Within(0.01));
        Assert.That(mtbf.Upper, Is.EqualTo(2000 / 3.247).Within(0.1));
    }

    [Test]
    public void BetweenFailures_None_HasALowerBoundAlone()
    {
        var mtbf = ChiSquare.BetweenFailures(1000, 0, 0.95);

        Assert.That(mtbf, Is.EqualTo(new Estimate(null, mtbf.Lower, null)));
        Assert.That(mtbf.Lower, Is.EqualTo(2000 / 7.378).Within(0.1));    // 0.975 of 2 degrees
    }

    [Test]
    public void Mean_OfFiveTimes_IsAsByTheTables()
    {
        var mean = ChiSquare.Mean(100, 5, 0.95);

        Assert.That(mean.Value, Is.EqualTo(20));
        Assert.That(mean.Lower, Is.EqualTo(200 / 20.483).Within(0.01));
        Assert.That(mean.Upper, Is.EqualTo(200 / 3.247).Within(0.01));
    }

    [Test]
    public void NothingSeen_SaysNothing()
    {
        Assert.That(ChiSquare.BetweenFailures(0, 0, 0.95), Is.EqualTo(new Estimate(null, null, null)));
        Assert.That(ChiSquare.Mean(0, 0, 0.95), Is.EqualTo(new Estimate(null, null, null)));
    }

    /// <summary>4,000 small histories of a fault with known means, through the whole reckoning: the intervals must hold the truth as often as they say.</summary>
    [TestCase(0.95, 0.94, 0.985)]
    [TestCase(0.8, 0.79, 0.90)]
    public void Intervals_OverManySmallHistories_HoldTheTruthAsOftenAsTheyShould(double confidence, double least, double most)
    {
        const int sets = 4000;
        var (between, mend) = (TimeSpan.FromHours(20), TimeSpan.FromSeconds(90));
        var (holdsMtbf, holdsMttr, mended) = (0, 0, 0);
        for (var set = 0; set < sets; set++)
        {
            var history = Histories.Of(RandomStream.For(1, $"set {set}", "faults"), TimeSpan.FromHours(100), [("A", between / 2, mend), ("B", between * 2, mend)]);
            var report = DependabilityAnalysis.Of(history, Histories.Options with { Confidence = confidence });
            if (report.Faults.SingleOrDefault(f => f.Code == "A") is not { Figures: var figures }) continue;
            if (Holds(figures.MtbfHours, between.TotalHours / 2)) holdsMtbf++;
            if (figures.Count == figures.Open) continue;
            mended++;
            if (Holds(figures.MttrSeconds, mend.TotalSeconds)) holdsMttr++;
        }

        TestContext.Out.WriteLine($"at {confidence}: MTBF {holdsMtbf / (double)sets:0.0000}, MTTR {holdsMttr / (double)mended:0.0000}");
        Assert.That(holdsMtbf / (double)sets, Is.InRange(least, most), "a test that ends at a time is on the safe side: the number of failures is discrete");
        Assert.That(holdsMttr / (double)mended, Is.InRange(confidence - 0.015, confidence + 0.015));
    }

    private static bool Holds(Estimate estimate, double truth) => truth >= estimate.Lower && truth <= (estimate.Upper ?? double.PositiveInfinity);
}
