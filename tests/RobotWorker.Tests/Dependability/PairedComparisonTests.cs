using RobotWorker.Dependability;

namespace RobotWorker.Tests.Dependability;

public sealed class PairedComparisonTests
{
    [Test]
    public void P_IsTheBinomialsTwoTails()
    {
        // (1 + 10) of 1024 on either side.
        Assert.That(new PairedComparison(5, 1, 9, 5).P, Is.EqualTo(22.0 / 1024).Within(1e-12));
        Assert.That(new PairedComparison(5, 3, 3, 5).P, Is.EqualTo(1));
        Assert.That(new PairedComparison(5, 0, 0, 5).P, Is.EqualTo(1), "where no pair differs nothing is shown");
    }

    // Approval of a president before and after, Agresti 2002, table 10.1: 794, 150, 86, 570; the published interval is (-0.060, -0.020).
    [Test]
    public void Difference_IsAsPublished()
    {
        var difference = new PairedComparison(794, 86, 150, 570).Difference(0.95);

        Assert.That(difference.Value, Is.EqualTo(-0.04));
        Assert.That(difference.Lower, Is.EqualTo(-0.0587).Within(0.0015));
        Assert.That(difference.Upper, Is.EqualTo(-0.0213).Within(0.0015));
    }

    [Test]
    public void Of_CountsPairs() =>
        Assert.That(PairedComparison.Of([(true, true), (true, false), (true, false), (false, true), (false, false)]), Is.EqualTo(new PairedComparison(1, 2, 1, 1)));
}
