using System.Diagnostics;
using System.Text.RegularExpressions;
using RobotWorker.Sabotage;

// Deliberate sabotage: the rules of safe retry are taken out one at a time, and a test must notice. docs/safe-retry.md says how it is run and what it says.
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "RobotWorker.sln"))) root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("RobotWorker.sln is in no folder above");
var work = Path.Combine(root, "artifacts", "sabotage");
var all = Mutants.All(root);
if (args is ["--host", var from, var pattern]) return Host(int.Parse(from), pattern);
if (args is not ([] or ["--list"] or ["--only", _]))
{
    Console.Error.WriteLine("usage: RobotWorker.Sabotage [--list | --only REGEX]");
    return 2;
}
var only = args is ["--only", var given] ? given : "";
if (args is ["--list"])
{
    foreach (var mutant in all) Console.Out.WriteLine(mutant.Name);
    return 0;
}
try
{
    return Run();
}
catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

int Run()
{
    var survivors = Survivors();
    var unknown = survivors.Keys.Except(all.Select(m => m.Name)).ToList();
    if (unknown.Count > 0) throw new InvalidDataException($"survivors.txt names what is no mutant (any more):\n{string.Join('\n', unknown)}");
    Prepare();
    var (killed, reviewed, survived) = (0, 0, 0);
    for (var next = 0; next <= all.Count;)
    {
        // A mutant may hang or end the process; then the next one gets another.
        using var host = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(Mutant).Assembly.Location, "--host", $"{next}", only]) { RedirectStandardOutput = true })!;
        while (host.StandardOutput.ReadLineAsync() is var line && line.Wait(TimeSpan.FromMinutes(4)) && line.Result is { } said)
        {
            var parts = said.Split('\t');
            if (parts is not ["#", var number, var test]) continue;
            next = int.Parse(number) + 1;
            if (number != "0") Verdict(all[next - 2], test.Length > 0 ? test : null);
            else if (test.Length > 0) throw new InvalidOperationException($"{test} fails without any mutant");
        }
        if (!host.HasExited) host.Kill();
        host.WaitForExit();
        if (host.ExitCode == 0) break;
        if (next == 0) throw new InvalidOperationException("the tests do not come to their end without any mutant");
        while (next <= all.Count && !Regex.IsMatch(all[next - 1].Name, only)) next++;
        if (next <= all.Count) Verdict(all[next++ - 1], $"the test program: it ended with {host.ExitCode}, or did not end");
    }
    Console.Out.WriteLine($"{killed + reviewed + survived} mutants: {killed} killed, {reviewed} survived and reviewed, {survived} SURVIVED");
    return survived == 0 ? 0 : 1;

    void Verdict(Mutant mutant, string? test)
    {
        var known = survivors.TryGetValue(mutant.Name, out var reason);
        if (test is not null) killed++;
        else if (known) reviewed++;
        else survived++;
        Console.Out.WriteLine($"{mutant.Name}  {(test is not null ? $"killed by {test}{(known ? " (it stands in survivors.txt: take it off)" : "")}" : known ? $"survived: {reason}" : "SURVIVED")}");
    }
}

// The tests as they were built, and the product with all mutants in it.
void Prepare()
{
    var tests = Path.Combine(root, "tests/RobotWorker.Tests/bin/Release");
    var built = (Directory.Exists(tests) ? Directory.EnumerateFiles(tests, "RobotWorker.Tests.dll", SearchOption.AllDirectories).FirstOrDefault() : null)
        ?? throw new InvalidOperationException("the tests are not built: './test' builds them");
    if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
    Directory.CreateDirectory(Path.Combine(work, "run"));
    foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(built)!)) File.Copy(file, Path.Combine(work, "run", Path.GetFileName(file)));
    foreach (var project in all.Index().GroupBy(m => m.Item.Project))
    {
        var woven = project.GroupBy(m => m.Item.File).ToDictionary(
            file => file.Key, file => Weaving.Weave(File.ReadAllText(Path.Combine(root, "src", project.Key, file.Key)), [.. file.Select(m => (m.Index + 1, m.Item))]));
        Compiling.Compile(root, project.Key, woven, work, Path.Combine(work, "run", $"{project.Key}.dll"));
    }
}

// Runs mutants from one on, 0 standing for none at all; a line of output for each.
int Host(int from, string pattern)
{
    var output = Console.Out;
    Console.SetOut(TextWriter.Null);
    var host = new TestHost(Path.Combine(work, "run"));
    if (from == 0)
    {
        foreach (var tests in all.Select(m => (m.Project, m.Tests)).DistinctBy(m => m.Tests))
            if (host.FirstFailure(tests.Project, 0, tests.Tests) is { } failed) return Tell(0, failed, 1);
        Tell(0, "", 0);
    }
    for (var number = Math.Max(1, from); number <= all.Count; number++)
    {
        var mutant = all[number - 1];
        if (Regex.IsMatch(mutant.Name, pattern)) Tell(number, host.FirstFailure(mutant.Project, number, mutant.Tests) ?? "", 0);
    }
    return 0;

    int Tell(int number, string failed, int code)
    {
        output.WriteLine($"#\t{number}\t{failed}");
        output.Flush();
        return code;
    }
}

Dictionary<string, string> Survivors() => File.ReadLines(Path.Combine(root, "tests/RobotWorker.Sabotage/survivors.txt"))
    .Select(l => l.Split(" | ", 2)).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
