using System.Collections.Immutable;

namespace RobotWorker.Faults;

/// <summary>Rules that stand once for several joints of an arm: <see cref="Joint"/> in their signals' names is the joint's name.</summary>
internal static class JointRules
{
    /// <summary>What stands for a joint's name in a signal's.</summary>
    public const string Joint = "{joint}";

    /// <summary>The rules that a rule is for an arm with these joints, from the base outwards. Joints that it has not are left out.</summary>
    public static IEnumerable<DetectorRule> For(DetectorRule rule, ImmutableArray<string> arm) => rule is not DetectorRule.PerJoint each
        ? [rule]
        : (each.Joints.IsEmpty ? arm : each.Joints.Where(number => number <= arm.Length).Select(number => arm[number - 1])).Select(joint => Of(each.Rule, joint));

    /// <summary>The names of all signals that a rule looks at, its guards' too.</summary>
    public static IEnumerable<string> Signals(DetectorRule rule) => rule switch
    {
        DetectorRule.OutOfBounds bounds => [bounds.Signal, .. Of(bounds.Limit), .. Of(bounds.Clear), .. bounds.When.Select(g => g.Signal)],
        DetectorRule.Detected detected => [.. detected.Signals, .. detected.When.Select(g => g.Signal)],
        DetectorRule.Silent silent => [silent.Signal, .. silent.When.Select(g => g.Signal)],
        DetectorRule.PerJoint each => Signals(each.Rule),
        _ => throw new InvalidOperationException($"no such rule: {rule.GetType().Name}"),
    };

    private static DetectorRule Of(DetectorRule rule, string joint) => rule switch
    {
        DetectorRule.OutOfBounds bounds => bounds with { Signal = Of(bounds.Signal, joint), Limit = Of(bounds.Limit, joint), Clear = Of(bounds.Clear, joint), When = Of(bounds.When, joint) },
        DetectorRule.Detected detected => detected with { Signals = [.. detected.Signals.Select(s => Of(s, joint))], When = Of(detected.When, joint) },
        DetectorRule.Silent silent => silent with { Signal = Of(silent.Signal, joint), When = Of(silent.When, joint) },
        _ => throw new InvalidOperationException($"no rule that can be one joint's: {rule.GetType().Name}"),
    };

    private static string Of(string signal, string joint) => signal.Replace(Joint, joint, StringComparison.Ordinal);

    private static Level Of(Level level, string joint) => level.Of is { } other ? level with { Of = Of(other, joint) } : level;

    private static ImmutableArray<Guard> Of(ImmutableArray<Guard> guards, string joint) => [.. guards.Select(g => g with { Signal = Of(g.Signal, joint) })];

    private static IEnumerable<string> Of(Level level) => level.Of is { } other ? [other] : [];
}
