using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Whether twins are where they are said to be, in this set and in those beside it: each has the role, the seed and the onset that it must have, and points back.</summary>
internal static class TwinCheck
{
    public static void Check(string folder, EpisodeTable table, Findings findings)
    {
        if (TwinTable.Of(table, findings) is not { } own) return;
        table.Each(TwinTable.Role, e => own.RoleOf(e) is "" || TwinTable.Roles.Contains(own.RoleOf(e)) ? null : $"is \"{own.RoleOf(e)}\", must be {string.Join(", ", TwinTable.Roles)}, or empty", findings);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var beside = new Dictionary<string, TwinTable?>(StringComparer.Ordinal);
        foreach (var role in TwinTable.Roles)
            table.Each(TwinTable.IndexOf(role), e => own.Index(role, e) is not { } index ? null : Misplaced(e, role, index) ?? Unanswered(e, role, (int)index), findings);

        string? Misplaced(int episode, string role, double index)
        {
            if (own.RoleOf(episode) is "") return $"is {index}, but the episode is in no pair: its {TwinTable.Role} is empty";
            if (own.RoleOf(episode) == role) return $"is {index}, but the episode is the {role} one itself: it must be empty";
            if (own.Set(role, episode) is not "" and var set && (set is "." or ".." || Path.GetFileName(set) != set)) return $"is in \"{set}\", must be the name of a folder beside this one, or empty";
            if (Where(own.Set(role, episode)) is not { } there) return null;
            if (index != Math.Floor(index) || index < 0 || index >= there.Rows) return $"is {index}, must be from 0 to {there.Rows - 1}: there are {there.Rows} episodes";
            var twin = (int)index;
            if (there.RoleOf(twin) != role) return $"is {index}, which is \"{there.RoleOf(twin)}\", must be {role}";
            if (there.Seed(twin) != own.Seed(episode)) return $"is {index}, which has the seed {there.Seed(twin)}, must have {own.Seed(episode)}: twins are of one world";
            if (there.Onset(twin) != own.Onset(episode)) return $"is {index}, of which the onset is {there.Onset(twin)} s, must be {own.Onset(episode)} s: twins have one in common";
            return null;
        }

        // One that points elsewhere is told of in its own row, where that is in this set.
        string? Unanswered(int episode, string role, int twin)
        {
            var (set, back) = (own.Set(role, episode), own.RoleOf(episode));
            if (Where(set) is not { } there) return null;
            var (answer, answersIn, here) = (there.Index(back, twin), there.Set(back, twin), set.Length == 0 ? "" : name);
            if (answer == episode && answersIn == here) return null;
            if (set.Length == 0 && answer is { } other && Misplaced(twin, back, other) is not null) return null;
            return $"is {twin}, whose {TwinTable.IndexOf(back)} is {(answer is { } number ? $"{number}" : "empty")}, must point back to {episode}{(answersIn == here ? "" : $" of the set '{here}', and names '{answersIn}': sets keep the names that they were made with")}";
        }

        TwinTable? Where(string set)
        {
            if (set.Length == 0) return own;
            if (beside.TryGetValue(set, out var known)) return known;
            var other = Path.Combine(Path.GetFullPath(folder), "..", set);
            if (!Directory.Exists(other))
            {
                findings.Warn(EpisodeTable.Name, "", $"not checked: twins in the set '{set}', which is not beside this one");
                return beside[set] = null;
            }
            var problems = new Findings();
            using var episodes = EpisodeTable.Open(other, problems);
            if (episodes is null || TwinTable.Of(episodes, problems) is not { } twins)
            {
                findings.Error(EpisodeTable.Name, "", $"names twins in the set '{set}' beside this one, which has none that can be read; `dataset check {other}` says more");
                return beside[set] = null;
            }
            return beside[set] = twins;
        }
    }
}

/// <summary>What the table of episodes says of twins.</summary>
internal sealed class TwinTable
{
    public const string Role = "pair_role";

    private readonly string?[] roles;
    private readonly double?[]? seeds, onsets;
    private readonly ImmutableDictionary<string, (double?[]? Index, string?[]? Set)> twins;

    private TwinTable(EpisodeTable table, string?[] roles, Findings findings)
    {
        (this.roles, Rows) = (roles, table.Rows);
        (seeds, onsets) = (table.OptionalNumbers("seed", findings), table.OptionalNumbers("pair_onset_s", findings));
        twins = Roles.ToImmutableDictionary(r => r, r => (table.OptionalNumbers(IndexOf(r), findings), table.OptionalTexts($"{r}_twin_set", findings)));
    }

    public static ImmutableArray<string> Roles { get; } = ["faulted", "fault_free", "no_recovery"];

    public int Rows { get; }

    /// <returns>Null where the set has no pairs.</returns>
    public static TwinTable? Of(EpisodeTable table, Findings findings) => table.OptionalTexts(Role, findings) is { } roles ? new(table, roles, findings) : null;

    public static string IndexOf(string role) => $"{role}_twin_index";

    public string RoleOf(int episode) => roles[episode] ?? "";

    public double? Seed(int episode) => seeds?[episode];

    public double? Onset(int episode) => onsets?[episode];

    public double? Index(string role, int episode) => twins.GetValueOrDefault(role).Index?[episode];

    public string Set(string role, int episode) => twins.GetValueOrDefault(role).Set?[episode] ?? "";
}
