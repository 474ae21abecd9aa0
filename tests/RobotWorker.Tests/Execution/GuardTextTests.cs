using RobotWorker.Testing;

namespace RobotWorker.Tests.Execution;

/// <summary>The list that the deliberate sabotage works by names code by its text: one that moved is found here, and not only when the sabotage is run.</summary>
public sealed class GuardTextTests
{
    [Test]
    public void EveryGuard_StandsOnceInItsFile()
    {
        var (name, file) = ("", "");
        List<string> text = [];
        List<string> astray = [];
        foreach (var line in File.ReadLines(Repository.PathOf("tests/RobotWorker.Sabotage/guards.txt")).Append("# end"))
        {
            if (line.StartsWith('@')) file = line[1..].Trim();
            else if (line.StartsWith('-')) text.Add(line.Length > 1 ? line[2..] : "");
            else if (line.StartsWith('#'))
            {
                if (text.Count > 0 && Count(file, string.Join('\n', text)) is not 1 and var times) astray.Add($"{name}: {times} times in {file}");
                (name, text) = (line[1..].Trim(), []);
            }
        }

        Assert.That(astray, Is.Empty);
    }

    private static int Count(string file, string text) =>
        File.ReadAllText(Repository.PathOf($"src/RobotWorker/{file}")).Split(text).Length - 1;
}
