using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Skills;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Plans;

/// <summary>Whatever a file holds, the reader answers with diagnostics, never with an exception.</summary>
public sealed class PlanFuzzTests
{
    private const int Rounds = 3000;

    private static readonly string[] Splinters = ["{", "}", "[", "]", ": ", "- ", "\t", "\"", "'", "|\n", ">\n", "&a ", "*a", "!!x ", "? ", "%YAML 9.9\n", "---\n", "...\n", "\0", "\uFEFF", "#", ",", "root:", "\n  ", "\uD800", "$", "~"];

    private static IEnumerable<string> Seeds() =>
        Directory.EnumerateFiles(Repository.PathOf("sim/tasks")).Concat(Directory.EnumerateFiles(Repository.PathOf("tests/RobotWorker.Tests/Corpus/plans")))
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    [Test]
    public void ReadAndCheck_MutatedPlans_NeverThrow()
    {
        var seeds = Seeds().ToList();
        var chance = RandomStream.For(20, "fuzz", "plans");
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(seeds[round % 3 == 0 ? 0 : chance.NextInt(seeds.Count)], chance);
            var bag = new DiagnosticBag();
            try
            {
                if (PlanReader.Read(text, "fuzz.yaml", bag, _ => text) is { } plan)
                {
                    accepted++;
                    PlanChecker.Check(plan, SkillCatalogueReader.BuiltIn, [], bag);
                    PlanWriter.Write(plan);
                }
                else Assert.That(bag.HasErrors);
            }
            catch (Exception e) when (e is not AssertionException)
            {
                Assert.Fail($"{e}\n--- in round {round}:\n{text}");
            }
        }
        Assert.That(accepted, Is.InRange(Rounds / 50, Rounds - (Rounds / 10)), "the mutations are too wild, or too tame, to test anything");
    }

    private static string Mutate(string text, RandomStream chance)
    {
        for (var i = 1 + chance.NextInt(3); i > 0; i--) text = MutateOnce(text, chance);
        return text;
    }

    private static string MutateOnce(string text, RandomStream chance)
    {
        var lines = text.Split('\n').ToList();
        var line = chance.NextInt(lines.Count);
        var at = chance.NextInt(text.Length + 1);
        switch (chance.NextInt(6))
        {
            case 0:
                lines.RemoveAt(line);
                return string.Join('\n', lines);
            case 1:
                lines.Insert(chance.NextInt(lines.Count), lines[line]);
                return string.Join('\n', lines);
            case 2:
                lines[line] = lines[chance.NextInt(lines.Count)];
                return string.Join('\n', lines);
            case 3:
                return text[..at];
            case 4:
                return text.Insert(at, Splinters[chance.NextInt(Splinters.Length)]);
            default:
                return text.Remove(at, Math.Min(1 + chance.NextInt(4), text.Length - at));
        }
    }
}
