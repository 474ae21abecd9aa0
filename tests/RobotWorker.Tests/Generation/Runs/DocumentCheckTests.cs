using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>What a document is stands in its first field; each kind goes to its own reader.</summary>
public sealed class DocumentCheckTests
{
    private const string Corpus = "tests/RobotWorker.Tests/Corpus/";

    [TestCase("sim/scenes/kitchen.yaml")]
    [TestCase("sim/robots/porter.yaml")]
    [TestCase("sim/robots/porter.profile.yaml")]
    [TestCase("sim/robots/so101.faults.yaml")]
    [TestCase("sim/faults/gripper-force-loss.yaml")]
    [TestCase("sim/tasks/tidy-table.yaml")]
    public void Check_WhatShips_FindsNothing(string file) => Assert.That(Check(file).All, Is.Empty);

    [TestCase("scenes/not-a-colour.yaml", Codes.NotAColour)]
    [TestCase("robots/posture-missing.yaml", Codes.NoPosture)]
    [TestCase("profiles/silence-too-soon.yaml", Codes.OutOfRange)]
    [TestCase("faults/force-above-one.yaml", Codes.OutOfRange)]
    [TestCase("plans/skill-unknown.yaml", Codes.UnknownSkill)]
    [TestCase("plans/json-skill-unknown.json", Codes.UnknownSkill)]
    [TestCase("plans/not-yaml.yaml", Codes.Unreadable)]
    public void Check_ABrokenOne_IsReadAsWhatItIs(string file, string code) => Assert.That(Check(Corpus + file).All.Select(d => d.Code), Does.Contain(code));

    [Test]
    public void Check_APlanAgainstAnotherScene_UsesThatScenesNames()
    {
        var bag = new DiagnosticBag();
        DocumentCheck.Check(Repository.PathOf("sim/tasks/tidy-table.yaml"), Repository.PathOf("sim/scenes/kitchn.yaml"), null, bag);

        Assert.That(bag.All.Select(d => (d.Code, d.Help)), Is.EqualTo([(Codes.UnreadFile, "did you mean 'kitchen.yaml'?")]));
    }

    [Test]
    public void Check_APlanForTheRobotOfAProfile_IsCheckedAgainstBoth()
    {
        var bag = new DiagnosticBag();
        DocumentCheck.Check(Repository.PathOf("sim/tasks/tidy-table.yaml"), null, Repository.PathOf("sim/robots/porter.profile.yaml"), bag);
        Assert.That(bag.All, Is.Empty);

        DocumentCheck.Check(Repository.PathOf("sim/tasks/tidy-table.yaml"), null, Repository.PathOf("sim/robots/porter.profil.yaml"), bag);
        Assert.That(bag.All.Select(d => (d.Code, d.Help)), Is.EqualTo([(Codes.UnreadFile, "did you mean 'porter.profile.yaml'?")]));
    }

    [Test]
    public void Check_AFileThatIsMissing_SaysSo() => Assert.That(Check("sim/tasks/none.yaml").All.Select(d => d.Code), Is.EqualTo([Codes.UnreadFile]));

    private static DiagnosticBag Check(string file)
    {
        var bag = new DiagnosticBag();
        DocumentCheck.Check(Repository.PathOf(file), null, null, bag);
        return bag;
    }
}
