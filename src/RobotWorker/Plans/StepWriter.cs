using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;
using static RobotWorker.Diagnostics.DocumentWriter;

namespace RobotWorker.Plans;

/// <summary>Writes the tree of steps.</summary>
internal static class StepWriter
{
    /// <param name="derivedId">The id that the reader would give it anyway, and which is not written; null for none.</param>
    public static MappingNode Write(PlanNode node, string? derivedId = null)
    {
        var id = ("id", node.Id == derivedId ? null : (DocumentNode?)Text(node.Id));
        return node switch
        {
            SkillNode n => Mapping([id, .. Skill(n)]),
            SequenceNode n => Mapping(id, ("sequence", Steps(n.Children))),
            FallbackNode n => Mapping(id, ("fallback", Steps(n.Children))),
            ParallelNode n when n.Success == n.Children.Length => Mapping(id, ("parallel", Steps(n.Children))),
            ParallelNode n => Mapping(id, ("parallel", Mapping(("success", Number(n.Success)), ("steps", Steps(n.Children))))),
            IfNode n => Mapping(id, ("if", Mapping(("condition", ConditionWriter.Write(n.Condition)), ("then", Write(n.Then)), ("else", n.Else is null ? null : Write(n.Else))))),
            WhileNode n => Mapping(id, ("while", Mapping(("hold", ConditionWriter.Write(n.Hold)), ("most", n.Most == PlanDefaults.MostTurns ? null : Number(n.Most)), ("do", Write(n.Do))))),
            RepeatNode n => Mapping(id, ("repeat", Mapping(("times", Number(n.Times)), ("do", Write(n.Do))))),
            WaitNode n => Mapping(id, ("wait", Mapping(("for", ConditionWriter.Write(n.For)), ("deadline", Time(n.Deadline))))),
            ForeachNode n => Mapping(id, ("foreach", Foreach(n))),
            CallNode n => Mapping(id, ("call", Mapping(("plan", Text(n.Plan)), ("args", Arguments(n.Arguments))))),
            _ => throw new InvalidOperationException($"no such step: {node.GetType().Name}"),
        };
    }

    private static IEnumerable<(string Name, DocumentNode? Value)> Skill(SkillNode n) =>
    [
        ("skill", Text(n.Skill)), ("args", Arguments(n.Arguments)),
        ("pre", ConditionWriter.WriteList(n.Pre)), ("hold", ConditionWriter.WriteList(n.Hold)), ("post", ConditionWriter.WriteList(n.Post)),
        ("deadline", n.Deadline is { } deadline ? Time(deadline) : null),
        ("timeouts", n.Timeouts is { } t ? Mapping(("accept", Time(t.Accept)), ("progress", Time(t.Progress)), ("cancel", Time(t.Cancel))) : null),
        ("retry", n.Retry is { } r ? Mapping(("attempts", Number(r.Attempts)), ("backoff", r.Backoff == TimeSpan.Zero ? null : Time(r.Backoff)), ("never", PlanWriter.Texts(r.Never))) : null),
        ("on_failure", n.OnFailure is { } f ? Mapping(("ask", Text(f.Ask)), ("options", PlanWriter.Texts(f.Options))) : null),
        ("undo", n.Undo is { } u ? Mapping(("skill", Text(u.Skill)), ("args", Arguments(u.Arguments))) : null),
        ("out", n.Out.IsEmpty ? null : Mapping(n.Out.Select(o => (o.Key, (DocumentNode?)Text(o.Value))))),
    ];

    private static MappingNode Foreach(ForeachNode n) => Mapping(
        ("each", Text(n.Type)), ("as", n.Variable == n.Type ? null : Text(n.Variable)),
        ("where", n.Where is Condition.All { Items.Length: 0 } ? null : ConditionWriter.Write(n.Where)), ("do", Write(n.Do)));

    private static ListNode Steps(ImmutableArray<PlanNode> steps) => List(steps.Select(s => Write(s)));

    // Numbers and truth values are written as what they look like: an argument is text to the plan in any case.
    private static MappingNode? Arguments(ImmutableSortedDictionary<string, string> arguments) => arguments.IsEmpty ? null : Mapping(arguments.Select(a =>
        (a.Key, (DocumentNode?)(new ScalarNode(default, a.Value, false) is var plain && (plain.AsNumber() is not null || plain.IsFlag()) ? plain : Text(a.Value)))));

    private static ScalarNode Time(TimeSpan duration) => Plain(Duration.Write(duration));
}
