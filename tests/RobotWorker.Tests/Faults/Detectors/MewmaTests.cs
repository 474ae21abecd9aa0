using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Chance;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class MewmaTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(8)]
    public void Gate_OnIndependentNoise_AlarmsAsOftenAsAskedFor(int signals)
    {
        var gate = Mewma.Gate(Unit(signals), 0.01);

        Assert.That(gate.Feed(Feeding.Rows($"gate {signals}", 50_000, signals)).AlarmedShare(), Is.EqualTo(0.01).Within(4 * Math.Sqrt(0.01 / 50_000)));
    }

    // Lowry et al. 1992, table 1 (smoothing 0.1, two signals, h4 = 8.66): in control 200; shifted by one and by two 10.2 and 4.41 samples.
    [TestCase(0, 200)]
    [TestCase(1, 10.2)]
    [TestCase(2, 4.41)]
    public void AverageRunLength_OfSimulatedRuns_IsThePublishedOne(double shift, double published)
    {
        var chance = RandomStream.For(6, "mewma", $"{shift}");
        var mewma = new Mewma(Unit(2), 0.1, 8.66);
        // The paper's covariance is that of the end: what the start still counts is left out.
        var settled = new MewmaState { Baseline = mewma.Next(default, [0, 0], default).Baseline, Fading = 1e-9 };
        const int Runs = 1500;
        var samples = 0;
        for (var run = 0; run < Runs; run++)
            for (var (state, first) = (settled, true); first || !state.Alarmed; first = false, samples++) state = mewma.Next(state, [shift + chance.Normal(1), chance.Normal(1)], Feeding.At(samples));

        Assert.That(samples / (double)Runs, Is.EqualTo(published).Within(Math.Max(0.03, 4 / Math.Sqrt(Runs)) * published));
    }

    [Test]
    public void TwoSignals_ThatNoLongerGoTogether_AreFoundThoughEachIsAsItShouldBe()
    {
        var covariance = Matrix<double>.Build.DenseOfArray(new[,] { { 1, 0.98 }, { 0.98, 1 } });
        var gate = Mewma.Gate(VectorBaseline.Given(Vector<double>.Build.Dense(2), covariance), 1e-4);

        var states = gate.Feed([[1.5, 1.5], [1.5, -1.5]]);

        Assert.That(states.Select(s => s.Alarmed), Is.EqualTo([false, true]));
    }

    [Test]
    public void Distance_OfCorrelatedSignals_IsWhatMathNetComputes()
    {
        var chance = RandomStream.For(6, "mewma", "covariance");
        var root = Matrix<double>.Build.Dense(8, 8, (_, _) => chance.Normal(1));
        var covariance = (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(8);
        covariance = (covariance + covariance.Transpose()) / 2;
        var (mean, sample) = (Vector<double>.Build.Dense(8, i => i), Vector<double>.Build.Dense(8, _ => chance.Normal(3)));

        var score = new Mewma(VectorBaseline.Given(mean, covariance), 1, 1).Next(default, sample.ToArray(), default).Score;

        Assert.That(score, Is.EqualTo((sample - mean) * covariance.Inverse() * (sample - mean)).Within(1e-9).Percent);
    }

    [Test]
    public void WarmUp_LearnsWhatMathNetComputes()
    {
        var rows = Feeding.Rows("mewma warm", 200, 3).Select(r => new[] { r[0], r[0] + (0.5 * r[1]), 10 + (3 * r[2]) }).ToList();
        var gate = Mewma.Gate(VectorBaseline.Learned(3, 200, 1e-6), 0.001);
        var given = VectorBaseline.Of(Matrix<double>.Build.DenseOfRows(rows));

        var learned = gate.Feed(rows)[^1].Baseline;
        var expected = Mewma.Gate(given, 0.001).Next(default, rows[0], default).Baseline;

        for (var i = 0; i < 6; i++) Assert.That(learned.Covariance[i], Is.EqualTo(expected.Covariance[i]).Within(1e-9));
        for (var i = 0; i < 3; i++) Assert.That(learned.Mean[i], Is.EqualTo(expected.Mean[i]).Within(1e-9));
        Assert.That(gate.Feed(rows).FirstAlarm(), Is.EqualTo(-1), "nothing is judged while it learns");
    }

    [Test]
    public void Parameters_ThatMakeNoSense_AreRefused()
    {
        Assert.That(() => VectorBaseline.Given(Vector<double>.Build.Dense(2), Matrix<double>.Build.Dense(2, 2)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => VectorBaseline.Given(Vector<double>.Build.Dense(9), Matrix<double>.Build.DenseIdentity(9)), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new Mewma(Unit(2), 0, 9), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => Mewma.Gate(Unit(2), 0.01).Next(default, [1, 2, 3], default), Throws.InstanceOf<ArgumentException>());
    }

    private static VectorBaseline Unit(int signals) => VectorBaseline.Given(Vector<double>.Build.Dense(signals), Matrix<double>.Build.DenseIdentity(signals));
}
