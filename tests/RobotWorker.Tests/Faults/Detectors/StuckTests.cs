using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class StuckTests
{
    [Test]
    public void Value_ExactlyTheSame_IsAlarmedAfterItsTime()
    {
        var states = new Stuck(StillSeconds: 0.5).Feed([1.0, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.2], period: 0.1);

        Assert.That(states.FirstAlarm(), Is.EqualTo(6), "still since 0.1 s");
        Assert.That(states[^1].Alarmed, Is.False);
        Assert.That(states[3].Score, Is.EqualTo(0.4).Within(1e-9));
    }

    [Test]
    public void Noise_OfAHealthySensorAtRest_IsNotStuck() =>
        Assert.That(new Stuck(0.5).Feed(Feeding.Noise("stuck", 5000, 1e-4), 0.02).FirstAlarm(), Is.EqualTo(-1));

    [Test]
    public void Joint_ThatOughtToMove_IsStuckAndOneThatRestsIsNot()
    {
        var stuck = new Stuck(StillSeconds: 0.2, Tolerance: 0.01);
        StuckState resting = default, commanded = default;
        for (var i = 0; i < 50; i++)
        {
            resting = stuck.Next(resting, 0.3 + (0.001 * (i % 3)), oughtToMove: false, Feeding.At(i * 0.02));
            commanded = stuck.Next(commanded, 0.3 + (0.001 * (i % 3)), oughtToMove: true, Feeding.At(i * 0.02));
        }

        Assert.That((resting.Alarmed, commanded.Alarmed), Is.EqualTo((false, true)));
    }

    [Test]
    public void Guard_ThatHasJustTurned_GivesTheWholeTime()
    {
        var stuck = new Stuck(StillSeconds: 1);
        var state = stuck.Next(stuck.Next(default, 5, false, Feeding.At(0)), 5, false, Feeding.At(10));

        Assert.That(stuck.Next(state, 5, true, Feeding.At(10.5)).Score, Is.EqualTo(0.5).Within(1e-9));
    }

    [Test]
    public void Creeping_WithinTheToleranceFromSampleToSample_IsMovement() =>
        Assert.That(new Stuck(1, Tolerance: 0.05).Feed(Enumerable.Range(0, 200).Select(i => 0.01 * i), 0.1).FirstAlarm(), Is.EqualTo(-1));
}
