using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Sim.Variation;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Generate;

public sealed class GenerateSpecReaderTests
{
    [Test]
    public void Ours_IsRight_AndNamesEveryDimensionWithItsUnit()
    {
        var bag = new DiagnosticBag();
        var spec = GenerateSpecReader.Read(Repository.PathOf("sim/datasets/one-cup-to-shelf.yaml"), bag)!;

        Assert.That(bag.All, Is.Empty);
        Assert.That(spec.Job.Faults, Is.Empty);
        Assert.That(spec.Layout.Features.Single(f => f.Key == "action").Names, Is.EqualTo(spec.Layout.Features.Single(f => f.Key == "observation.state").Names));
        Assert.That(spec.Layout.Features.Single(f => f.Key == "action").Names, Has.All.Matches(@"\.(rad|m|mps|radps)$"));
        Assert.That(spec.Layout.Features.Where(f => f.Key.StartsWith("observation") || f.Key.StartsWith("action")).Select(f => f.Key),
            Is.EqualTo(["observation.state", "observation.base_pose", "action"]), "labels are nothing that a policy sees or says");
    }

    [Test]
    public void Varied_HeldOutEpisodesShareNoWordingNoFloorAndNoSeedWithTheOthers()
    {
        var bag = new DiagnosticBag();
        var spec = GenerateSpecReader.Read(Repository.PathOf("sim/datasets/one-cup-varied.yaml"), bag)!;
        Assert.That(bag.All, Is.Empty);
        var (train, test) = (Drawn(spec), Drawn(spec with { IsHeldOut = true }));

        Assert.That(train.Select(t => t.Wording).Distinct(), Has.Exactly(3).Items);
        Assert.That(test.Select(t => t.Wording).Distinct(), Has.Exactly(3).Items);
        Assert.That(train.Select(t => t.Wording).Intersect(test.Select(t => t.Wording)), Is.Empty);
        Assert.That(train.Select(t => t.Floor).Intersect(test.Select(t => t.Floor)), Is.Empty);
        Assert.That(train.Select(t => t.Seed).Intersect(test.Select(t => t.Seed)), Is.Empty);

        static List<((string, int) Wording, string Floor, ulong Seed)> Drawn(GenerateSpec of) =>
            [.. Enumerable.Range(0, 200).Select(i => (of.Wording(of.SeedOf(i)), VariationDraw.Of(of.Vary, of.Name, of.SeedOf(i), of.IsHeldOut).Floor!.Name, of.SeedOf(i)))];
    }

    [TestCase("held_out_instructions: [Go round.]", "held out and trained on", TestName = "WordingHeldOutAndTrainedOn_IsRefused")]
    [TestCase("vary: {lamb: {range: [0, 1]}}", "lamp", TestName = "UnknownAxis_IsRefusedWithItsPlace")]
    [TestCase("cameras: {overvieu: {width: 64, height: 48}}", "overview", TestName = "UnknownCamera_TheNearestIsNamed")]
    [TestCase("cameras: {overview: {width: 65, height: 48}}", "65 pixels are odd", TestName = "OddWidth_IsRefused")]
    [TestCase("fps: 30", "control periods", TestName = "FramesThatFallBetweenControlPeriods_AreRefused")]
    [TestCase("faults: {share: 1, of: [SIM/faults/link-cut-30s.yaml]}", "fault of the wire", TestName = "FaultOfTheWire_IsRefused")]
    [TestCase("fps: 0", "fps", TestName = "NoFrames_IsRefused")]
    [TestCase("faults: {share: 2, of: [x.yaml]}", "share", TestName = "ShareAboveOne_IsRefused")]
    [TestCase("faults: {share: 1, of: [nothing-there.yaml]}", "nothing-there.yaml", TestName = "FaultThatIsNotThere_IsNamed")]
    [TestCase("frames: 3", "frames", TestName = "UnknownField_IsRefused")]
    public void Wrong(string line, string says)
    {
        var folder = Directory.CreateTempSubdirectory("generate ").FullName;
        var file = Path.Combine(folder, "spec.yaml");
        File.WriteAllText(file, $"generate: robotworker/v1\nname: x\nplan: {Repository.PathOf("sim/tasks/patrol.yaml")}\ninstructions: [Go round.]\n{line.Replace("SIM", Repository.PathOf("sim"))}\n");
        var bag = new DiagnosticBag();

        Assert.That(GenerateSpecReader.Read(file, bag), Is.Null);
        Assert.That(bag.All.Select(d => d.ToString()), Has.Some.Contain(says));
        Directory.Delete(folder, recursive: true);
    }
}
