using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;

namespace RobotWorker.Episodes.Audit;

/// <summary>One transition of an episode, with what the audit remembers from before it and has just heard.</summary>
internal sealed record Moment(Past Past, PlanState Before, Event Happened, PlanState After, ImmutableArray<Command> Commands)
{
    public ExecutionOptions Options => After.Setup.Options;

    public IEnumerable<(StepState Step, Attempt Attempt)> Starts => Commands.OfType<Command.StartAttempt>().Select(c => ((StepState)After.Nodes[c.Step], c.Attempt));

    /// <summary>What runs afterwards.</summary>
    public IEnumerable<StepState> Flights => After.Flights.Keys.Select(number => (StepState)After.Nodes[number]);

    /// <summary>Whether the robot hears the worker and is the worker's.</summary>
    public bool IsInHand => !After.LinkDown && After.Mode.IsOurs();

    /// <summary>The active fault that forbids one of these resources, or everything until a person has come; null when none does.</summary>
    public Fault? Forbidding(IEnumerable<string> resources)
    {
        foreach (var fault in After.Faults.Values)
            if (After.Setup.Faults.NeedsPerson(fault) || resources.Any(resource => After.Setup.Faults.Forbids(fault.Code, resource))) return fault;
        return null;
    }

    /// <summary>The active fault that forbids a step: a resource of it, or its skill.</summary>
    public Fault? Forbidding(StepState step) => Forbidding(step.Bound.Skill is { } skill ? step.Bound.Resources.Add(skill.Name) : step.Bound.Resources);

    /// <summary>How long the cancellation of a step's attempt may take.</summary>
    public TimeSpan CancelTime(StepState step) => step.Bound.Timeouts.Cancel > TimeSpan.Zero ? step.Bound.Timeouts.Cancel : Options.StillDeadline;
}
