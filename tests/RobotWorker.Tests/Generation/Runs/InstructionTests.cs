using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Runs;

public sealed class InstructionTests
{
    private static readonly SceneFile Kitchen = JobReader.ReadScene(Repository.PathOf("sim/scenes/kitchen.yaml"), new())!;

    [Test]
    public void Read_ASentence_BecomesAJobThatLeadsToItsGoal()
    {
        var bag = new DiagnosticBag();
        var job = Instruction.Read("Put the red cup on the shelf!", Kitchen, bag, out var examples);

        Assert.That(job, Is.Not.Null, () => string.Join('\n', bag.All));
        Assert.That(job!.Plan.Goal!.ToString(), Is.EqualTo("on(cup_red, shelf)"));
        Assert.That(job.Plan.Id, Is.EqualTo("put-the-red-cup-on-the-shelf"));
        Assert.That(((SequenceNode)job.Plan.Root).Children.Cast<SkillNode>().Select(s => s.Skill), Is.EqualTo(["navigate_to", "pick", "navigate_to", "place"]));
        Assert.That(job.Documents.Select(d => d.Name), Is.EqualTo(["put-the-red-cup-on-the-shelf.yaml", "kitchen.yaml", "porter.yaml"]));
        Assert.That(job.Faults, Is.Empty);
        Assert.That(examples, Is.Empty);
    }

    [Test]
    public void Read_TheRecordedPlan_ReadsBackAsTheSame()
    {
        var job = Instruction.Read("put the red cup on the shelf", Kitchen, new(), out _)!;
        var bag = new DiagnosticBag();
        var read = PlanReader.Read(job.Documents[0].Text, "plan.yaml", bag, _ => null);

        Assert.That(bag.All, Is.Empty);
        Assert.That(PlanWriter.Write(read!), Is.EqualTo(job.Documents[0].Text));
    }

    [TestCase("put the red cup on the table", "look(table)")]
    [TestCase("find the cups", "look(table)")]
    public void Read_AlreadySoByTheScene_LooksWhetherItIs(string sentence, string steps)
    {
        var bag = new DiagnosticBag();
        var job = Instruction.Read(sentence, Kitchen, bag, out _);

        Assert.That(job, Is.Not.Null, () => string.Join('\n', bag.All));
        Assert.That(string.Join(' ', job!.Plan.Root.Inner.Cast<SkillNode>().Select(s => $"{s.Skill}({s.Arguments["at"]})")), Is.EqualTo(steps));
        Assert.That(PlanReader.Read(PlanWriter.Write(job.Plan), "plan.yaml", bag), Is.Not.Null, () => string.Join('\n', bag.All));
    }

    [Test]
    public void Read_TheHandIsEmptyAlready_WaitsForTheHandsWord()
    {
        var job = Instruction.Read("drop the red cup", Kitchen, new(), out _);

        Assert.That(((WaitNode)job!.Plan.Root).For, Is.EqualTo(job.Plan.Goal));
    }

    [TestCase("juggle the red cup", Codes.UnknownWord)]
    [TestCase("put the pink cup on the shelf", Codes.NotInScene)]
    public void Read_NotUnderstood_SaysWhyAndWhatCouldBeSaid(string sentence, string code)
    {
        var bag = new DiagnosticBag();

        Assert.That(Instruction.Read(sentence, Kitchen, bag, out var examples), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([code]), string.Join('\n', bag.All));
        Assert.That(examples, Is.Not.Empty);
    }

    [Test]
    public void Read_TheExamplesThatItOffers_AreUnderstood()
    {
        Instruction.Read("juggle the red cup", Kitchen, new(), out var examples);

        foreach (var example in examples)
        {
            var bag = new DiagnosticBag();
            Assert.That(Instruction.Read(example, Kitchen, bag, out _), Is.Not.Null, () => $"{example}: {string.Join('\n', bag.All)}");
        }
    }

    [Test]
    public void Read_NothingServesTheShelf_NoPlanIsMadeUp()
    {
        var scene = Kitchen.Workplace.Scene;
        var without = Kitchen with { Workplace = Kitchen.Workplace with { Scene = scene with { Places = [.. scene.Places.Where(p => p.Serves != "shelf")] } } };
        var bag = new DiagnosticBag();

        Assert.That(Instruction.Read("put the red cup on the shelf", without, bag, out _), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Is.EqualTo([Codes.NoPlan]), string.Join('\n', bag.All));
    }
}
