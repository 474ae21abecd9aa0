using System.Reflection;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Architecture;

[TestFixture]
public sealed class ProjectFloorsTests
{
    [Test]
    public void Projects_UseOnlyFloorsBelowTheirOwn()
    {
        var projects = ProjectFloors.OfTheProduct();

        Assert.That(projects, Has.Count.GreaterThanOrEqualTo(9));
        Assert.That(ProjectFloors.Violations(projects), Is.Empty);
    }

    // The compiler drops references that nothing uses, and follows those that arrive through others: so what was built is read as well.
    [TestCase("RobotWorker.Skills")]
    [TestCase("RobotWorker.Planners")]
    [TestCase("RobotWorker")]
    public void Assembly_ReferencesNoSimulator(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name);

        Assert.That(references, Has.None.EqualTo("RobotWorker.Sim").And.None.EqualTo("RobotWorker.MuJoCo").And.None.EqualTo("RobotWorker.Generation"));
    }

    [Test]
    public void Violations_SkillsReferencesSim_IsFound() => Assert.That(
        ProjectFloors.Violations(new Dictionary<string, string[]>
        {
            ["RobotWorker.Sim"] = ["RobotWorker.MuJoCo"],
            ["RobotWorker.Skills"] = ["RobotWorker.Sim"],
        }),
        Is.EqualTo([
            "RobotWorker.Skills (floor 3) uses RobotWorker.Sim (floor 3)",
            "RobotWorker.Skills reaches RobotWorker.Sim, of which it should know nothing",
            "RobotWorker.Skills reaches RobotWorker.MuJoCo, of which it should know nothing",
        ]));

    [Test]
    public void Violations_ProjectWithoutAFloor_IsFound() => Assert.That(
        ProjectFloors.Violations(new Dictionary<string, string[]> { ["RobotWorker.Attic"] = [] }), Has.One.Contains("RobotWorker.Attic stands on no floor"));

    [Test]
    public void Folders_AreNamedAsTheirNamespaces()
    {
        var misplaced = Source.OfTheProduct()
            .Where(source => source.Code.Contains("namespace RobotWorker", StringComparison.Ordinal))
            .Where(source => !source.Code.Contains($"namespace {NamespaceOf(source.Path)};", StringComparison.Ordinal))
            .Select(source => source.Path)
            .Where(path => !path.Contains("RobotWorker.Ros.Generator/", StringComparison.Ordinal));

        Assert.That(misplaced, Is.Empty);
    }

    // src/RobotWorker.Ros/Graph/Qos.cs: namespace RobotWorker.Ros.Graph
    private static string NamespaceOf(string path) => string.Join('.', path.Split('/')[1..^1]);
}
