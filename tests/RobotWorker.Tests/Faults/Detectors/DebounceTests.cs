using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class DebounceTests
{
    [Test]
    public void ByTime_WrongForLongEnough_GoesThroughEveryPhase()
    {
        var debounce = new TimeDebounce(FailSeconds: 0.15, HealSeconds: 0.2);

        var phases = Phases([true, true, false, true, true, true, true, false, true, false, false, false, false], (state, wrong, i) => debounce.Next(state, wrong, Feeding.At(i * 0.1)));

        Assert.That(phases, Is.EqualTo(new[]
        {
            DebouncePhase.Prefailed, DebouncePhase.Prefailed, DebouncePhase.Passed,                           // too short
            DebouncePhase.Prefailed, DebouncePhase.Prefailed, DebouncePhase.Failed, DebouncePhase.Failed,
            DebouncePhase.Prepassed, DebouncePhase.Failed,                                                    // too short as well
            DebouncePhase.Prepassed, DebouncePhase.Prepassed, DebouncePhase.Passed, DebouncePhase.Passed,
        }));
    }

    [Test]
    public void ByTime_OfNothing_IsAtOnce()
    {
        var debounce = new TimeDebounce(0, 0);

        Assert.That(Phases([true, false], (state, wrong, i) => debounce.Next(state, wrong, Feeding.At(i))), Is.EqualTo(new[] { DebouncePhase.Failed, DebouncePhase.Passed }));
    }

    [Test]
    public void ByTime_ClockJumpsBack_WaitsNoLongerThanItsTime()
    {
        var debounce = new TimeDebounce(1, 1);
        var state = debounce.Next(default, true, Feeding.At(100));
        state = debounce.Next(state, true, Feeding.At(50));

        Assert.That(debounce.Next(state, true, Feeding.At(51)).Confirmed);
    }

    [Test]
    public void ByCount_ASampleLostInBetween_IsForgiven()
    {
        var debounce = new CounterDebounce(FailedAt: 3, HealedAfter: 2);

        var phases = Phases([true, true, false, true, true, false, false], (state, wrong, _) => debounce.Next(state, wrong));

        Assert.That(phases, Is.EqualTo(new[]
        {
            DebouncePhase.Prefailed, DebouncePhase.Prefailed, DebouncePhase.Prefailed, DebouncePhase.Prefailed, DebouncePhase.Failed, DebouncePhase.Prepassed, DebouncePhase.Passed,
        }));
    }

    [Test]
    public void ByCount_EveryOtherSampleWrong_NeverConfirmsNorHeals()
    {
        var debounce = new CounterDebounce(3, 3);
        var flicker = Enumerable.Range(0, 100).Select(i => i % 2 == 0).ToArray();

        Assert.That(Phases(flicker, (state, wrong, _) => debounce.Next(state, wrong)), Has.None.EqualTo(DebouncePhase.Failed));
        Assert.That(Phases([true, true, true, .. flicker], (state, wrong, _) => debounce.Next(state, wrong)).Skip(3), Has.None.EqualTo(DebouncePhase.Passed));
    }

    private static List<DebouncePhase> Phases(bool[] wrong, Func<DebounceState, bool, int, DebounceState> next)
    {
        var (state, phases) = (default(DebounceState), new List<DebouncePhase>());
        for (var i = 0; i < wrong.Length; i++) phases.Add((state = next(state, wrong[i], i)).Phase);
        return phases;
    }
}
