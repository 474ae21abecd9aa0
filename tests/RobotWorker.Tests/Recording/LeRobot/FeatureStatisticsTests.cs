using RobotWorker.Recording.LeRobot;

namespace RobotWorker.Tests.Recording.LeRobot;

public sealed class FeatureStatisticsTests
{
    // numpy: a = [[1,10],[2,20],[4,40],[8,80]]; a.std(0), np.quantile(a, q, axis=0).
    [Test]
    public void Of_TwoDimensions_AsNumpyHasThem()
    {
        var of = FeatureStatistics.Of([1, 10, 2, 20, 4, 40, 8, 80], 2);

        Assert.That(of.Least, Is.EqualTo([1.0, 10]));
        Assert.That(of.Most, Is.EqualTo([8.0, 80]));
        Assert.That(of.Mean, Is.EqualTo([3.75, 37.5]));
        Assert.That(of.Deviation, Is.EqualTo([2.680951323690902, 26.80951323690902]).Within(1e-12));
        Assert.That(of.Count, Is.EqualTo(4));
        Assert.That(of.Quantiles.Select(q => q.Name), Is.EqualTo(["q01", "q10", "q50", "q90", "q99"]));
        Assert.That(of.Quantiles.Select(q => q.Values[0]), Is.EqualTo([1.03, 1.3, 3, 6.8, 7.88]).Within(1e-12));
    }

    [Test]
    public void OfPictures_HalfBlackHalfWhite_LiesBetweenNoughtAndOne()
    {
        var histogram = new long[3 * 256];
        histogram[0] = histogram[255] = 50;
        histogram[256 + 51] = 100;
        histogram[512 + 255] = 100;

        var of = FeatureStatistics.OfPictures(histogram, frames: 2);

        Assert.That((of.Least[0], of.Most[0], of.Mean[0], of.Deviation[0]), Is.EqualTo((0.0, 1.0, 0.5, 0.5)));
        Assert.That((of.Mean[1], of.Deviation[1]), Is.EqualTo((0.2, 0.0)));
        Assert.That(of.Quantiles.Single(q => q.Name == "q90").Values, Is.EqualTo([1, 0.2, 1]));
        Assert.That(of.Count, Is.EqualTo(2));
    }
}
