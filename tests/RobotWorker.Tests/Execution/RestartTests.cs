using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>The process is killed after any event: the fold of the journal and one more event must lead on, without a motion repeated blindly.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class RestartTests(Pace pace)
{
    private const string Root = "{id: root, sequence: [{id: pour, skill: pour, args: {object: cup1}}, {id: grasp, skill: pick, args: {object: cup2}}]}";

    [Test]
    public void Restart_AfterAnyEvent_CancelsNothingLooksAndNeverPoursTwice()
    {
        var bench = new Bench(pace);
        bench.Run(Root);
        var plan = Kitchen.Plan(Root);
        for (var killed = 1; killed < bench.Journal.Events.Count; killed++)
        {
            var state = PlanState.Before(Kitchen.Setup, plan, "e");
            foreach (var happened in bench.Journal.Events.Take(killed)) (state, _) = Executor.Next(state, happened);
            var running = state.Flights.Keys.Select(n => ((StepState)state.Nodes[n]).Path).ToList();

            var (after, commands) = Executor.Next(state, new Event.ProcessRestarted(state.At, state.Now));

            Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>(), $"killed after {killed}");
            Assert.That(commands, Has.Some.InstanceOf<Command.StandStill>(), "first it is seen to be still");
            Assert.That(after.Flights, Is.Empty);
            var still = commands.OfType<Command.StandStill>().Single();
            Assert.That(still.Deadline, Is.EqualTo(Kitchen.Setup.Options.TakeOverDeadline), "a new process ends every goal first");
            (after, commands) = Executor.Next(after, new Event.StoodStill(after.At, after.Now, still.Request, true, null));
            if (running.Count > 0)
            {
                Assert.That(commands, Has.Some.InstanceOf<Command.Observe>(), "what ran is looked at");
                Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>());
                Assert.That(commands.OfType<Command.Observe>().First().Since, Is.EqualTo(after.Now));
            }
        }
    }

    [Test]
    public void Restart_WhilePouring_NobodySeesWhatItDid_Asks()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(Root), "e");
        ImmutableArray<Command> commands;
        (state, commands) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        Assert.That(commands.OfType<Command.StartAttempt>().Single().Attempt.Skill, Is.EqualTo("pour"));

        (state, commands) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(1), RobotTime.FromSeconds(1)));
        (state, commands) = Executor.Next(state, new Event.StoodStill(TimeSpan.FromSeconds(2), RobotTime.FromSeconds(2), commands.OfType<Command.StandStill>().Single().Request, true, null));
        (state, commands) = Executor.Next(state, new Event.Looked(TimeSpan.FromSeconds(3), RobotTime.FromSeconds(3), commands.OfType<Command.Observe>().Single().Request, null));

        Assert.That(commands.OfType<Command.Ask>().Single().Question.Step, Is.EqualTo("root/pour"));
        Assert.That(state.Recoveries.Single(), Has.Property("Effect").EqualTo(Effect.Unknown).And.Property("Decision").EqualTo(Decision.Ask));
    }

    [Test]
    public void Restart_WhilePouring_SeenToBeDone_GoesOn()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(Root), "e");
        ImmutableArray<Command> commands;
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        (state, commands) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(1), RobotTime.FromSeconds(1)));
        (state, commands) = Executor.Next(state, new Event.StoodStill(TimeSpan.FromSeconds(2), RobotTime.FromSeconds(2), commands.OfType<Command.StandStill>().Single().Request, true, null));
        var look = commands.OfType<Command.Observe>().Single();
        (state, _) = Executor.Next(state, new Event.FactObserved(TimeSpan.FromSeconds(3), RobotTime.FromSeconds(3), new(Atom.Of("poured", "cup1"), Truth.True, RobotTime.FromSeconds(2.5), "sense")));
        (state, _) = Executor.Next(state, new Event.Looked(TimeSpan.FromSeconds(3), RobotTime.FromSeconds(3), look.Request, null));

        var pour = state.Steps.First();
        Assert.That((pour.Status, pour.Reported, pour.Observed), Is.EqualTo((StepStatus.Finished, Outcome.Unknown, Outcome.Succeeded)));
        Assert.That(state.Recoveries.Single().Decision, Is.EqualTo(Decision.Skip));
    }

    [Test]
    public void Restart_AProcessThatHeardSomethingAndEndedBeforeItBegan_Begins()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(Root), "e");
        ImmutableArray<Command> commands;
        (state, _) = Executor.Next(state, new Event.FactObserved(TimeSpan.Zero, default, new(Atom.Of("localized", "robot"), Truth.True, default, "sense")));
        (state, commands) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(1), default));
        (_, commands) = Executor.Next(state, new Event.StoodStill(TimeSpan.FromSeconds(2), default, commands.OfType<Command.StandStill>().Single().Request, true, null));

        Assert.That(commands.OfType<Command.StartAttempt>().Single().Attempt.Skill, Is.EqualTo("pour"));
    }

    [Test]
    public void AfterTheEnd_NothingLeadsToAnything()
    {
        var bench = new Bench(pace);
        var ended = bench.Run(Root).State;

        var (after, commands) = Executor.Next(ended, new Event.StopAsked(ended.At, ended.Now, "too late"));

        Assert.That(commands, Is.Empty);
        Assert.That(after, Is.SameAs(ended));
    }

    [Test]
    public void AFactCapturedAtTheEndOfAnAttempt_IsNotForgottenWithWhatTheAttemptDeletes()
    {
        var (at, now, on) = (TimeSpan.FromSeconds(1), RobotTime.FromSeconds(1), Atom.Of("on", "cup2", "table"));
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup2}}]}"), "e");
        foreach (var atom in (Atom[])[on, Atom.Of("empty", "gripper")]) (state, _) = Executor.Next(state, new Event.FactObserved(TimeSpan.Zero, default, new(atom, Truth.True, default, "sense")));
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        (state, _) = Executor.Next(state, new Event.FactObserved(at, now, new(on, Truth.False, now, "sense")));

        (state, _) = Executor.Next(state, new Event.AttemptEnded(at, now, 1, "root/grasp", 1, AttemptReport.Success));

        Assert.That(state.World.Find(on, now)?.Value, Is.EqualTo(Truth.False));
        Assert.That(state.World.Find(Atom.Of("empty", "gripper"), now), Is.Null);
    }

    [Test]
    public void LateResult_OfAnAttemptThatWasGivenUp_ChangesNothing()
    {
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(Root), "e");
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        (state, _) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(1), default));

        var (after, commands) = Executor.Next(state, new Event.AttemptEnded(TimeSpan.FromSeconds(1), default, 1, "root/pour", 1, AttemptReport.Success));

        Assert.That(commands, Is.Empty);
        Assert.That(StateEquality.FirstDifference(after, state), Is.Null);
    }
}
