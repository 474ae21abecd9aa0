using RobotWorker.Cli;
using RobotWorker.Faults;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Cli;

public sealed class FaultsListTests
{
    private const string Porter = "sim/robots/porter.profile.yaml";

    [Test]
    public void List_OfAnyRobot_HasEveryFaultInALine_UnderOneHead()
    {
        var lines = CommandLine.Run("faults", "list").Output.TrimEnd().Split(Environment.NewLine);

        Assert.That(lines[0], Does.StartWith("fault ").And.Contain("  component").And.Contain("  level").And.Contain("  forbids").And.Contain("  recovery").And.EndWith("  found by"));
        Assert.That(lines.Skip(1).Select(l => l.Split(' ')[0]), Is.EqualTo(FaultCatalogueReader.BuiltIn.ByCode.Keys));
        Assert.That(lines.Skip(1).Select(l => l[..lines[0].IndexOf("component", StringComparison.Ordinal)]), Is.All.EndsWith(" "), "the columns stand under their heads");
        Assert.That(Line(lines, "ARM_ENCODER_STUCK"), Does.EndWith("{joint}.position stuck for 200ms (every joint)"));
    }

    [Test]
    public void List_OfARobot_NamesItsJoints_AndHasItsOwnFaults()
    {
        var folder = Directory.CreateTempSubdirectory("faults list ").FullName;
        var profile = Path.Combine(folder, "robot.yaml");
        File.WriteAllText(profile, File.ReadAllText(Repository.PathOf(Porter)).Replace("arm_joint_", "j", StringComparison.Ordinal) + "\nfaults: own.yaml\n");
        File.WriteAllText(Path.Combine(folder, "own.yaml"), "faults: robotworker/v1\ncatalogue:\n  BUMPER: none\n  LIFT_SLOW: {component: base, level: urgent, forbids: [base, arm], heal: 1s, recovery: {attempts: 1, backoff: 2s}, detect: [{signal: lift.speed, unit: m/s, below: {times: 0.5, of: lift.wanted, plus: -0.1}, confirm: 1s}]}\n");

        var list = CommandLine.Run("faults", "list", "--profile", profile);
        Directory.Delete(folder, recursive: true);

        var lines = list.Output.TrimEnd().Split(Environment.NewLine);
        Assert.That((list.Code, list.Errors), Is.EqualTo((ExitCode.Success, "")));
        Assert.That(Line(lines, "ARM_ENCODER_STUCK"), Does.EndWith("j1.position stuck for 200ms, and 6 more"));
        Assert.That(Line(lines, "LIFT_SLOW"), Does.Match("urgent +base, arm +once, after 2s +lift.speed below 0.5 times lift.wanted - 0.1 m/s for 1s$"));
        Assert.That(lines, Has.None.StartsWith("BUMPER"));
    }

    [Test]
    public void List_OfAProfileWithAMistakeInItsFaults_SaysWhereItIs()
    {
        var folder = Directory.CreateTempSubdirectory("faults list ").FullName;
        var (profile, own) = (Path.Combine(folder, "robot.yaml"), Path.Combine(folder, "own.yaml"));
        File.WriteAllText(profile, File.ReadAllText(Repository.PathOf(Porter)) + "\nfaults: own.yaml\n");
        File.WriteAllText(own, "faults: robotworker/v1\ncatalogue:\n  BUMPR: none\n");

        var (list, check) = (CommandLine.Run("faults", "list", "--profile", profile), CommandLine.Run("check", profile));
        Directory.Delete(folder, recursive: true);

        Assert.That((list.Code, check.Code), Is.EqualTo((ExitCode.BadInput, ExitCode.BadInput)));
        foreach (var said in new[] { list.Errors, check.Output }) Assert.That(said, Does.Contain($"RW0306 {own}:3:3: there is no fault 'BUMPR' to take away; did you mean 'BUMPER'?"));
    }

    [Test]
    public void Yaml_IsTheBuiltInFile_WhichChecks()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, CommandLine.Run("faults", "list", "--yaml").Output);

        var check = CommandLine.Run("check", file);
        File.Delete(file);

        Assert.That((check.Code, check.Output), Is.EqualTo((ExitCode.Success, $"{file}: nothing is wrong.{Environment.NewLine}")));
    }

    [Test]
    public void Yaml_OfAProfile_IsRefused() =>
        Assert.That(CommandLine.Run("faults", "list", "--yaml", "--profile", Porter).Errors, Does.Contain("leave --profile out"));

    private static string Line(string[] lines, string fault) => lines.Single(l => l.StartsWith(fault, StringComparison.Ordinal));
}
