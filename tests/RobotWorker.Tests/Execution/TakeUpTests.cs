using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>A new process takes up a single goal that the robot may still be carrying out, rather than stopping it.</summary>
[TestFixture]
public sealed class TakeUpTests
{
    private const string Root = "{id: root, sequence: [{id: drive, skill: go, args: {to: there}}, {id: a, skill: wave}]}";

    [Test]
    public void ItsGoalStillRuns_TheAttemptGoesOn_AndNothingIsStoppedOrSentAgain()
    {
        var (robot, result) = KilledWhileDriving(stillRuns: true);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(robot.Did.Take(2), Is.EqualTo(["take up root/drive#1", "end root/drive#1"]).AsCollection);
        Assert.That(robot.Did, Has.None.EqualTo("stand still"));
        Assert.That(result.State.Recoveries, Is.Empty);
        Assert.That(robot.Attempts[0].Deadline, Is.EqualTo(TimeSpan.FromSeconds(16.2)), "what is left of its 20 s");
    }

    [Test]
    public void ItsGoalIsNotKnownAnyMore_TheRobotIsStoppedAndLookedAt_AndNoAttemptIsCharged()
    {
        var (robot, result) = KilledWhileDriving(stillRuns: false);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(robot.Did.Take(4), Is.EqualTo(["take up root/drive#1", "stand still", "look", "start root/drive#2"]).AsCollection);
        Assert.That(result.State.Steps.First(s => s.Path == "root/drive").Failures, Is.Zero);
        Assert.That(result.State.Recoveries.Single().Evidence, Does.StartWith("PROCESS_RESTARTED"));
    }

