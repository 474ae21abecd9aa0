namespace RobotWorker.Planners.Symbolic;

/// <summary>Ids that read like what the step does: <c>go_to_table_side</c>, <c>pick_cup_red</c>, <c>place_cup_red_shelf</c>.</summary>
internal static class StepNames
{
    public static IEnumerable<(string Id, GroundSkill Step)> Name(IEnumerable<GroundSkill> steps)
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            var name = Name(step);
            var id = name;
            for (var n = 2; !taken.Add(id); n++) id = $"{name}_{n}";
            yield return (id, step);
        }
    }

    private static string Name(GroundSkill step)
    {
        var verb = step.Definition.Name == "navigate_to" ? "go_to" : step.Definition.Name;
        return string.Join('_', step.Definition.Arguments.Where(a => step.Arguments[a.Name] != a.Default).Select(a => step.Arguments[a.Name]).Prepend(verb));
    }
}
