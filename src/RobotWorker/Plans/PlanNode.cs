using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>A node of a plan's tree. Ids are unique among siblings; a path of ids names a node.</summary>
public abstract record PlanNode(string Id, Place Place)
{
    /// <summary>Where the fields of the node stand in its document, for messages: "deadline", "args.object", "do".</summary>
    public ImmutableSortedDictionary<string, Place> Places { get; init; } = ImmutableSortedDictionary<string, Place>.Empty;

    /// <summary>Where a field stands; where the node does, if that is not known.</summary>
    public Place PlaceOf(string field) => Places.TryGetValue(field, out var place) ? place : Place;

    /// <summary>The children in order.</summary>
    public ImmutableArray<PlanNode> Inner => this switch
    {
        SequenceNode n => n.Children,
        FallbackNode n => n.Children,
        ParallelNode n => n.Children,
        IfNode { Else: { } other } n => [n.Then, other],
        IfNode n => [n.Then],
        ForeachNode n => [n.Do],
        RepeatNode n => [n.Do],
        WhileNode n => [n.Do],
        _ => [],
    };
}

/// <summary>A step: one skill with its arguments and what surrounds it. Conditions here tighten the catalogue's, never loosen them.</summary>
/// <param name="Arguments">As written, by name; <c>$name</c> refers to a parameter, an iteration variable or an output.</param>
/// <param name="Out">Output name to variable name.</param>
public sealed record SkillNode(
    string Id, string Skill, ImmutableSortedDictionary<string, string> Arguments, Condition Pre, Condition Hold, Condition Post,
    TimeSpan? Deadline, StepTimeouts? Timeouts, RetryPolicy? Retry, OnFailure? OnFailure, UndoSkill? Undo,
    ImmutableSortedDictionary<string, string> Out, Place Place) : PlanNode(Id, Place);

/// <summary>Runs its children in order; the first that fails speaks for all.</summary>
public sealed record SequenceNode(string Id, ImmutableArray<PlanNode> Children, Place Place) : PlanNode(Id, Place);

/// <summary>Runs its children in order until one succeeds.</summary>
public sealed record FallbackNode(string Id, ImmutableArray<PlanNode> Children, Place Place) : PlanNode(Id, Place);

/// <param name="Success">How many children must succeed.</param>
public sealed record ParallelNode(string Id, int Success, ImmutableArray<PlanNode> Children, Place Place) : PlanNode(Id, Place);

/// <summary>Runs one of two branches, chosen once; what nobody can see is a failure, not "else".</summary>
public sealed record IfNode(string Id, Condition Condition, PlanNode Then, PlanNode? Else, Place Place) : PlanNode(Id, Place);

/// <summary>Over the objects of a type for which the condition is believed true when it starts, in the plan's order of objects.</summary>
public sealed record ForeachNode(string Id, string Variable, string Type, Condition Where, PlanNode Do, Place Place) : PlanNode(Id, Place);

/// <summary>Runs its child so many times, each after the success of the one before.</summary>
public sealed record RepeatNode(string Id, int Times, PlanNode Do, Place Place) : PlanNode(Id, Place);

/// <summary>Runs its child again and again while the condition holds; ends well when it turns false.</summary>
public sealed record WhileNode(string Id, Condition Hold, PlanNode Do, int Most, Place Place) : PlanNode(Id, Place);

/// <summary>Ends well when the condition is true, and fails at the deadline.</summary>
public sealed record WaitNode(string Id, Condition For, TimeSpan Deadline, Place Place) : PlanNode(Id, Place);

/// <summary>Runs one of the plan's own plans with arguments for its parameters.</summary>
public sealed record CallNode(string Id, string Plan, ImmutableSortedDictionary<string, string> Arguments, Place Place) : PlanNode(Id, Place);

/// <param name="Progress">Longest time without progress as the skill's binding defines it.</param>
public sealed record StepTimeouts(TimeSpan Accept, TimeSpan Progress, TimeSpan Cancel);

/// <param name="Attempts">Most attempts, the first included.</param>
/// <param name="Never">Error codes after which it is not tried again.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan Backoff, ImmutableArray<string> Never);

/// <summary>The question to a person when nothing else is left, and the answers that can be acted on.</summary>
public sealed record OnFailure(string Ask, ImmutableArray<string> Options);

/// <summary>What is run when a step is given up half done.</summary>
public sealed record UndoSkill(string Skill, ImmutableSortedDictionary<string, string> Arguments);