    [Test]
    public void AnotherStepRunsBeside_WhichIsNoSingleGoal_EverythingIsStopped()
    {
        var commands = Restarted("{id: root, parallel: [{id: drive, skill: go, args: {to: there}}, {id: a, skill: wave}]}", Note(GoalStage.Accepted), out _);

        Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>().And.Some.InstanceOf<Command.StandStill>());
    }

    [Test]
    public void ItsGoalHasEndedBefore_EverythingIsStopped()
    {
        var commands = Restarted(Root, Note(GoalStage.Ended), out _);

        Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>().And.Some.InstanceOf<Command.StandStill>());
    }

    [Test]
    public void TheGoalIsOfAnotherActuator_TheSkillHasMoreToDo_EverythingIsStopped()
    {
        var commands = Restarted(Root, Note(GoalStage.Accepted) with { Actuator = "arm" }, out _);

        Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>().And.Some.InstanceOf<Command.StandStill>());
    }

    [Test]
    public void SomethingWasBeingLookedAt_EverythingIsStopped()
    {
        var commands = Restarted(
            "{id: root, parallel: [{id: drive, skill: go, args: {to: there}}, {id: s, sequence: [{id: p, skill: peek}, {id: i, if: {condition: {dirty: [cup1]}, then: {id: a, skill: wave}}}]}]}",
            Note(GoalStage.Accepted), out _, also: new Event.AttemptEnded(TimeSpan.Zero, default, 3, "root/s/p", 1, AttemptReport.Success));

        Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>().And.Some.InstanceOf<Command.StandStill>());
    }

    [Test]
    public void ItsTimeIsOver_EverythingIsStopped()
    {
        var commands = Restarted(Root, Note(GoalStage.Accepted), out _, after: 25);

        Assert.That(commands, Has.None.InstanceOf<Command.StartAttempt>().And.Some.InstanceOf<Command.StandStill>());
    }

    [Test]
    public void TheLinkWasDown_TheNewProcessHasItsOwn()
    {
        var commands = Restarted(Root, null, out var state, lost: true);

        Assert.That(state.LinkDown, Is.False);
        Assert.That(commands, Has.Some.InstanceOf<Command.StandStill>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public void WhatItsHoldConditionRestsOnGrewOldMeanwhile_ItGoesOnUntilThatIsHeard_OrStopsAfterASecond(bool heard)
    {
        const string Carry = "{id: root, sequence: [{id: drive, skill: go, args: {to: there}, pre: [{empty: [gripper]}], hold: [{empty: [gripper]}]}]}";
        RobotTime away = RobotTime.FromSeconds(120);
        var state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(Carry), "e");
        Hear("localized", "robot", 0);
        Hear("empty", "gripper", 0);
        (state, _) = Executor.Next(state, new Event.Started(TimeSpan.Zero, default));
        (state, _) = Executor.Next(state, new Event.GoalChanged(TimeSpan.Zero, default, Note(GoalStage.Accepted)));
        (state, var commands) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(10), away));
        Assert.That(commands.OfType<Command.StartAttempt>().Single().Attempt.Goal, Is.EqualTo("3f2c"));

        // One of the two comes first: that the other is old is no reason yet.
        Assert.That(Hear("empty", "gripper", 120), Has.None.InstanceOf<Command.CancelAttempt>());
        if (heard) Hear("localized", "robot", 120);
        (state, commands) = Executor.Next(state, new Event.TimerDue(TimeSpan.FromSeconds(11), away));

        Assert.That(commands, heard ? Has.None.InstanceOf<Command.CancelAttempt>() : Has.Some.InstanceOf<Command.CancelAttempt>());
        if (heard) return;
        (state, commands) = Executor.Next(state, new Event.AttemptEnded(TimeSpan.FromSeconds(11), away, 1, "root/drive", 1, AttemptReport.Failure("CANCELED", "")));
        Assert.That(commands.OfType<Command.StandStill>().Single().Deadline, Is.EqualTo(Kitchen.Setup.Options.TakeOverDeadline), "a process is slow in its first seconds");

        ImmutableArray<Command> Hear(string predicate, string subject, double at)
        {
            (state, var led) = Executor.Next(state, new Event.FactObserved(
                TimeSpan.FromSeconds(at > 0 ? 10 : 0), RobotTime.FromSeconds(at), new(Atom.Of(predicate, subject), Truth.True, RobotTime.FromSeconds(at), "sense")));
            return led;
        }
    }

    private static GoalNote Note(GoalStage stage) => new("root/drive", 1, "3f2c", "/navigate", stage, Actuator: "base");

    private static ImmutableArray<Command> Restarted(string root, GoalNote? note, out PlanState state, bool lost = false, double after = 0, Event? also = null)
    {
        var (at, now) = (TimeSpan.Zero, default(RobotTime));
        state = PlanState.Before(Kitchen.Setup, Kitchen.Plan(root), "e");
        (state, _) = Executor.Next(state, new Event.FactObserved(at, now, new(Atom.Of("localized", "robot"), Truth.True, now, "sense")));
        (state, var commands) = Executor.Next(state, new Event.Started(at, now));
        Assert.That(commands, Has.Some.InstanceOf<Command.StartAttempt>());
        if (note is not null) (state, _) = Executor.Next(state, new Event.GoalChanged(at, now, note));
        if (also is not null) (state, _) = Executor.Next(state, also);
        if (lost) (state, _) = Executor.Next(state, new Event.LinkLost(at, now));
        (state, commands) = Executor.Next(state, new Event.ProcessRestarted(TimeSpan.FromSeconds(after), now));
        return commands;
    }

    /// <summary>Two seconds into a drive of five the process is gone; two seconds later another takes the episode up.</summary>
    private static (ScriptedRobot Robot, EpisodeResult Result) KilledWhileDriving(bool stillRuns)
    {
        var (plan, episode) = (Kitchen.Plan(Root), Episode.Of("test", 0, 1));
        SortedSet<string> world = new(StringComparer.Ordinal) { "localized(robot)", "empty(gripper)", "at(robot, here)" };
        var first = new MemoryJournal();
        var loop = new EpisodeLoop(Pace.Virtual);
        var worker = new Worker(Kitchen.Setup, loop.Time, first, Nobody.Is, Nobody.Is, _ => null);
        var killed = new ScriptedRobot(loop.Time, worker, world) { TellsGoals = true, Otherwise = _ => new(Seconds: 60) };
        Senses(loop, killed);
        loop.Run(async () =>
        {
            var run = worker.RunAsync(plan, episode, killed, CancellationToken.None);
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(2), loop.Time));
        });
        ImmutableArray<Event> history = [.. first.Events];

        loop = new EpisodeLoop(Pace.Virtual);
        var resumption = Resumption.Of(PlanState.Before(Kitchen.Setup, plan, episode.Id), history, TimeSpan.FromSeconds(4));
        worker = new Worker(Kitchen.Setup, loop.Time, new MemoryJournal(null, history), Nobody.Is, Nobody.Is, _ => null);
        var robot = new ScriptedRobot(loop.Time, worker, world, since: TimeSpan.FromSeconds(4)) { TellsGoals = true, StillRuns = _ => stillRuns };
        robot.Tell(Atom.Of("localized", "robot"));
        Senses(loop, robot);
        return (robot, loop.Run(() => worker.RunAsync(plan, episode, robot, CancellationToken.None, resumption)));
    }

    private static void Senses(EpisodeLoop loop, ScriptedRobot robot) =>
        loop.Time.CreateTimer(_ => robot.Tell(Atom.Of("localized", "robot")), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
}
