using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>
/// Follows the steps by what the catalogue says of them, and warns where a step needs what cannot hold then: to place what was not picked. Nothing is
/// assumed of the world but an empty hand at the start; whatever is not certain is unknown and warns of nothing.
/// </summary>
internal static class DeadEndChecker
{
    private static readonly KnownAtoms Start =
        KnownAtoms.Nothing.With(Atom.Of("empty", "gripper"), true).With(Atom.Of("holding", "robot", "_"), false);

    public static void Check(CheckContext context)
    {
        Follow(context.Plan.Root, Start, context);
        foreach (var sub in context.Plan.Plans.Values) Follow(sub.Root, KnownAtoms.Nothing, context);
    }

    private static KnownAtoms Follow(PlanNode node, KnownAtoms known, CheckContext context)
    {
        switch (node)
        {
            case SkillNode step:
                return FollowSkill(step, known, context);
            case SequenceNode sequence:
                return sequence.Children.Aggregate(known, (k, child) => Follow(child, k, context));
            case IfNode choice:
                WarnOfDecided(choice, known, context);
                return Follow(choice.Then, known, context).Both(choice.Else is null ? known : Follow(choice.Else, known, context));
            case WaitNode:
                return KnownAtoms.Nothing;
            case RepeatNode { Times: 1 } once:
                return Follow(once.Do, known, context);
            default:
                // Which of the children ran, how often and in which order is not known.
                foreach (var child in node.Inner) Follow(child, KnownAtoms.Nothing, context);
                return KnownAtoms.Nothing;
        }
    }

    private static KnownAtoms FollowSkill(SkillNode step, KnownAtoms known, CheckContext context)
    {
        if (context.Bind(step) is not { } bound) return KnownAtoms.Nothing;
        foreach (var atom in bound.Pre.And(step.Pre).Demanded().Where(a => known.IsFalse(a)).Take(1))
            context.Bag.Warn(Codes.DeadEnd, step.Place, $"'{step.Skill}' needs {atom}, which cannot hold here", Help(atom, context));
        // A skill of which the catalogue says nothing may have done anything.
        if (bound.Post == Condition.Always && bound.Effects.IsEmpty) return step.Post.Demanded().Aggregate(KnownAtoms.Nothing, (k, atom) => k.With(atom, true));
        foreach (var gone in bound.Deletes) known = known.With(gone, false);
        // Whether the conditions of an effect hold is not known here: what it may add is no longer certain to be false.
        foreach (var effect in bound.Effects) known = effect.When.IsEmpty ? known.With(effect.Adds, true) : known.Forget(effect.Adds.Predicate);
        return bound.Post.And(step.Post).Demanded().Aggregate(known, (k, atom) => k.With(atom, true));
    }

    /// <summary>What only the robot's own steps turn is as the step before has left it; a person may have skipped that one, so it is a warning.</summary>
    private static void WarnOfDecided(IfNode choice, KnownAtoms known, CheckContext context)
    {
        var truth = Certain.Of(choice.Condition, atom => context.Catalogue.Predicates.ByName.GetValueOrDefault(atom.Predicate)?.ChangedBy == ChangedBy.Robot ? known.Of(atom) : Truth.Unknown);
        if (truth == Truth.Unknown || Certain.Of(choice.Condition) != Truth.Unknown || (truth == Truth.True ? choice.Else : choice.Then) is not { } never) return;
        context.Bag.Warn(Codes.Unreachable, never.Place, $"'{never.Id}' is reached only if a person skips a step: {choice.Condition} is {truth.ToString().ToLowerInvariant()} after the steps before it", "remove it, or ask for what others can turn");
    }

    private static string? Help(Atom atom, CheckContext context)
    {
        ImmutableArray<string> makers = [.. context.Catalogue.Skills.Values.Where(s => s.Post.Demanded().Any(a => a.Predicate == atom.Predicate)).Select(s => s.Name)];
        return makers.IsEmpty ? null : $"{string.Join(" or ", makers.Select(m => $"'{m}'"))} before it would bring that about";
    }
}
