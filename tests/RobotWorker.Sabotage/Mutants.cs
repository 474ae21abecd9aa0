using System.Text.RegularExpressions;

namespace RobotWorker.Sabotage;

/// <summary>Every mutant, made mechanically from the recovery table, the goal's life cycle and <c>guards.txt</c>.</summary>
internal static partial class Mutants
{
    private static readonly string[] Table = [@"\.Tests\.Recovery\."];
    private static readonly string[] Actions = [@"\.Tests\.Ros\.Actions\."];

    // The quick ones first.
    private static readonly string[] Core = [@"\.Tests\.(Execution|Recovery)\.(?!.*(Abandoned|Schedules|Vector))", @"\.RandomScheduleTests$"];

    private static readonly string[] Decisions = ["Skip", "Retry", "Repair", "Resume", "Look", "Ask"];

    public static IReadOnlyList<Mutant> All(string root) => [.. Cells(root), .. Transitions(root), .. Guards(root)];

    /// <summary>Each cell of the table with each decision that is not its own; where it depends on a condition, each side is a cell.</summary>
    private static IEnumerable<Mutant> Cells(string root)
    {
        const string file = "Recovery/RecoveryTable.cs";
        const string call = ": Cell(effect, skill, ready, lookedAgain);";
        var cells = 0;
        foreach (Match arm in Arm().Matches(File.ReadAllText(Path.Combine(root, "src/RobotWorker", file))))
        {
            var (effect, condition) = (arm.Groups["effect"].Value, arm.Groups["condition"].Value);
            (string Side, string Own)[] sides = condition.Length > 0 ? [($" && {condition}", arm.Groups["so"].Value), ($" && !{condition}", arm.Groups["else"].Value)] : [("", arm.Groups["else"].Value)];
            foreach (Match skill in SkillClass().Matches(arm.Groups["classes"].Value))
            {
                foreach (var (side, own) in sides)
                {
                    cells++;
                    foreach (var other in Decisions.Where(d => d != own))
                        yield return new($"cell {effect} {skill.Groups[1].Value}{side}: {own} becomes {other}", "RobotWorker", file, call,
                            $": effect == Effect.{effect} && skill == EffectClass.{skill.Groups[1].Value}{side} ? Decision.{other} {call}", Table);
                }
            }
        }
        if (cells != 22) throw new InvalidDataException($"{cells} cells were found in {file}, and 22 are expected: has the table another form?");
    }

    /// <summary>Each pair of state and event that the life cycle allows, taken out.</summary>
    private static IEnumerable<Mutant> Transitions(string root)
    {
        const string file = "Actions/GoalLifeCycle.cs";
        const string head = "=> (state, happened) switch";
        var arms = Transition().Matches(File.ReadAllText(Path.Combine(root, "src/RobotWorker.Ros", file)));
        if (arms.Count < 15) throw new InvalidDataException($"only {arms.Count} arms were found in {file}: has the life cycle another form?");
        foreach (Match arm in arms)
            foreach (var state in arm.Groups[1].Value.Split(" or "))
                foreach (var happened in arm.Groups[2].Value.Split(" or "))
                    yield return new($"transition {state} {happened}", "RobotWorker.Ros", file, head,
                        $"=> (state, happened) == ({state}, GoalEvent.{happened}) ? throw new IllegalGoalTransitionException(state, happened) : (state, happened) switch", Actions);
    }

    private static IEnumerable<Mutant> Guards(string root)
    {
        var (name, file) = ("", "");
        List<string> find = [], replace = [];
        foreach (var line in File.ReadLines(Path.Combine(root, "tests/RobotWorker.Sabotage/guards.txt")).Append("# end"))
        {
            if (line.StartsWith('#'))
            {
                if (find.Count > 0) yield return new($"guard: {name}", "RobotWorker", file, string.Join('\n', find), string.Join('\n', replace), Core);
                name = line[1..].Trim();
                (find, replace) = ([], []);
            }
            else if (line.StartsWith('@')) file = line[1..].Trim();
            else if (line.StartsWith('-')) find.Add(line.Length > 1 ? line[2..] : "");
            else if (line.StartsWith('+')) replace.Add(line.Length > 1 ? line[2..] : "");
        }
    }

    [GeneratedRegex(@"\(Effect\.(?<effect>\w+), (?<classes>[^)]*)\) => (?:(?<condition>\w+) \? Decision\.(?<so>\w+) : )?Decision\.(?<else>\w+),")]
    private static partial Regex Arm();

    [GeneratedRegex(@"EffectClass\.(\w+)")]
    private static partial Regex SkillClass();

    [GeneratedRegex(@"^        \(([^()]+), ([^()]+)\) => GoalState\.", RegexOptions.Multiline)]
    private static partial Regex Transition();
}
