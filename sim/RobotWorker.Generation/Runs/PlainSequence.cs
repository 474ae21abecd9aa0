using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// What the worker is compared with: the steps of a sequence in their order, each tried so often at once, and its own report believed. No fault monitor, no look at what
/// a failed attempt left behind, nothing verified. Before a step it looks for what it does not know yet, as any program that picks with a camera does.
/// </summary>
/// <param name="attempts">Tries of each step.</param>
/// <param name="begins">Told of each step that it begins, with its arguments.</param>
internal sealed class PlainSequence(Plan plan, SkillCatalogue catalogue, string episode, int attempts, Action<string, ImmutableSortedDictionary<string, string>>? begins = null) : IWorkerInbox
{
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(5);

    // The ids of goals follow from an attempt's number, and none may come twice.
    private const int MostOfAnother = 1000;

    private WorldModel world = WorldModel.Empty(catalogue.Predicates);

    /// <summary>Whether it can run a plan: a sequence of skills.</summary>
    public static bool CanRun(Plan plan) => plan.Root is SequenceNode sequence && sequence.Children.All(c => c is SkillNode);

    /// <param name="underWay">Where another was that goes on no more; null: it begins at the beginning.</param>
    public async Task<(EpisodeOutcome Outcome, string Reason)> RunAsync(IRobot robot, TimeProvider time, CancellationToken stop, AttemptUnderWay? underWay = null)
    {
        var steps = ((SequenceNode)plan.Root).Children.Cast<SkillNode>().ToList();
        if (underWay is not null && !steps.Any(s => underWay.IsOf(PathOf(s)))) return (EpisodeOutcome.Failed, "its goal was being repaired, with which nobody goes on");
        using var deadline = new CancellationTokenSource(plan.Limits.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        foreach (var step in steps.SkipWhile(s => underWay?.IsOf(PathOf(s)) == false))
            if (await (underWay?.IsOf(PathOf(step)) == true ? GoOnAsync(step, underWay, robot, both.Token) : DoAsync(step, robot, both.Token)) is { } failed)
                return (!deadline.IsCancellationRequested && stop.IsCancellationRequested ? EpisodeOutcome.Stopped : EpisodeOutcome.Failed, $"{step.Id}: {failed}");
        return (EpisodeOutcome.Succeeded, "every step reported success");
    }

    public void FactObserved(Fact fact) => world = world.With(fact);

    public void GoalChanged(GoalNote note)
    {
    }

    public void ModeChanged(OperatingMode mode, string by, bool ofRobot = false)
    {
    }

    public void LinkLost()
    {
    }

    public void LinkBack()
    {
    }

    public void FaultConfirmed(Fault fault)
    {
    }

    public void FaultHealed(Fault fault)
    {
    }

    private static string PathOf(SkillNode step) => $"root/{step.Id}";

    private async Task<string?> GoOnAsync(SkillNode step, AttemptUnderWay underWay, IRobot robot, CancellationToken stop)
    {
        var report = await underWay.Report;
        // What had failed before was being made good, which nobody does any more: the step is still to be done.
        if (underWay.Attempt.Path != PathOf(step) || (report.Reported != Outcome.Succeeded && !underWay.IsRunning)) return await DoAsync(step, robot, stop, MostOfAnother);
        return report.Reported == Outcome.Succeeded ? null : $"{report.Code} {report.Reason}";
    }

    /// <param name="before">The number of the last attempt before.</param>
    /// <returns>Null when it reported success, else what its last attempt said.</returns>
    private async Task<string?> DoAsync(SkillNode step, IRobot robot, CancellationToken stop, int before = 0)
    {
        var definition = catalogue.Skills[step.Skill];
        var skill = BoundSkill.Of(catalogue, definition, step.Arguments, name => plan.Objects.FirstOrDefault(o => o.Name == name)?.Type);
        var deadline = step.Deadline ?? definition.Deadline ?? plan.Limits.Deadline;
        var last = "";
        begins?.Invoke(step.Skill, skill.Arguments);
        for (var number = 1; number <= attempts && !stop.IsCancellationRequested; number++)
        {
            if (world.Evaluate(skill.Pre, robot.Now) == Truth.Unknown) await robot.ObserveAsync(new([.. skill.Pre.Atoms()], robot.Now, 0, LookDeadline), stop);
            var report = await robot.AttemptAsync(new(episode, PathOf(step), before + number, number - 1, null, step.Skill, skill.Arguments, deadline, world), stop);
            if (report.Reported == Outcome.Succeeded) return null;
            last = $"{report.Code} {report.Reason}";
        }
        return last;
    }
}

/// <summary>Where the execution of a plan was when it was taken over.</summary>
/// <param name="Attempt">The last that was begun.</param>
/// <param name="IsRunning">Whether it had not ended then.</param>
internal sealed record AttemptUnderWay(Attempt Attempt, Task<AttemptReport> Report, bool IsRunning)
{
    /// <summary>Whether it is one of that step, or of what mends something for it.</summary>
    public bool IsOf(string step) => Attempt.Path == step || Attempt.Path.StartsWith($"{step}/", StringComparison.Ordinal);
}
