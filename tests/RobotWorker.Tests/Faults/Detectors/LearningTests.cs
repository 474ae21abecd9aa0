using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

/// <summary>A baseline that learns follows a drift, and never a fault.</summary>
public sealed class LearningTests
{
    private static readonly Learning Slow = new(Seconds: 60);

    [Test]
    public void Drift_Slow_IsFollowedAndAFixedBaselineIsLeftBehind()
    {
        // 4 standard deviations in 4,000 s.
        var values = Feeding.Noise("drift", 4000).Select((v, i) => v + (0.001 * i)).ToList();

        Assert.That(Cusum(Slow).Feed(values).AlarmedShare(), Is.LessThan(0.001));
        Assert.That(Cusum(Learning.None).Feed(values).AlarmedShare(), Is.GreaterThan(0.5));
    }

    [Test]
    public void Jump_ThatLasts_IsNeverLearned()
    {
        var states = Cusum(Slow).Feed(Feeding.Noise("jump", 20_000).Select((v, i) => i < 1000 ? v : v + 3));

        Assert.That(states.Skip(1020).ToList().AlarmedShare(), Is.GreaterThan(0.999), "after five hours as after one minute");
        Assert.That(states[^1].Baseline.Mean, Is.LessThan(0.5));
    }

    [TestCase(0.02, 400)]
    [TestCase(0.005, 2500)]
    public void Ramp_AsSlowAsABearingRunsDry_IsCaughtAndStaysCaught(double perSecond, int within)
    {
        var values = Feeding.Noise($"ramp {perSecond}", 5000).Select((v, i) => v + (perSecond * Math.Max(0, i - 500))).ToList();
        var states = Cusum(Slow).Feed(values);

        Assert.That(states.FirstAlarm(), Is.InRange(500, 500 + within));
        Assert.That(states.Skip(4000).ToList().AlarmedShare(), Is.GreaterThan(0.999));
    }

    [Test]
    public void Ramp_SlowerThanAnyLearning_EndsTheLeash()
    {
        // 10 standard deviations in 100,000 s: no sample differs from the ones before it, and yet it is too far from where it began.
        var states = Cusum(Slow).Feed(Feeding.Noise("leash", 100_000).Select((v, i) => v + (1e-4 * i)));

        Assert.That(states.FirstAlarm(), Is.InRange(60_000, 80_000), "6 deviations of leash, and what the sum needs");
        Assert.That(states[^1].Baseline.Mean, Is.LessThanOrEqualTo(6));
        Assert.That(states[^1].Alarmed);
    }

    [Test]
    public void Spread_OfANormalSignal_IsLearnedWithoutShrinkingThoughFarSamplesAreLeftOut()
    {
        var states = new Ewma(Baseline.Given(0, 1, new(500)), 0.2, 6).Feed(Feeding.Noise("spread", 50_000));
        var deviations = states.Skip(10_000).Select(s => Math.Sqrt(s.Baseline.Variance)).ToList();

        Assert.That(deviations.Average(), Is.EqualTo(1).Within(0.03));
    }

    [Test]
    public void Noise_ThatGrows_IsNotTakenForNormal()
    {
        var gate = Mewma.Gate(VectorBaseline.Given(Vector<double>.Build.Dense(2), Matrix<double>.Build.DenseIdentity(2), Slow), 1e-4);
        var states = gate.Feed(Feeding.Rows("noisy", 6000, 2).Select((r, i) => new[] { r[0] * (i < 1000 ? 1 : 5), r[1] }));

        Assert.That(states.Take(1000).ToList().AlarmedShare(), Is.LessThan(0.005));
        Assert.That(states.Skip(5000).ToList().AlarmedShare(), Is.GreaterThan(0.15), "5 deviations of noise against a gate of 4.3 that may grow to 6.4");
    }

    [Test]
    public void SmallFault_ThatHidesInSingleSamples_IsNotLearnedByTheGate()
    {
        var gate = Mewma.Gate(VectorBaseline.Given(Vector<double>.Build.Dense(2), Matrix<double>.Build.DenseIdentity(2), Slow), 1e-6);
        var states = gate.Feed(Feeding.Rows("hidden", 3000, 2).Select((r, i) => new[] { r[0] + (i < 500 ? 0 : 2.5), r[1] }));

        Assert.That(states[^1].Baseline.Mean[0], Is.LessThan(0.5), "single samples are half the time as they should be; their average is not");
    }

    [Test]
    public void Silence_ALongOne_DoesNotMakeTheNextSampleTheBaseline()
    {
        var ewma = new Ewma(Baseline.Given(0, 1, Slow));
        var state = ewma.Next(ewma.Next(default, 0, Feeding.At(0)), 1.5, Feeding.At(100_000));

        Assert.That(state.Baseline.Mean, Is.EqualTo(0.05 * 1.5).Within(1e-9));
    }

    [Test]
    public void Baseline_LearnedInTheWarmUp_JudgesFromThenOn()
    {
        var ewma = new Ewma(Baseline.Learned(samples: 200, leastDeviation: 0.01), 0.2, 4);
        var states = ewma.Feed(Feeding.Noise("warming up", 400).Select((v, i) => 20 + (3 * v) + (i < 300 ? 0 : 15)));

        Assert.That(states.FirstAlarm(), Is.InRange(300, 304));
        Assert.That(states[199].Baseline.Mean, Is.EqualTo(20).Within(0.7));
        Assert.That(Math.Sqrt(states[199].Baseline.Variance), Is.EqualTo(3).Within(0.5));
    }

    [Test]
    public void Baseline_OfASignalThatNeverChanged_IsAsWideAsTheLeastDeviation()
    {
        var ewma = new Ewma(Baseline.Learned(10, leastDeviation: 0.5), 1, 3);

        Assert.That(ewma.Feed([.. Enumerable.Repeat(7.0, 10), 8.4, 8.6]).Select(s => s.Alarmed), Is.EqualTo([.. Enumerable.Repeat(false, 11), true]));
    }

    private static Cusum Cusum(Learning learning) => new(Baseline.Given(0, 1, learning), RobotWorker.Faults.Detectors.Cusum.LimitFor(1e6, 1), 1);
}
