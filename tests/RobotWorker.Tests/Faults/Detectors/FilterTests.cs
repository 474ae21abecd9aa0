using RobotWorker.Chance;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

/// <summary>Kalman filters and what their innovations give away.</summary>
public sealed class FilterTests
{
    private const double Period = 0.02;

    private static readonly JointTracking Joint = new(BandwidthPerSecond: 15, AccelerationNoise: 0.5, PositionDeviation: 0.001, VelocityDeviation: 0.01, new(2, 8, 1e-4));
    private static readonly MotorTemperature Motor = new(TimeConstantSeconds: 300, RisePerEffortSquared: 0.02, AmbientCelsius: 24, WanderPerRootSecond: 0.02, MeasurementDeviation: 0.3, new(1, 16, 1e-4));

    [Test]
    public void Level_ThatWandersAsTheModelSays_AlarmsAsOftenAsAskedFor()
    {
        var filter = new LocalLevel(0.1, 1, new(1, 8, 0.001));
        var (chance, level) = (RandomStream.For(6, "level", "walk"), 0.0);

        var states = filter.Feed(Enumerable.Range(0, 100_000).Select(_ => (level += chance.Normal(0.1)) + chance.Normal(1)));

        // Not quite as often: what lies beyond the gate is not learned, and the filter is less sure for a while.
        Assert.That(states.AlarmedShare(), Is.InRange(0.0004, 0.002));
    }

    [Test]
    public void Level_ThatJumps_IsAlarmedAndInTheEndBelieved()
    {
        var states = new LocalLevel(0.1, 1, new(1, 8, 1e-4)).Feed(Feeding.Noise("level jump", 4000).Select((v, i) => v + (i < 1000 ? 0 : 6)));

        Assert.That(states.FirstAlarm(), Is.InRange(1000, 1003));
        Assert.That(states.Skip(1000).Take(100).ToList().AlarmedShare(), Is.GreaterThan(0.9));
        Assert.That(states[^1].Alarmed, Is.False);
        Assert.That(states[^1].Level, Is.EqualTo(6).Within(1));
    }

    [Test]
    public void Joint_ThatFollowsItsTrajectory_IsNotAlarmed() => Assert.That(Joint.Feed(Moving(3000), Period).FirstAlarm(), Is.EqualTo(-1));

    [Test]
    public void Encoder_ThatSticksWhileItMoves_IsAlarmedWithinATenthOfASecond()
    {
        var rows = Moving(1000).ToList();
        for (var i = 520; i < rows.Count; i++) rows[i] = [rows[i][0], rows[519][1], 0];

        Assert.That(Joint.Feed(rows, Period).FirstAlarm(), Is.InRange(520, 525));
    }

    [Test]
    public void Encoder_ThatJumps_IsAlarmedAtOnceAndUntilItIsRight()
    {
        var states = Joint.Feed(Moving(1000).Select((r, i) => i is < 500 or >= 700 ? r : [r[0], r[1] + 0.15, r[2]]), Period);

        Assert.That(states.FirstAlarm(), Is.EqualTo(500));
        Assert.That(states.Skip(500).Take(200).ToList().AlarmedShare(), Is.EqualTo(1), "the model goes on with the reference, not with the fault");
        Assert.That(states.Skip(720).ToList().AlarmedShare(), Is.Zero);
    }

    [Test]
    public void Joint_ThatSags_IsAlarmed()
    {
        var states = Joint.Feed(Moving(1000).Select((r, i) => i < 500 ? r : new[] { r[0], r[1] - Math.Min(0.3, 0.1 * (i - 500) * Period), r[2] - 0.1 }), Period);

        Assert.That(states.FirstAlarm(), Is.InRange(500, 525));
    }

    [Test]
    public void Joint_SetInSteps_IsFollowedWithoutFeedforward()
    {
        var servo = new JointTracking(15, 0.5, 0.001, 0.01, new(2, 8, 1e-4), Feedforward: 0);
        var (position, velocity, rows, chance) = (0.0, 0.0, new List<double[]>(), RandomStream.For(6, "filters", "steps"));
        for (var i = 0; i < 1000; i++)
        {
            rows.Add([i < 300 ? 0 : 1, position + chance.Normal(0.001), velocity + chance.Normal(0.01)]);
            // Finely integrated: a critically damped servo towards the reference.
            for (var fine = 0; fine < 2000; fine++)
            {
                velocity += (((225 * ((i < 300 ? 0 : 1) - position)) - (30 * velocity)) * Period) / 2000;
                position += velocity * Period / 2000;
            }
        }

        Assert.That(servo.Feed(rows, Period).FirstAlarm(), Is.EqualTo(-1));
    }

    [Test]
    public void Motor_ThatWarmsUpByItsWork_IsNotAlarmed()
    {
        var states = Motor.Feed(Heating(4000, extra: _ => 0));

        Assert.That(states.Max(s => s.Temperature), Is.GreaterThan(48), "it is hot, and its work explains it");
        Assert.That(states.AlarmedShare(), Is.LessThan(0.002));
    }

    [TestCase(1.0, 60)]
    [TestCase(0.1, 400)]
    [TestCase(0.02, 1500)]
    public void Motor_ThatOverheatsSlowly_IsCaughtLongBeforeAnyLimit(double kelvinPerSecond, int within)
    {
        var states = Motor.Feed(Heating(4000, extra: i => kelvinPerSecond * Math.Max(0, i - 1000)));

        Assert.That(states.Take(1000).ToList().FirstAlarm(), Is.EqualTo(-1));
        Assert.That(states.FirstAlarm(), Is.InRange(1000, 1000 + within));
        Assert.That(states.Skip(3000).ToList().AlarmedShare(), Is.GreaterThan(0.95), "it is not learned away");
    }

    [Test]
    public void Motor_AfterALongPause_IsExpectedCold()
    {
        var hot = Motor.Next(default, 80, 0, Feeding.At(0));

        Assert.That(Motor.Next(hot, 24, 0, Feeding.At(3600)).Alarmed, Is.False);
        Assert.That(Motor.Next(hot, 60, 0, Feeding.At(3600)).Alarmed);
    }

    // A trajectory of sines that is followed but for noise.
    private static IEnumerable<double[]> Moving(int count)
    {
        var chance = RandomStream.For(6, "filters", "moving");
        for (var i = 0; i < count; i++)
        {
            var t = i * Period;
            yield return [Math.Sin(0.8 * t), Math.Sin(0.8 * t) + chance.Normal(0.001), (0.8 * Math.Cos(0.8 * t)) + chance.Normal(0.01)];
        }
    }

    // Ten minutes of work at 40 N in every twenty, and heat of another origin, in K.
    private static IEnumerable<double[]> Heating(int count, Func<int, double> extra)
    {
        var chance = RandomStream.For(6, "filters", "heating");
        var own = 24.0;
        for (var i = 0; i < count; i++)
        {
            var effort = i % 1200 < 600 ? 40.0 : 0;
            yield return [own + extra(i) + chance.Normal(0.3), effort];
            own += (24 + (0.02 * effort * effort) - own) * (1 - Math.Exp(-1 / 300.0));
        }
    }
}
