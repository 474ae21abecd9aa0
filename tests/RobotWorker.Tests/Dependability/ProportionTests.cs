using RobotWorker.Dependability;

namespace RobotWorker.Tests.Dependability;

public sealed class ProportionTests
{
    // Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void Wilson_IsAsPublished(int of, int all, double lower, double upper)
    {
        var interval = new Proportion(of, all).Wilson(0.95);

        Assert.That(interval.Value, Is.EqualTo((double)of / all));
        Assert.That(interval.Lower, Is.EqualTo(lower).Within(0.00005));
        Assert.That(interval.Upper, Is.EqualTo(upper).Within(0.00005));
    }

    [Test]
    public void Wilson_OfNothing_IsNoInterval() => Assert.That(new Proportion(0, 0).Wilson(0.95), Is.EqualTo(new Estimate(null, null, null)));

    [Test]
    public void AllOf_CountsDrawsWithoutPuttingBack()
    {
        // Of 4 runs 3 succeed: 3 of the 6 pairs, and 1 of the 4 threes are whole.
        var three = new Proportion(3, 4);

        Assert.That((three.AllOf(1), three.AllOf(2), three.AllOf(3), three.AllOf(4), three.AllOf(5)), Is.EqualTo(((double?)0.75, (double?)0.5, (double?)0.25, (double?)0, (double?)null)));
    }
}
