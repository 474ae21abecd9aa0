using System.Collections.Immutable;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>The audit is no good if it finds nothing: cores with one planted mistake each, and the invariant that must name it.</summary>
[TestFixture]
public sealed class SafetyAuditTests
{
    private static readonly Dictionary<string, Func<PlanState, Event, PlanState, ImmutableArray<Command>, (PlanState, ImmutableArray<Command>)>> Mistakes = new(StringComparer.Ordinal)
    {
        // What was started is started once more at the next occasion.
        ["number"] = (before, _, after, commands) => (after, before.Flights.IsEmpty || commands.OfType<Command.StartAttempt>().Any() ? commands : commands.Add(Start(before, before.Flights.First().Key, before.Flights.First().Value))),
        ["stopped"] = (_, happened, after, commands) => (after, happened is Event.LinkLost && after.Nodes.Count > 3 ? commands.Add(Start(after, StepOf(after), 90)) : commands),
        ["mode"] = (_, _, after, commands) => (after, after.Mode.IsOurs() ? commands : commands.Add(new Command.StandStill(1, TimeSpan.FromSeconds(1), TimeSpan.Zero))),
        ["evidence"] = (before, _, after, commands) => (after.Recoveries.Count > before.Recoveries.Count ? after with { Recoveries = after.Recoveries.Set(after.Recoveries.Count - 1, after.Recoveries[^1] with { Evidence = "" }) } : after, commands),
        ["stop"] = (_, _, after, commands) => (after, [.. commands.Where(c => c is not Command.CancelAttempt)]),
        ["late"] = (before, happened, after, commands) => (after, happened is Event.Looked e && !before.Open.ContainsKey(e.Request) ? commands.Add(new Command.StopLooking(e.Request)) : commands),
        ["fault"] = (_, happened, after, commands) => (after, happened is Event.FaultConfirmed && after.Nodes.Count > 3 ? commands.AddRange(after.Steps.Where(s => s.Verdict == Verdict.Running).Select(s => Start(after, s.Number, 91))) : commands),
        ["protective stop"] = (before, happened, after, commands) => (after, before.Halt is { Protective: true } && happened is Event.FactObserved ? commands.Add(Start(after, StepOf(after), 92)) : commands),
        ["arm look"] = (_, _, after, commands) => (after, [.. commands.Select(c => c is Command.Observe look && after.Mode != OperatingMode.Automatic ? look with { MayMoveArm = true } : c)]),
        ["release"] = (_, happened, after, commands) => (after, after.Mode == OperatingMode.Semiautomatic && happened is Event.ModeChanged ? commands.Add(Start(after, StepOf(after), 93)) : commands),
    };

    private static IEnumerable<string> Names => Mistakes.Keys;

    [TestCaseSource(nameof(Names))]
    public void Of_ACoreWithThisMistake_NamesTheInvariant(string invariant)
    {
        for (ulong seed = 1; seed < 400; seed++)
        {
            var run = new ScheduleRun(ScheduleScript.Draw(seed)).Play();
            var audit = SafetyAudit.Of(run.Before, run.Events, (state, happened) =>
            {
                var (after, commands) = Executor.Next(state, happened);
                return Mistakes[invariant](state, happened, after, commands);
            });
            if (audit.Breaches.Any(b => b.Invariant == invariant)) return;
        }
        Assert.Fail($"no schedule shows the mistake against '{invariant}'");
    }

    [Test]
    public void All_NamesAreUnique_AndStatementsThere()
    {
        Assert.That(SafetyAudit.All.Select(i => i.Name), Is.Unique);
        Assert.That(SafetyAudit.All.Select(i => i.Statement), Has.None.Empty);
    }

    private static int StepOf(PlanState state) => state.Steps.First().Number;

    private static Command.StartAttempt Start(PlanState state, int step, int number)
    {
        var node = (StepState)state.Nodes[step];
        return new(step, new(state.Episode, node.Path, number, 0, null, node.Node.Skill, node.Bound.Arguments, TimeSpan.FromSeconds(1), state.World));
    }
}
