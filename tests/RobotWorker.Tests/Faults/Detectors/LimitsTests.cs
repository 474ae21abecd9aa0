using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class LimitsTests
{
    [Test]
    public void Temperature_AboveItsLimit_IsAlarmedUntilItIsBelowByTheHysteresis()
    {
        var states = Limits.Above(limit: 90, nominal: 40, hysteresis: 5).Feed([65, 89.9, 90, 87, 85.1, 85, 89]);

        Assert.That(states.Select(s => s.Alarmed), Is.EqualTo([false, false, true, true, true, false, false]));
        Assert.That(states[0].Score, Is.EqualTo(0.5).Within(1e-12), "half of the way from 40 to 90 is used up");
    }

    [Test]
    public void Battery_BelowItsLimit_IsAlarmedAndAFullOneScoresNothing()
    {
        var states = Limits.Below(limit: 0.1, nominal: 1).Feed([1, 0.55, 0.1, 1.1]);

        Assert.That(states.Select(s => Math.Round(s.Score, 9)), Is.EqualTo([0, 0.5, 1, 0]));
        Assert.That(states.Select(s => s.Alarmed), Is.EqualTo([false, false, true, false]));
    }

    [Test]
    public void Infinity_BeyondALimitIsWrongAndWhereThereIsNoneIsRight()
    {
        Assert.That(Limits.Below(0.2, 1).Feed([double.PositiveInfinity]).Single(), Is.EqualTo(new LimitsState(0, false)), "the nearest obstacle of an empty room");
        Assert.That(Limits.Above(2, 1).Feed([double.PositiveInfinity]).Single().Alarmed);
    }

    [Test]
    public void NotANumber_ChangesNothing()
    {
        var states = Limits.Above(90, 40).Feed([95, double.NaN, 50, double.NaN]);

        Assert.That(states.Select(s => s.Alarmed), Is.EqualTo([true, true, false, false]));
    }

    [Test]
    public void Parameters_ThatMakeNoSense_AreRefusedByName()
    {
        Assert.That(() => new Limits(10, 5, 7), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Low"));
        Assert.That(() => Limits.Above(90, 40, hysteresis: 60), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Hysteresis"));
        Assert.That(() => Limits.Above(double.NaN, 40), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
