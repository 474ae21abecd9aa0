using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class StalenessTests
{
    private static readonly Staleness Scanner = new(AfterSeconds: 0.3);

    [Test]
    public void Silence_Lasts_IsAlarmedWhenItIsAskedFor()
    {
        var state = Scanner.Next(default, 1, Feeding.At(10));

        Assert.That(Scanner.At(state, Feeding.At(10.29)).Alarmed, Is.False);
        Assert.That(Scanner.At(state, Feeding.At(10.3)).Alarmed);
        Assert.That(Scanner.At(state, Feeding.At(10.6)).Score, Is.EqualTo(2).Within(1e-9));
    }

    [Test]
    public void Silence_ThatEnds_CountsForTheSampleThatEndsIt()
    {
        var state = Scanner.Next(Scanner.Next(default, 1, Feeding.At(0)), 1, Feeding.At(2));

        Assert.That(state.Alarmed);
        Assert.That(Scanner.Next(state, double.NaN, Feeding.At(2.1)).Alarmed, Is.False, "a beat without a value is one");
    }

    [Test]
    public void Silence_BeforeTheFirstSample_IsNone() => Assert.That(Scanner.At(default, Feeding.At(1000)).Alarmed, Is.False);
}
