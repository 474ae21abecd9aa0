using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Faults;

/// <summary>Checks the names in a catalogue's entries. One that is mistyped would forbid nothing, doubt nothing or excuse nothing, and nobody would see it.</summary>
internal static class FaultNameChecker
{
    /// <param name="faults">The whole catalogue that comes of the entries.</param>
    public static void CheckFollows(IReadOnlyCollection<DocumentField> entries, ImmutableSortedDictionary<string, FaultDefinition> faults, DiagnosticBag bag)
    {
        HashSet<string> codes = [.. faults.Keys, .. entries.Select(e => e.Name)];    // an entry that could not be read is there all the same
        foreach (var (entry, cause) in Names(entries, "follows"))
        {
            if (!codes.Contains(cause.Text))
                bag.Error(Codes.UnknownFault, cause.Place, $"'{entry}' follows '{cause.Text}', which is no fault of the catalogue", Nearest.Help(cause.Text, codes));
            // Each would wait for the other to be over before a person is called, and none would ever be confirmed.
            else if (Leads(cause.Text, entry, faults))
                bag.Error(
                    Codes.FaultFollowsItself, cause.Place, cause.Text == entry ? $"'{entry}' follows itself" : $"'{entry}' follows '{cause.Text}', and '{cause.Text}' follows '{entry}', directly or through others",
                    "leave out the one that is no consequence of the other");
        }
    }

    /// <param name="skills">What there is to forbid and to doubt.</param>
    public static void CheckEffects(IReadOnlyCollection<DocumentField> entries, SkillCatalogue skills, DiagnosticBag bag)
    {
        HashSet<string> parts = [.. skills.Skills.Values.SelectMany(s => s.Resources), .. skills.Skills.Keys];
        foreach (var (entry, name) in Names(entries, "forbids").Where(n => !parts.Contains(n.Name.Text)))
            bag.Error(Codes.UnknownSkill, name.Place, $"'{entry}' forbids '{name.Text}', which is no part of the robot and no skill", Nearest.Help(name.Text, parts));
        foreach (var (entry, name) in Names(entries, "doubts").Where(n => !skills.Predicates.ByName.ContainsKey(n.Name.Text)))
            bag.Error(Codes.UnknownPredicate, name.Place, $"'{entry}' doubts '{name.Text}', which is no predicate", Nearest.Help(name.Text, [.. skills.Predicates.ByName.Keys]));
    }

    private static IEnumerable<(string Entry, ScalarNode Name)> Names(IEnumerable<DocumentField> entries, string field) =>
        from entry in entries
        from name in ((entry.Value as MappingNode)?[field] as ListNode)?.Items.OfType<ScalarNode>() ?? []
        select (entry.Name, name);

    /// <summary>Whether a fault is another, or follows it through however many.</summary>
    private static bool Leads(string code, string to, ImmutableSortedDictionary<string, FaultDefinition> faults)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([code]));
        while (open.TryPop(out var next))
        {
            if (next == to) return true;
            if (!seen.Add(next) || !faults.TryGetValue(next, out var fault)) continue;
            foreach (var cause in fault.Follows) open.Push(cause);
        }
        return false;
    }
}
