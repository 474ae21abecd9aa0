using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>A plan of three steps is taken out of a worker's hands in the second. The test is the worker.</summary>
public sealed class RecoveryCutTests
{
    private static readonly Plan Plan = Kitchen.Plan("sequence:\n- {id: one, skill: wave}\n- {id: two, skill: wave}\n- {id: three, skill: wave}");

    [Test]
    public void WhatIsUnderWay_GoesOnWhateverTheWorkerWants_AndTheRestIsDoneOnce() => Assert.That(
        Run(cut: 0.5, cancel: 0.6, _ => { }),
        Is.EqualTo((EpisodeOutcome.Succeeded, "start root/two#1; end root/two#1; start root/three#1; end root/three#1")));

    [Test]
    public void WhatIsUnderWayFails_NothingMoreIsDone() => Assert.That(
        Run(cut: 0.5, cancel: null, robot => robot.On("two", 1, Behaviour.Fails("SLIPPED"))),
        Is.EqualTo((EpisodeOutcome.Failed, "start root/two#1; end root/two#1")));

    [Test]
    public void WhatHadFailedBefore_IsDoneOnceMore_UnderANumberThatNobodyHad() => Assert.That(
        Run(cut: 1.5, cancel: null, robot => robot.On("two", 1, Behaviour.Fails("SLIPPED"))),
        Is.EqualTo((EpisodeOutcome.Succeeded, "start root/two#1; end root/two#1; start root/two#1001; end root/two#1001; start root/three#1; end root/three#1")));

    [Test]
    public void BeforeTheCut_TheWorkerCancelsAsEver() => Assert.That(
        Run(cut: 1.5, cancel: 0.5, _ => { }),
        Is.EqualTo((EpisodeOutcome.Succeeded, "start root/two#1; cancelled root/two#1; start root/two#1001; end root/two#1001; start root/three#1; end root/three#1")));

    [Test]
    public void MendingSomethingForAStep_IsNotTheStep() => Assert.That(
        Run(cut: 0.5, cancel: null, _ => { }, "root/two/repair/wash"),
        Is.EqualTo((EpisodeOutcome.Succeeded, "start root/two/repair/wash#1; end root/two/repair/wash#1; start root/two#1001; end root/two#1001; start root/three#1; end root/three#1")));

    private static (EpisodeOutcome Outcome, string Did) Run(double cut, double? cancel, Action<ScriptedRobot> script, string path = "root/two")
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        return loop.Run(async () =>
        {
            var plain = new PlainSequence(Plan, Kitchen.Skills, "e", attempts: 1);
            var between = new RecoveryCut(plain);
            var robot = new ScriptedRobot(loop.Time, between.Before(new PlainSequence(Plan, Kitchen.Skills, "deaf", attempts: 1)));
            script(robot);
            using var called = new CancellationTokenSource();
            var attempt = between.Before(robot).AttemptAsync(new("e", path, 1, 0, null, "wave", ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromSeconds(20), WorldModel.Empty(Kitchen.Skills.Predicates)), called.Token);
            var moments = new List<(double At, Action Do)> { (cut, between.Cut) };
            if (cancel is { } seconds) moments.Add((seconds, called.Cancel));
            var now = 0.0;
            foreach (var (at, act) in moments.OrderBy(m => m.At))
            {
                await Task.Delay(TimeSpan.FromSeconds(at - now), loop.Time);
                now = at;
                act();
            }
            Assert.That(await between.StandStillAsync(TimeSpan.FromSeconds(1), TimeSpan.Zero, CancellationToken.None), Is.True);
            var (outcome, _) = await between.GoOnAsync(loop.Time, CancellationToken.None);
            await attempt;
            return (outcome, string.Join("; ", robot.Did));
        });
    }
}
