using System.Collections.Immutable;
using RobotWorker.Skills;

namespace RobotWorker.Planners.Symbolic;

/// <summary>Makes a plan that works shorter and more natural, step by step; it works after each change.</summary>
internal static class Tidying
{
    public static ImmutableArray<GroundSkill> Tidy(GroundTask task, ImmutableArray<GroundSkill> steps) => LookLate(task, Shorten(task, steps));

    /// <summary>Action elimination (Nakhost and Müller 2010, Action Elimination and Plan Neighborhood Graph Search): drop a step and what then cannot start.</summary>
    private static ImmutableArray<GroundSkill> Shorten(GroundTask task, ImmutableArray<GroundSkill> steps)
    {
        for (var i = 0; i < steps.Length;)
        {
            var without = Without(task, steps, i);
            if (task.Reaches(without)) steps = without;
            else i++;
        }
        return steps;
    }

    private static ImmutableArray<GroundSkill> Without(GroundTask task, ImmutableArray<GroundSkill> steps, int dropped)
    {
        var kept = ImmutableArray.CreateBuilder<GroundSkill>();
        var state = task.Start;
        for (var i = 0; i < steps.Length; i++)
        {
            if (i == dropped || !steps[i].CanStart(state)) continue;
            kept.Add(steps[i]);
            state = steps[i].After(state);
        }
        return kept.ToImmutable();
    }

    /// <summary>Looking is best done at the place: steps that only look move as far back as they can.</summary>
    private static ImmutableArray<GroundSkill> LookLate(GroundTask task, ImmutableArray<GroundSkill> steps)
    {
        for (var i = steps.Length - 2; i >= 0; i--)
            for (var k = i; k + 1 < steps.Length && steps[k].Definition.EffectClass == EffectClass.Pure; k++)
            {
                var swapped = steps.SetItem(k, steps[k + 1]).SetItem(k + 1, steps[k]);
                if (!task.Reaches(swapped)) break;
                steps = swapped;
            }
        return steps;
    }
}
