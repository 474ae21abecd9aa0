using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Generation.Suites;

/// <summary>
/// What the worker is compared with: the steps of a sequence in their order, each tried so often at once, and its own report believed. No fault monitor, no look at what
/// a failed attempt left behind, nothing verified. Before a step it looks for what it does not know yet, as any program that picks with a camera does.
/// </summary>
/// <param name="attempts">Tries of each step.</param>
internal sealed class PlainSequence(Plan plan, SkillCatalogue catalogue, string episode, int attempts) : IWorkerInbox
{
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(5);

    private WorldModel world = WorldModel.Empty(catalogue.Predicates);

    /// <summary>Whether it can run a plan: a sequence of skills.</summary>
    public static bool CanRun(Plan plan) => plan.Root is SequenceNode sequence && sequence.Children.All(c => c is SkillNode);

    public async Task<(EpisodeOutcome Outcome, string Reason)> RunAsync(IRobot robot, TimeProvider time, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(plan.Limits.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        foreach (var step in ((SequenceNode)plan.Root).Children.Cast<SkillNode>())
            if (await DoAsync(step, robot, both.Token) is { } failed)
                return (deadline.IsCancellationRequested ? EpisodeOutcome.Failed : stop.IsCancellationRequested ? EpisodeOutcome.Stopped : EpisodeOutcome.Failed, $"{step.Id}: {failed}");
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

    /// <returns>Null when it reported success, else what its last attempt said.</returns>
    private async Task<string?> DoAsync(SkillNode step, IRobot robot, CancellationToken stop)
    {
        var definition = catalogue.Skills[step.Skill];
        var skill = BoundSkill.Of(catalogue, definition, step.Arguments, name => plan.Objects.FirstOrDefault(o => o.Name == name)?.Type);
        var deadline = step.Deadline ?? definition.Deadline ?? plan.Limits.Deadline;
        var last = "";
        for (var number = 1; number <= attempts && !stop.IsCancellationRequested; number++)
        {
            if (world.Evaluate(skill.Pre, robot.Now) == Truth.Unknown) await robot.ObserveAsync(new([.. skill.Pre.Atoms()], robot.Now, 0, LookDeadline), stop);
            var report = await robot.AttemptAsync(new(episode, $"root/{step.Id}", number, number - 1, null, step.Skill, skill.Arguments, deadline, world), stop);
            if (report.Reported == Outcome.Succeeded) return null;
            last = $"{report.Code} {report.Reason}";
        }
        return last;
    }
}
