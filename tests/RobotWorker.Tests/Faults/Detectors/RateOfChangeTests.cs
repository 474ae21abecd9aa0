using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class RateOfChangeTests
{
    private static readonly RateOfChange Joint = new(LimitPerSecond: 2);

    [Test]
    public void Encoder_Jumps_IsAlarmedAtThatSampleAlone()
    {
        var states = Joint.Feed([0, 0.02, 0.04, 0.19, 0.21], period: 0.02);

        Assert.That(states.Select(s => s.Alarmed), Is.EqualTo([false, false, false, true, false]));
        Assert.That(states[3].Score, Is.EqualTo(3.75).Within(1e-9), "0.15 rad in 20 ms, of 2 rad/s");
    }

    [Test]
    public void Gap_BetweenSamples_IsNoJump()
    {
        var state = Joint.Next(Joint.Next(default, 0, Feeding.At(0)), 0.5, Feeding.At(1));

        Assert.That(state.Score, Is.EqualTo(0.25).Within(1e-9));
    }

    [Test]
    public void Span_OverNoise_KeepsTheNoiseFromLookingLikeARate()
    {
        // 1 mm of noise at 1 kHz looks like 1.4 m/s from sample to sample, and like 14 mm/s over 100 ms.
        var noise = Feeding.Noise("rate", 5000, 0.001).ToList();

        Assert.That(new RateOfChange(0.2).Feed(noise, 0.001).AlarmedShare(), Is.GreaterThan(0.5));
        Assert.That(new RateOfChange(0.2, SpanSeconds: 0.1).Feed(noise, 0.001).AlarmedShare(), Is.Zero);
    }

    [Test]
    public void Clock_JumpsBack_BeginsAnew()
    {
        var state = Joint.Next(Joint.Next(default, 0, Feeding.At(10)), 3, Feeding.At(5));

        Assert.That((state.Alarmed, state.From), Is.EqualTo((false, 3.0)));
        Assert.That(Joint.Next(state, 4, Feeding.At(5)), Is.EqualTo(state), "a second sample of one instant has no rate");
    }
}
