using RobotWorker.Execution.Core;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The journal is the truth about a run: its events, folded, are the state.</summary>
[TestFixture]
public sealed class FoldTests
{
    [Test]
    public void Fold_EveryPrefixOfTheJournal_IsTheStateThatTheRunHadThen()
    {
        var (run, events) = (Story.Run, Story.Run.Result.Events);
        var state = PlanState.Before(run.Result.State.Setup, run.Job.Plan, run.Result.Report.Episode);

        Assert.That(run.States, Has.Length.EqualTo(events.Length));
        for (var i = 0; i < events.Length; i++)
        {
            (state, _) = Executor.Next(state, events[i]);
            Assert.That(StateEquality.FirstDifference(state, run.States[i]), Is.Null, () => $"after event {i}, {events[i]}");
        }
        Assert.That(StateEquality.FirstDifference(state, run.Result.State), Is.Null);
        Assert.That(state.Ended, Is.Not.Null);
    }

    [Test]
    public void Fold_TheEventsOfTheRecording_AreThoseOfTheJournal() =>
        Assert.That(StateEquality.FirstDifference(Story.Trace.Events, Story.Run.Result.Events), Is.Null);

    [Test]
    public void Fold_EventsReadFromTheRecording_GiveTheEndState()
    {
        var run = Story.Run;
        var folded = Story.Trace.Events.Aggregate(
            PlanState.Before(run.Result.State.Setup, run.Job.Plan, run.Result.Report.Episode), (state, happened) => Executor.Next(state, happened).State);

        Assert.That(StateEquality.FirstDifference(folded, run.Result.State), Is.Null);
    }

    [Test]
    public void Fold_OneEventLess_IsAnotherState()
    {
        var (before, end) = (Story.Run.States[^2], Story.Run.Result.State);

        Assert.That(StateEquality.FirstDifference(before, end), Is.Not.Null);
    }
}
