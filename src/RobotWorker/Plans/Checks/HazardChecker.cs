using RobotWorker.Diagnostics;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Plans.Checks;

/// <summary>What is written correctly and cannot go well: contradictions, deadlines, retries, the irreversible in loops, shared parts of the robot.</summary>
internal static class HazardChecker
{
    public static void Check(CheckContext context)
    {
        Visit(context.Plan.Root, context, inLoop: false);
        foreach (var sub in context.Plan.Plans.Values) Visit(sub.Root, context, inLoop: false);
    }

    private static void Visit(PlanNode node, CheckContext context, bool inLoop)
    {
        if (node is SkillNode step && context.Bind(step) is { } bound)
        {
            CheckContradiction(step, bound, context.Bag);
            CheckDeadline(step, bound.Definition, context);
            CheckRetry(step, bound, context);
            if (inLoop && bound.Definition.EffectClass == EffectClass.Irreversible)
                context.Bag.Warn(Codes.RepeatedIrreversible, step.PlaceOf("skill"), $"'{step.Skill}' cannot be undone and stands in a loop", "make sure that each turn finds the world as it must be");
        }
        if (Deadline(node) is var (deadline, place) && deadline > context.Plan.Limits.Deadline)
            context.Bag.Warn(Codes.DeadlineBeyondPlan, place, $"it may take {Duration.Write(deadline)}", $"the whole plan has {Duration.Write(context.Plan.Limits.Deadline)}");
        if (node is ParallelNode parallel) CheckResources(parallel, context);
        foreach (var child in node.Inner) Visit(child, context, inLoop || node is WhileNode or RepeatNode);
    }

    private static (TimeSpan Deadline, Place Place)? Deadline(PlanNode node) => node switch
    {
        SkillNode { Deadline: { } given } step => (given, step.PlaceOf("deadline")),
        WaitNode wait => (wait.Deadline, wait.PlaceOf("wait.deadline")),
        _ => null,
    };

    /// <summary>A step may add to the catalogue's conditions; one that demands an atom and its opposite never holds.</summary>
    private static void CheckContradiction(SkillNode step, BoundSkill bound, DiagnosticBag bag)
    {
        foreach (var (name, catalogue, own) in new[] { ("pre", bound.Pre, step.Pre), ("hold", bound.Hold, step.Hold), ("post", bound.Post, step.Post) })
        {
            var demanded = catalogue.Demanded().Concat(own.Demanded()).ToHashSet();
            var forbidden = catalogue.Forbidden().Concat(own.Forbidden()).ToHashSet();
            foreach (var atom in own.Walk().Where(a => demanded.Contains(a) && forbidden.Contains(a)).Take(1))
                bag.Error(Codes.Contradiction, atom.Place, $"'{name}' of this step asks for {atom} and for its opposite", $"skill '{step.Skill}' brings its own conditions; a step can only add to them");
        }
    }

    /// <summary>Where the catalogue has no deadline for a skill, only the plan can say how long it may take.</summary>
    private static void CheckDeadline(SkillNode step, SkillDefinition skill, CheckContext context)
    {
        if (step.Deadline is null && skill.Deadline is null)
            context.Bag.Error(Codes.NoDeadline, step.Place, $"a step of '{skill.Name}' needs a deadline: how long it takes only the plan can say", "write 'deadline: 60s'");
        if (step.Undo is { } undo && context.Catalogue.Skills.TryGetValue(undo.Skill, out var undoes) && undoes.Deadline is null)
            context.Bag.Error(Codes.NoDeadline, step.PlaceOf("undo.skill"), $"'{undoes.Name}' has no deadline of its own, and an 'undo' cannot give one", "undo with another skill");
    }

    private static void CheckRetry(SkillNode step, BoundSkill bound, CheckContext context)
    {
        if ((step.Retry ?? bound.Definition.Retry).Attempts > 1 && bound.Definition.EffectClass == EffectClass.Irreversible
            && bound.Post.And(step.Post) == Condition.Always && bound.NotStarted == ConditionAtoms.Never)
        {
            context.Bag.Error(
                Codes.UnverifiedRetry, step.PlaceOf("retry"), $"'{step.Skill}' cannot be undone, and nothing would show whether the attempt before it took effect",
                "give the step a 'post' that shows it, or leave 'retry' out");
            return;
        }
        if (step.Retry is not { } retry) return;
        if (retry.Attempts == 1 && (retry.Backoff > TimeSpan.Zero || retry.Never.Length > 0))
            context.Bag.Warn(Codes.UselessRetry, step.PlaceOf("retry"), "one attempt is no retry: 'backoff' and 'never' have no effect", "attempts count the first one");
        if (retry.Attempts > 1 && bound.Definition.EffectClass == EffectClass.Irreversible)
            context.Bag.Warn(Codes.UselessRetry, step.PlaceOf("retry"), $"'{step.Skill}' cannot be undone: it is tried again only where it is seen not to have started");
        if (retry.Backoff >= context.Plan.Limits.Deadline)
            context.Bag.Warn(Codes.UselessRetry, step.PlaceOf("retry.backoff"), "the plan is over before the second attempt", $"the whole plan has {Duration.Write(context.Plan.Limits.Deadline)}");
    }

    private static void CheckResources(ParallelNode parallel, CheckContext context)
    {
        var takers = new SortedDictionary<string, PlanNode>(StringComparer.Ordinal);
        foreach (var child in parallel.Children)
            foreach (var taken in Resources(child, context).Distinct().Order(StringComparer.Ordinal).Where(r => !takers.TryAdd(r, child)).GroupBy(r => takers[r]))
                context.Bag.Error(
                    Codes.SharedResource, child.Place, $"'{taken.Key.Id}' and '{child.Id}' both need the {string.Join(" and the ", taken)}",
                    "in parallel one would wait for the other, in an order that nobody has chosen: write a sequence");
    }

    private static IEnumerable<string> Resources(PlanNode node, CheckContext context) => CallGraph.Reach(node, context.Plan).OfType<SkillNode>()
        .SelectMany(step => new[] { step.Skill, step.Undo?.Skill }).OfType<string>()
        .SelectMany(name => context.Catalogue.Skills.TryGetValue(name, out var skill) ? skill.Resources : []);
}
