using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults;

/// <summary>Each kind of rule that learns or has a model, as a catalogue names it, over the samples of a robot: confirmed where there is a fault, and not where there is none.</summary>
public sealed class RuleKindTests : IFaultListener
{
    private const double Period = 0.05;

    private readonly List<string> heard = [];

    [SetUp]
    public void Clear() => heard.Clear();

    [TestCase(true)]
    [TestCase(false)]
    public void Mewma_CurrentAndSpeedThatGoNoLongerTogether(bool isFaulty) => Confirms(
        "{mewma: [wheel.current, wheel.speed], learn: 200, least_deviation: 0.001, confirm: 500ms}", isFaulty, (row, wrong, noise) =>
        {
            // Each alone is within what it was before: of the two together the current is too high for the speed.
            var speed = Math.Sin(row / 20.0);
            return [("wheel.current", (2 * speed) + noise(0.05) + (wrong ? 0.5 : 0)), ("wheel.speed", speed + noise(0.02))];
        });

    [TestCase(true)]
    [TestCase(false)]
    public void Mewma_OfSmoothingOne_JudgesEachSampleByItself(bool isFaulty) => Confirms(
        "{mewma: [a.x, a.y], learn: 200, least_deviation: 0.001, smoothing: 1, false_alarms: 1.0e-6, confirm: 200ms}", isFaulty,
        (_, wrong, noise) => noise(1) is var both && wrong ? [("a.x", both + 8), ("a.y", both - 8)] : [("a.x", both + noise(0.1)), ("a.y", both + noise(0.1))]);

    [TestCase(true)]
    [TestCase(false)]
    public void Tracking_AJointThatStaysBehindItsReference(bool isFaulty) => Confirms(
        "{tracking: [j.reference, j.position, j.velocity], bandwidth: 20, acceleration_noise: 1, position_deviation: 0.001, velocity_deviation: 0.02, confirm: 100ms}", isFaulty, (row, wrong, noise) =>
        {
            var (reference, speed) = (0.5 * Math.Sin(row * Period), 0.5 * Math.Cos(row * Period));
            return [("j.reference", reference), ("j.position", reference + noise(0.001) - (wrong ? 0.05 : 0)), ("j.velocity", speed + noise(0.02))];
        });

    [TestCase(true)]
    [TestCase(false)]
    public void Heating_AMotorThatItsWorkDoesNotHeatSoMuch(bool isFaulty) => Confirms(
        "{heating: [motor.temperature, motor.current], time_constant: 300s, rise: 0.5, ambient: 25, wander: 0.01, deviation: 0.1, confirm: 1s}", isFaulty,
        (row, wrong, noise) => [("motor.temperature", 25 + noise(0.1) + (wrong ? (row - 400) * Period * 0.2 : 0)), ("motor.current", 0)]);

    [TestCase("{cusum: fan.speed, learn: 200, least_deviation: 0.01, slack: 1, limit: 10, confirm: 200ms}", true)]
    [TestCase("{cusum: fan.speed, learn: 200, least_deviation: 0.01, slack: 1, limit: 10, confirm: 200ms}", false)]
    [TestCase("{ewma: fan.speed, learn: 200, least_deviation: 0.01, limit: 6, confirm: 200ms}", true)]
    [TestCase("{ewma: fan.speed, learn: 200, least_deviation: 0.01, limit: 6, confirm: 200ms}", false)]
    public void Learn_WhatIsUsualIsTakenFromTheFirstSamples(string rule, bool isFaulty) =>
        Confirms(rule, isFaulty, (_, wrong, noise) => [("fan.speed", 30 + noise(0.5) - (wrong ? 2 : 0))]);

