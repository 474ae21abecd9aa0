using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

[TestFixture]
public sealed class SummaryTests
{
    // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 0.9]) is [1.3, 3, 6.8], its std 2.680951.
    private static readonly Summary Powers = new([1, 2, 4, 8], 1, new(0, 4));

    [TestCase("min", 1)]
    [TestCase("max", 8)]
    [TestCase("mean", 3.75)]
    [TestCase("std", 2.680951323690902)]
    [TestCase("count", 4)]
    [TestCase("q10", 1.3)]
    [TestCase("q50", 3)]
    [TestCase("q90", 6.8)]
    public void Statistics_AreNumpys(string statistic, double value)
    {
        Assert.That(Powers.Difference(statistic, [value]), Is.Null);
        Assert.That(Powers.Difference(statistic, [value + 0.01]), Is.Not.Null);
        Assert.That(Powers.Difference(statistic, [double.NaN]), Is.Not.Null);
    }

    [Test]
    public void Difference_OfSeveralValues_NamesTheOneThatIsWrong()
    {
        var pairs = new Summary([9, 9, 1, 5, 3, 7], 2, new(1, 3));

        Assert.That(pairs.Difference("mean", [2, 6]), Is.Null);
        Assert.That(pairs.Difference("max", [3, 8]), Is.EqualTo("is 8 at [1], must be 7: computed from the data"));
    }

    [Test]
    public void Difference_ANumberRoundedToFloat_IsNone() => Assert.That(new Summary([0.1, 0.7], 1, new(0, 2)).Difference("mean", [0.4f]), Is.Null);
}
