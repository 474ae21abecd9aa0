using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.World;

namespace RobotWorker.Planners.Symbolic;

/// <summary>Says in words why there is no plan.</summary>
internal static class WhyNot
{
    /// <summary>What is wrong with the goal itself: unknown names, predicates, types; null when nothing is.</summary>
    public static string? OfGoal(SkillCatalogue catalogue, ImmutableArray<PlanObject> names, Condition goal)
    {
        foreach (var atom in goal.Atoms())
        {
            if (catalogue.Predicates.ByName.GetValueOrDefault(atom.Predicate) is not { } predicate)
                return $"nothing makes {atom} true: there is no predicate '{atom.Predicate}'; {Nearest.Help(atom.Predicate, [.. catalogue.Predicates.ByName.Keys])}";
            if (predicate.Arguments.Length != atom.Arguments.Length)
                return $"nothing makes {atom} true: '{atom.Predicate}' is about {predicate.Arguments.Length} names, not {atom.Arguments.Length}";
            foreach (var (name, type) in atom.Arguments.Zip(predicate.Arguments))
            {
                var known = names.FirstOrDefault(n => n.Name == name);
                if (known is null) return $"nothing makes {atom} true: '{name}' is not known here; {Nearest.Help(name, [.. names.Where(n => catalogue.IsA(n.Type, type)).Select(n => n.Name)])}";
                if (!catalogue.IsA(known.Type, type)) return $"nothing makes {atom} true: '{name}' is a {known.Type}, not a {type}";
            }
        }
        return null;
    }

    /// <summary>The first part of the goal that cannot come true, and what it lacks, down to the first cause.</summary>
    public static string? OfTask(GroundTask task)
    {
        var relaxed = new RelaxedPlan(task);
        relaxed.Propagate(task.Start);
        var part = task.Goal.FirstOrDefault(g => !relaxed.CanHold(g));
        if (part is null) return null;
        var literal = part.Literals().First(l => !relaxed.CanHold(new GroundCondition.Literal(l)));
        var chain = new List<string>();
        var seen = new HashSet<int>();
        while (seen.Add(literal))
        {
            if (FirstLack(task, relaxed, literal) is not var (skill, lack)) return string.Join("; ", chain.Append($"nothing makes {Words(task, literal)} true"));
            chain.Add($"{Words(task, literal)} takes '{Call(skill)}', which needs {Words(task, lack)}");
            literal = lack;
        }
        return string.Join("; ", chain.Append($"nothing makes {Words(task, literal)} true that does not need it before"));
    }

    // The skill that comes nearest: the one with the fewest conditions that can never hold.
    private static (GroundSkill Skill, int Lack)? FirstLack(GroundTask task, RelaxedPlan relaxed, int literal)
    {
        var candidates = new List<(GroundSkill Skill, ImmutableArray<int> Lacks)>();
        foreach (var skill in task.Skills)
        {
            var whens = (literal & 1) == 1
                ? (skill.Deletes.Contains(literal >> 1) ? [ImmutableArray<int>.Empty] : [])
                : skill.Extras.Where(e => e.Adds == literal >> 1).Select(e => e.When).Concat(skill.Adds.Contains(literal >> 1) ? [[]] : []);
            foreach (var when in whens)
                candidates.Add((skill, [.. skill.Pre.Literals().Concat(when.Select(a => 2 * a)).Where(l => !relaxed.CanHold(new GroundCondition.Literal(l)))]));
        }
        var nearest = candidates.Where(c => c.Lacks.Length > 0).OrderBy(c => c.Lacks.Length).FirstOrDefault();
        return nearest.Skill is null ? null : (nearest.Skill, nearest.Lacks[0]);
    }

    private static string Words(GroundTask task, int literal) => ((literal & 1) == 1 ? "not " : "") + task.Atoms[literal >> 1];

    private static string Call(GroundSkill skill) => $"{skill.Definition.Name} {string.Join(", ", skill.Definition.Arguments.Select(a => skill.Arguments[a.Name]))}".Trim();
}
