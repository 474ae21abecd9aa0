using System.Collections.Immutable;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Puts values in for names when a node is opened.</summary>
internal static class Binding
{
    private static readonly StepTimeouts NoTimeouts = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public static BoundStep Step(Transition t, SkillNode node, Scope scope)
    {
        if (!t.Setup.Skills.Skills.TryGetValue(node.Skill, out var definition))
            return Unrunnable(node, $"the robot has no skill '{node.Skill}'");
        var values = Values(t, scope);
        var given = Arguments(node.Arguments, values);
        var skill = BoundSkill.Of(t.Setup.Skills, definition, given, name => TypeOf(t, name));
        var open = skill.Arguments.FirstOrDefault(a => a.Value.StartsWith('$')).Value ?? Missing(definition, skill.Arguments);
        // The checker lets no plan pass whose motion has no deadline.
        if ((node.Deadline ?? definition.Deadline) is not { } deadline) return Unrunnable(node, $"'{node.Skill}' needs a deadline");
        return new(
            definition, skill.Arguments, Joined(skill.Pre, node.Pre, values), Joined(skill.Hold, node.Hold, values), Joined(skill.Post, node.Post, values),
            skill.NotStarted, skill.Partial, skill.Stages, skill.Deletes, node.Timeouts ?? definition.Timeouts, deadline,
            node.Retry ?? definition.Retry, open is null ? null : $"'{open}' has no value");
    }

    public static Condition Condition(Transition t, Condition condition, Scope scope) =>
        condition == World.Condition.Always ? condition : condition.Substitute(Values(t, scope));

    public static ImmutableSortedDictionary<string, string> Arguments(
        ImmutableSortedDictionary<string, string> written, ImmutableSortedDictionary<string, string> values)
    {
        var resolved = written;
        foreach (var (name, value) in written)
            if (value.StartsWith('$')) resolved = resolved.SetItem(name, ConditionAtoms.Value(value, values));
        return resolved;
    }

    /// <summary>What the names mean here: outputs of the call's steps, hidden by parameters and loop variables.</summary>
    public static ImmutableSortedDictionary<string, string> Values(Transition t, Scope scope)
    {
        var values = scope.Values;
        var prefix = OutputKey(scope.Frame, "");
        foreach (var (key, value) in t.Outputs)
            if (key.StartsWith(prefix, StringComparison.Ordinal) && !values.ContainsKey(key[prefix.Length..])) values = values.Add(key[prefix.Length..], value);
        return values;
    }

    public static string OutputKey(int frame, string name) => $"{frame}${name}";

    private static Condition Joined(Condition catalogue, Condition step, ImmutableSortedDictionary<string, string> values) =>
        step == World.Condition.Always ? catalogue : catalogue.And(step.Substitute(values));

    private static string? TypeOf(Transition t, string name)
    {
        foreach (var known in t.Plan.Objects)
            if (known.Name == name) return known.Type;
        return null;
    }

    private static string? Missing(SkillDefinition skill, ImmutableSortedDictionary<string, string> arguments) =>
        skill.Arguments.FirstOrDefault(a => !arguments.ContainsKey(a.Name))?.Name;

    private static BoundStep Unrunnable(SkillNode node, string why) =>
        new(null, node.Arguments, World.Condition.Always, World.Condition.Always, World.Condition.Always, ConditionAtoms.Never, ConditionAtoms.Never,
            [], [], NoTimeouts, TimeSpan.Zero, new(1, TimeSpan.Zero, []), why);
}
