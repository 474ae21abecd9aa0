using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class InnovationGateTests
{
    [TestCase(1, 1)]
    [TestCase(1, 8)]
    [TestCase(2, 8)]
    [TestCase(2, 32)]
    public void Gate_OnWhiteInnovations_AlarmsAsOftenAsAskedFor(int measured, int window)
    {
        var gate = new InnovationGate(measured, window, FalseAlarmProbability: 0.01);
        var (state, alarms, windows) = (default(InnovationState), 0, 0);
        foreach (var row in Feeding.Rows($"gate {measured} {window}", 400_000, measured))
        {
            state = gate.Next(state, row.Sum(v => v * v));
            // Windows that share a sample are alike: only those that share none are counted.
            if (++windows % window == 0 && state.Alarmed) alarms++;
        }

        var independent = 400_000 / window;
        Assert.That(alarms / (double)independent, Is.EqualTo(0.01).Within(4 * Math.Sqrt(0.01 / independent)));
    }

    [Test]
    public void Window_WhileItFills_HasTheLimitOfWhatItHolds()
    {
        var gate = new InnovationGate(1, 8, 0.01);

        Assert.That(gate.Next(default, 6.6).Alarmed, Is.False, "the 99 % quantile of one square is 6.63");
        Assert.That(gate.Next(default, 6.7).Alarmed);
    }

    [Test]
    public void Window_HoldsItsLatestSquaresAlone()
    {
        var gate = new InnovationGate(1, 4, 0.01);
        var state = default(InnovationState);
        for (var i = 0; i < 1000; i++) state = gate.Next(state, i == 990 ? 1000 : 1);
        var during = state;
        for (var i = 0; i < 3; i++) during = gate.Next(during, 100);

        Assert.That(state.Alarmed, Is.False, "nine samples ago");
        Assert.That(during.Score, Is.EqualTo(gate.Next(gate.Next(gate.Next(gate.Next(default, 1), 100), 100), 100).Score));
    }

    [Test]
    public void Parameters_ThatMakeNoSense_AreRefused()
    {
        Assert.That(() => new InnovationGate(1, 33), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("WindowSamples"));
        Assert.That(() => new InnovationGate(1, 8, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LocalLevel(1, 1, new(2)), Throws.ArgumentException);
    }
}
