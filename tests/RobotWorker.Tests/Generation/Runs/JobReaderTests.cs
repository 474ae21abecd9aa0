using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>From a plan's file to everything that an episode needs, or to a clear word why not.</summary>
public sealed class JobReaderTests
{
    private const string Task = "sim/tasks/tidy-table.yaml";

    private readonly string folder = Directory.CreateTempSubdirectory("jobs").FullName;
    private DiagnosticBag bag = new();

    [SetUp]
    public void Empty() => bag = new();

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Read_TheMainJob_HasItsSceneRobotFaultsAndDocuments()
    {
        var job = JobReader.Read(Repository.PathOf(Task), null, bag);

        Assert.That(job, Is.Not.Null, () => string.Join('\n', bag.All));
        Assert.That((job!.Plan.Id, job.Scene.Name, job.Robot.Name, job.Faults.Length), Is.EqualTo(("tidy-table", "kitchen", "porter", 1)));
        Assert.That(job.Documents.Select(d => d.Name), Is.EqualTo(["tidy-table.yaml", "kitchen.yaml", "porter.yaml", "gripper-force-loss.yaml"]));
        Assert.That(job.Site.Objects.Select(o => o.ClassId), Does.Contain("cup/red"));
    }

    [Test]
    public void Read_APlanWithoutObjects_KnowsTheNamesOfItsScene()
    {
        var plan = File.ReadAllLines(Repository.PathOf(Task)).Where(line => !line.StartsWith("objects:", StringComparison.Ordinal) && !line.Contains(": {type: ", StringComparison.Ordinal));
        var text = string.Join('\n', plan).Replace("../", Repository.PathOf("sim/"), StringComparison.Ordinal);

        var job = JobReader.Read(Write(text), null, bag);

        Assert.That(job, Is.Not.Null, () => string.Join('\n', bag.All));
        Assert.That(job!.Plan.Objects.Select(o => o.Name), Is.SupersetOf(new[] { "cup_red", "box_yellow", "table", "bin", "table_side" }));
    }

    [Test]
    public void Read_ASceneThatIsNotThere_IsMissedWhereThePlanNamesIt()
    {
        var text = File.ReadAllText(Repository.PathOf(Task)).Replace("../scenes/kitchen.yaml", "kitchn.yaml", StringComparison.Ordinal);

        Assert.That(JobReader.Read(Write(text), null, bag), Is.Null);
        Assert.That(bag.All[0], Has.Property("Code").EqualTo(Codes.UnreadFile).And.Property("Message").Contains("kitchn.yaml"));
        Assert.That(bag.All[0].Place.Line, Is.GreaterThan(20));
    }

    [Test]
    public void Read_AMisspeltFile_HelpsWithTheNearestName()
    {
        Assert.That(JobReader.Read(Repository.PathOf("sim/tasks/tidy-tabel.yaml"), null, bag), Is.Null);
        Assert.That(bag.All.Single(), Has.Property("Code").EqualTo(Codes.UnreadFile).And.Property("Help").EqualTo("did you mean 'tidy-table.yaml'?"));
    }

    [Test]
    public void Read_AFolder_SaysSo()
    {
        Assert.That(JobReader.Read(folder, null, bag), Is.Null);
        Assert.That(bag.All.Single(), Has.Property("Code").EqualTo(Codes.UnreadFile).And.Property("Message").EqualTo("this is a folder"));
    }

    [Test]
    public void Read_AFileInNoFolder_SaysSo()
    {
        Assert.That(JobReader.Read(Path.Combine(folder, "nowhere", "plan.yaml"), null, bag), Is.Null);
        Assert.That(bag.All.Single().Code, Is.EqualTo(Codes.UnreadFile));
    }

    [Test]
    public void Read_AHugeFile_IsRefused()
    {
        Assert.That(JobReader.Read(Write(new string('#', (4 << 20) + 1)), null, bag), Is.Null);
        Assert.That(bag.All.Single().Message, Does.Contain("larger than 4 MiB"));
    }

    [Test]
    public void Read_APlanWithoutAScene_NeedsOne()
    {
        var plan = Write(Plan());
        Assert.That(JobReader.Read(plan, null, bag), Is.Null);
        Assert.That(bag.All.Single(), Has.Property("Code").EqualTo(Codes.NoScene).And.Property("Help").Contains("--scene"));

        bag = new();
        Assert.That(JobReader.Read(plan, Repository.PathOf("sim/scenes/kitchen.yaml"), bag), Is.Not.Null, () => string.Join('\n', bag.All));
    }

    [Test]
    public void Read_ASceneThatIsMissing_SaysWhich()
    {
        Assert.That(JobReader.Read(Write(Plan("simulation: {scene: kichen.yaml}")), null, bag), Is.Null);
        Assert.That(bag.All.Single(), Has.Property("Code").EqualTo(Codes.UnreadFile));
        Assert.That(bag.All.Single().Message, Does.Contain(Path.Combine(folder, "kichen.yaml")), "a path is seen from the document that names it");
        Assert.That(bag.All.Single().Place.Line, Is.GreaterThan(0), "it is missed where the plan names it");
    }

    [Test]
    public void Read_AFaultThatIsMissing_IsNoJobWithoutIt()
    {
        var scene = Repository.PathOf("sim/scenes/kitchen.yaml");
        Assert.That(JobReader.Read(Write(Plan($"simulation: {{scene: {scene}, faults: [gone.yaml]}}")), null, bag), Is.Null);
        Assert.That(bag.All.Single(), Has.Property("Code").EqualTo(Codes.UnreadFile));
    }

    [TestCase(0.6, true)]
    [TestCase(1.0, true)]
    [TestCase(0.59, false)]
    public void Read_ASpeedLimitBelowTheRobots_IsRefusedSinceItCannotBeHeld(double limit, bool taken)
    {
        var job = JobReader.Read(Write(Plan($"limits: {{deadline: 60s, max_speed: {limit}}}")), Repository.PathOf("sim/scenes/kitchen.yaml"), bag);

        Assert.That(job is not null, Is.EqualTo(taken), string.Join('\n', bag.All));
        Assert.That(bag.All.Select(d => d.Code), taken ? Is.Empty : Is.EqualTo([Codes.SpeedNotHeld]));
    }

    [Test]
    public void Read_AnObjectThatIsNotInTheScene_IsRefused()
    {
        var plan = Plan().Replace("cup_red", "cup_pink", StringComparison.Ordinal);
        Assert.That(JobReader.Read(Write(plan), Repository.PathOf("sim/scenes/kitchen.yaml"), bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Does.Contain(Codes.UnknownObject));
    }

    private static string Plan(string more = "") => $$$"""
        plan: robotworker/v1
        id: look-at-it
        {{{more}}}
        root:
          {id: see, skill: look, args: {at: cup_red}}
        """;

    private string Write(string text)
    {
        var file = Path.Combine(folder, $"{TestContext.CurrentContext.Test.ID}.yaml");
        File.WriteAllText(file, text);
        return file;
    }
}