    // While the fault was there the usual state went on, and nothing was learned: only who is told that it is mended can begin anew.
    [Test]
    public void Acknowledged_WhatWasLearnedBeforeCountsNoMore()
    {
        using var monitor = Monitor("{ewma: fan.speed, learn: 100, least_deviation: 0.01, limit: 6}");
        var chance = RandomStream.For(6, "rules", "fan");
        var row = 0;
        void Feed(double value, int count)
        {
            for (var i = 0; i < count; i++) monitor.Take(new("fan.speed", value + chance.Normal(0.5), RobotTime.FromSeconds(row++ * Period)));
        }

        Feed(30, 200);
        Feed(20, 200);
        Feed(35, 400);
        Assert.That(heard, Is.EqualTo(["X"]), "35 is not what it was either");
        monitor.Reset("X", "arm");
        Feed(35, 10);
        Assert.That(heard, Is.EqualTo(["X"]), "it must be right for a while all the same");
        Feed(35, 190);
        Assert.That(heard, Is.EqualTo(["X", "healed X"]));
        Feed(20, 100);

        Assert.That(heard, Is.EqualTo(["X", "healed X", "X"]), "and 20 is wrong as before");
    }

    // Many encoders tell the same number at rest, healthy ones too: whether one that stuck is mended shows only when it is to move again, and nobody may move it before. A person's word ends that.
    [TestCase("{stuck: j.position, still: 200ms, when: {signal: j.reference_speed, above: 0.05}, heal_unguarded: true}")]
    [TestCase("{stuck: j.position, still: 200ms, when: {signal: j.reference_speed, above: 0.05}}")]
    [TestCase("{signal: j.position, unit: rad, below: 1, clear: 2, confirm: 0s, when: {signal: j.reference_speed, above: 0.05}}")]
    public void Acknowledged_WhatNobodyCanSeeAtRest_HealsByAWord_AndCountsAgainOnceItShows(string rule)
    {
        using var monitor = Monitor(rule);
        var row = 0;
        void Feed(double position, double speed, int count)
        {
            for (var i = 0; i < count; i++, row++)
            {
                monitor.Take(new("j.reference_speed", speed, RobotTime.FromSeconds(row * Period)));
                monitor.Take(new("j.position", position, RobotTime.FromSeconds(row * Period)));
            }
        }

        Feed(0.5, 0.3, 20);
        Feed(0.5, 0, 100);
        Assert.That(heard, Is.EqualTo(["X"]));
        monitor.Reset("X", "arm");
        Feed(0.5, 0, 10);
        Assert.That(heard, Is.EqualTo(["X"]), "it takes its time all the same");
        Feed(0.5, 0, 20);
        Assert.That(heard, Is.EqualTo(["X", "healed X"]));
        Feed(0.5, 0.3, 20);

        Assert.That(heard, Is.EqualTo(["X", "healed X", "X"]), "it was not mended");
        Feed(0.5, 0, 100);
        Assert.That(heard, Is.EqualTo(["X", "healed X", "X"]), "that word counts no more");
    }

    /// <summary>Four hundred rows without a fault, then as many with it or not.</summary>
    private void Confirms(string rule, bool isFaulty, Func<int, bool, Func<double, double>, IEnumerable<(string Signal, double Value)>> robot)
    {
        using var monitor = Monitor(rule);
        var chance = RandomStream.For(6, "rules", "robot");
        for (var row = 0; row < 800; row++)
        {
            if (row == 400) Assert.That(heard, Is.Empty, "nothing was wrong yet");
            foreach (var (signal, value) in robot(row, isFaulty && row >= 400, chance.Normal)) monitor.Take(new(signal, value, RobotTime.FromSeconds(row * Period)));
        }

        Assert.That(heard, isFaulty ? Is.EqualTo(["X"]) : Is.Empty);
    }

    private FaultMonitor Monitor(string rule)
    {
        var bag = new DiagnosticBag();
        var catalogue = FaultCatalogueReader.Read($"faults: robotworker/v1\ncatalogue:\n  X: {{component: arm, level: urgent, heal: 1s, detect: [{rule}]}}\n", "f.yaml", bag);
        return new(catalogue ?? throw new InvalidDataException(string.Join('\n', bag.All)), TimeProvider.System, this);
    }

    void IFaultListener.FaultConfirmed(Fault fault) => heard.Add(fault.Code);

    void IFaultListener.FaultHealed(Fault fault) => heard.Add($"healed {fault.Code}");
}
