using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>Each kind of step.</summary>
internal sealed partial class StepReader
{
    private static readonly PlanNode Nothing = new SequenceNode("", [], default);

    // {skill: pick, args: {...}, pre, hold, post, deadline, timeouts, retry, on_failure, undo, out}
    private SkillNode ReadSkill(FieldReader fields, string id) => new(
        id, fields.Name("skill"), ReadArguments(fields),
        ConditionReader.Optional(fields, "pre"), ConditionReader.Optional(fields, "hold"), ConditionReader.Optional(fields, "post"),
        fields.OptionalDuration("deadline", PolicyReader.Shortest), PolicyReader.Timeouts(fields), PolicyReader.Retry(fields), PolicyReader.OnFailure(fields),
        ReadUndo(fields), ReadOut(fields), fields.Place);

    // {parallel: [...]}: all must succeed; or {parallel: {success: 2, steps: [...]}}
    private ParallelNode ReadParallel(FieldReader fields, string id)
    {
        if (fields.Node("parallel") is ListNode list)
        {
            var all = AtLeastOne(ReadChildren(list.Items), fields, "parallel");
            return new(id, all.Length, all, fields.Place);
        }
        if (fields.Fields("parallel", "'parallel'") is not { } inner) return new(id, 0, [], fields.Place);
        var children = AtLeastOne(ReadChildren(inner.List("steps")), inner, "steps");
        var success = inner.OptionalInteger("success", 1, Math.Max(1, children.Length)) ?? children.Length;
        inner.End();
        return new(id, success, children, fields.Place);
    }

    // {if: {condition, then, else}}
    private IfNode ReadIf(FieldReader fields, string id)
    {
        if (fields.Fields("if", "'if'") is not { } inner) return new(id, Condition.Always, Nothing, null, fields.Place);
        var condition = ConditionReader.Required(inner, "condition");
        var branches = ReadChildren([.. new[] { inner.Node("then"), inner.OptionalNode("else") }.OfType<DocumentNode>()]);
        inner.End();
        return branches.IsEmpty
            ? new(id, condition, Nothing, null, fields.Place)
            : new(id, condition, branches[0], branches.Length > 1 ? branches[1] : null, fields.Place);
    }

    // {while: {hold, do, most: 1000}}
    private WhileNode ReadWhile(FieldReader fields, string id)
    {
        if (fields.Fields("while", "'while'") is not { } inner) return new(id, Condition.Always, Nothing, 0, fields.Place);
        var node = new WhileNode(
            id, ConditionReader.Required(inner, "hold"), Read(inner.Node("do")), inner.OptionalInteger("most", 1, MostTurns) ?? PlanDefaults.MostTurns, fields.Place);
        inner.End();
        return node;
    }

    // {repeat: {times: 3, do}}
    private RepeatNode ReadRepeat(FieldReader fields, string id)
    {
        if (fields.Fields("repeat", "'repeat'") is not { } inner) return new(id, 0, Nothing, fields.Place);
        var node = new RepeatNode(id, inner.Integer("times", 1, MostTurns), Read(inner.Node("do")), fields.Place);
        inner.End();
        return node;
    }

    // {wait: {for, deadline}}
    private static WaitNode ReadWait(FieldReader fields, string id)
    {
        if (fields.Fields("wait", "'wait'") is not { } inner) return new(id, Condition.Always, TimeSpan.Zero, fields.Place);
        var node = new WaitNode(id, ConditionReader.Required(inner, "for"), inner.Duration("deadline", PolicyReader.Shortest), fields.Place);
        inner.End();
        return node;
    }

    // {foreach: {each: cup, where, do}}: each is the type and, unless 'as' names it, the variable. In 'where' the variable may stand without its '$'.
    private ForeachNode ReadForeach(FieldReader fields, string id)
    {
        if (fields.Fields("foreach", "'foreach'") is not { } inner) return new(id, "", "", Condition.Always, Nothing, fields.Place);
        var type = inner.Name("each");
        var variable = inner.OptionalName("as") ?? type;
        var bare = ImmutableDictionary<string, string>.Empty.Add(variable, "$" + variable);
        var node = new ForeachNode(id, variable, type, Rename(ConditionReader.Optional(inner, "where"), bare), Read(inner.Node("do")), fields.Place);
        inner.End();
        return node;
    }

    // {call: {plan: fetch, args}}, or {call: {plan: other.yaml#fetch, args}} of another file
    private CallNode ReadCall(FieldReader fields, string id)
    {
        if (fields.Fields("call", "'call'") is not { } inner) return new(id, "", ImmutableSortedDictionary<string, string>.Empty, fields.Place);
        var node = new CallNode(id, Qualify(inner.Text("plan")), ReadArguments(inner), fields.Place);
        inner.End();
        return node;
    }

    private ImmutableSortedDictionary<string, string> ReadArguments(FieldReader fields)
    {
        var arguments = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, place, value) in fields.OptionalEntries("args"))
        {
            FieldReader.ToName(name, place, bag);
            if (value is ScalarNode scalar && !scalar.IsNothing()) arguments[name] = scalar.Text;
            else bag.Error(Codes.WrongKind, value.Place, $"argument '{name}' is a name, a number, text, true or false, not {value.Describe()}");
        }
        return arguments.ToImmutable();
    }

    private UndoSkill? ReadUndo(FieldReader step)
    {
        if (step.OptionalFields("undo", "'undo'") is not { } fields) return null;
        var undo = new UndoSkill(fields.Name("skill"), ReadArguments(fields));
        fields.End();
        return undo;
    }

    // {out: {pose: seen}}: the skill's output 'pose' goes on as $seen.
    private ImmutableSortedDictionary<string, string> ReadOut(FieldReader step)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, place, value) in step.OptionalEntries("out"))
        {
            FieldReader.ToName(name, place, bag);
            if (value is ScalarNode scalar && scalar.IsText() && FieldReader.IsName(scalar.Text)) variables[name] = scalar.Text;
            else bag.Error(Codes.NotAName, value.Place, $"output '{name}' goes to the name of a variable, not {value.Describe()}", "write it without '$' here");
        }
        return variables.ToImmutable();
    }

    private static Condition Rename(Condition condition, ImmutableDictionary<string, string> names) => condition switch
    {
        Condition.Holds(var atom) => new Condition.Holds(atom with { Arguments = [.. atom.Arguments.Select(a => names.GetValueOrDefault(a, a))] }),
        Condition.Not(var inner) => new Condition.Not(Rename(inner, names)),
        Condition.All(var items) => new Condition.All([.. items.Select(i => Rename(i, names))]),
        Condition.Any(var items) => new Condition.Any([.. items.Select(i => Rename(i, names))]),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };
}
