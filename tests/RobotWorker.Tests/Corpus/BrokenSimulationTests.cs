using RobotWorker.Diagnostics;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Testing;
using RobotWorker.Tests.Sim;

namespace RobotWorker.Tests.Corpus;

public sealed class BrokenSimulationTests
{
    private static readonly string Porter = File.ReadAllText(Repository.PathOf("sim/robots/porter.yaml"));

    private static IEnumerable<TestCaseData<CorpusFile>> Scenes() => CorpusFile.In("scenes");

    private static IEnumerable<TestCaseData<CorpusFile>> Robots() => CorpusFile.In("robots");

    private static IEnumerable<TestCaseData<CorpusFile>> Faults() => CorpusFile.In("faults");

    [TestCaseSource(nameof(Scenes))]
    public void BrokenScene_LoadedWithItsRobot_SaysWhatIsWrongAndWhere(CorpusFile file)
    {
        var bag = new DiagnosticBag();

        SceneLoader.Load(file.Path, path => path == file.Path ? file.Text : Porter, bag);

        file.AssertDiagnostics(bag);
    }

    [TestCaseSource(nameof(Robots))]
    public void BrokenRobot_Read_SaysWhatIsWrongAndWhere(CorpusFile file)
    {
        var bag = new DiagnosticBag();

        var robot = RobotReader.Read(file.Text, file.Name, bag);

        file.AssertDiagnostics(bag);
        Assert.That(robot, Is.Null);
    }

    [TestCaseSource(nameof(Faults))]
    public void BrokenFault_ReadWithItsScene_SaysWhatIsWrongAndWhere(CorpusFile file)
    {
        var bag = new DiagnosticBag();

        var fault = FaultReader.Read(file.Text, file.Name, bag, Kitchen.Workplace.Scene);

        file.AssertDiagnostics(bag);
        Assert.That(fault, Is.Null);
    }

    [Test]
    public void Scene_RobotFileMissing_SaysSoAtItsPlace()
    {
        var bag = new DiagnosticBag();
        var path = Repository.PathOf("sim/scenes/kitchen.yaml");

        var workplace = SceneLoader.Load(path, p => p == path ? File.ReadAllText(p) : null, bag);

        Assert.That(workplace, Is.Null);
        Assert.That(bag.All.Single().Code, Is.EqualTo(Codes.UnreadRobot));
        Assert.That(bag.All.Single().Place.Line, Is.GreaterThan(1));
    }
}
