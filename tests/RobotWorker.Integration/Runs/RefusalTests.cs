using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>What cannot be run ends with its documented exit code and a message that helps, before anything moves.</summary>
[TestFixture]
public sealed class RefusalTests
{
    private const int BadInput = 2;
    private const int Unavailable = 69;

    private static string Folder => Path.Combine(Story.Folder, "refused");

    private static string Task => Repository.PathOf(Story.Task);

    [OneTimeSetUp]
    public void WriteBrokenFiles()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "broken.yaml"), "plan: robotworker/v1\nid: [x\n");
        File.WriteAllText(Path.Combine(Folder, "empty.yaml"), "");
        File.WriteAllBytes(Path.Combine(Folder, "binary.yaml"), [0, 1, 0xff, 0xfe]);
        File.WriteAllText(Path.Combine(Folder, "scene.yaml"), File.ReadAllText(Repository.PathOf("sim/scenes/kitchen.yaml")).Replace("../robots/porter.yaml", "none.yaml"));
        File.WriteAllText(Path.Combine(Folder, "file"), "");
    }

    [TestCase("nowhere/libmujoco.so", "there is no such file")]
    [TestCase("file", "cannot be opened as a shared library")]
    public void Run_MujocoLibPointsNowhere_SaysHowToGetIt(string library, string why)
    {
        var result = Run(["run", Task], new() { ["MUJOCO_LIB"] = Path.Combine(Folder, library) });

        Refused(result, Unavailable, "RW0501", why, "apt-get install");
    }

    [TestCase("no-such.yaml", "RW0032", "there is no such file")]
    [TestCase("", "RW0032", "an empty name is no file")]
    [TestCase(".", "RW0032", "this is a folder")]
    [TestCase("broken.yaml", "RW0001", "broken.yaml:3:1")]
    [TestCase("empty.yaml", "RW0001", "the document is empty")]
    [TestCase("binary.yaml", "RW0003", "binary.yaml:1:")]
    public void Run_PlanCannotBeRead_SaysWhereAndWhy(string file, params string[] told) =>
        Refused(Run(["run", file]), BadInput, [.. told, "Nothing was started."]);

    [TestCase("broken.yaml", "RW0001", "broken.yaml:3:1")]
    [TestCase("scene.yaml", "RW", "none.yaml")]
    [TestCase("no-such.yaml", "RW0032", "there is no such file")]
    public void Run_SceneCannotBeRead_SaysWhereAndWhy(string file, params string[] told) =>
        Refused(Run(["run", Task, "--scene", file]), BadInput, [.. told, "Nothing was started."]);

    [TestCase("--nonsense", "'--nonsense'")]
    [TestCase("--seed four", "'four'", "--seed")]
    [TestCase("--seed -1", "--seed")]
    [TestCase("--seed 18446744073709551615", "--seed")]
    [TestCase("--seed 184467440737095516150", "--seed")]
    [TestCase("--pace slow", "'slow'", "'wall'")]
    [TestCase("--answers no-such.txt", "no-such.txt", "there is no such file")]
    public void Run_BadArgument_IsNamed(string arguments, params string[] told) =>
        Refused(Run(["run", Task, .. arguments.Split(' ')]), BadInput, told);

    [TestCase("--output")]
    [TestCase("--report")]
    [TestCase("--answers")]
    public void Run_EmptyPath_IsRefused(string option) => Refused(Run(["run", Task, option, ""]), BadInput, option);

    [TestCase("--output", "file/x")]
    [TestCase("--output", "file")]
    [TestCase("--report", "file/report.json")]
    [TestCase("--report", ".")]
    public void Run_CannotWriteThere_SaysSoBeforeAnythingMoves(string option, string path) =>
        Refused(Run(["run", Task, option, path]), Unavailable, "RW0502", path, "Nothing was started.");

    [TestCase("fly", "'fly'")]
    [TestCase("run", "'plan'")]
    public void Command_Unknown_IsNamed(string arguments, string told) => Refused(Run(arguments.Split(' ')), BadInput, told);

    private static PeerResult Run(string[] arguments, Dictionary<string, string?>? environment = null) =>
        RobotWorkerCommand.Run(arguments, Folder, environment);

    private static void Refused(PeerResult result, int code, params string[] told)
    {
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(code), result.Errors + result.Output);
            foreach (var part in told) Assert.That(result.Errors, Does.Contain(part));
            Assert.That(result.Errors, Does.Not.Contain("   at "));
            Assert.That(result.Output, Does.Not.Contain("RUNNING").And.Not.Contain("   at "));
        });
    }
}
