using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot;
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

    [Test]
    public void DepthAndSegmentation_AreBesideTheFeatures_AndWhatIsSeenHasItsName()
    {
        var folder = Directory.CreateTempSubdirectory("generate ").FullName;
        var file = Path.Combine(folder, "spec.yaml");
        File.WriteAllText(file, $"""
            generate: robotworker/v1
            name: x
            plan: {Repository.PathOf("sim/tasks/one-cup-to-shelf.yaml")}
            instructions: [Tidy up.]
            cameras:
              overview: {"{"}width: 64, height: 48, depth: true, segmentation: true, field_of_view: 0.5, shadows: true{"}"}
              head_camera: {"{"}width: 64, height: 48{"}"}
            """);
        var spec = GenerateSpecReader.Read(file, new())!;
        Directory.Delete(folder, recursive: true);

        Assert.That(spec.Cameras[0].Sidecars, Is.EqualTo([SidecarKind.Depth, SidecarKind.Segmentation]));
        Assert.That((spec.Cameras[0].Shadows, spec.Cameras[1].Shadows, spec.Cameras[1].Sidecars.Length), Is.EqualTo((true, false, 0)));
        Assert.That(spec.Job.Scene.Overview.FieldOfView, Is.EqualTo(0.5));
        Assert.That(spec.Layout.Segments, Is.Unique.And.SupersetOf(new[] { "floor", "wall_back", "table", "shelf", "cup_red", "base_link", "arm_link_7", "finger_left", "head_tilt_link" }));
        Assert.That(spec.Layout.Features.Select(f => f.Key).Where(k => k.Contains("camera")), Is.EqualTo(["label.camera.head_camera.pose"]), "only a camera that moves has another pose in each frame");
    }

    [TestCase("vary: {start_y: {range: [1.74, 1.76]}}", "stand in furniture", TestName = "StartInsideTheTable_IsRefused")]
    [TestCase("vary: {start_x: {range: [-0.1, 0.1], held_out: [1.9, 2]}}", "beyond the floor", TestName = "HeldOutStartBeyondTheFloor_IsRefused")]
    [TestCase("cameras: {overview: {width: 64, height: 48, field_of_view: 2.4}}\nvary: {field_of_view: {range: [1.4, 1.5]}}", "field of view", TestName = "LensThatBecomesTooWide_IsRefused")]
    [TestCase("vary: {absent: {cup_red: 0.5}}\nfaults: {share: 1, of: [SIM/faults/object-taken.yaml]}", "can do without", TestName = "ObjectThatAFaultNames_CannotBeAbsent")]
    [TestCase("held_out_instructions: [\" go round. \"]", "held out and trained on", TestName = "WordingThatDiffersByBlanks_IsTheSame")]
    [TestCase("held_out_instructions: [Go round.]", "held out and trained on", TestName = "WordingHeldOutAndTrainedOn_IsRefused")]
    [TestCase("vary: {lamb: {range: [0, 1]}}", "lamp", TestName = "UnknownAxis_IsRefusedWithItsPlace")]
    [TestCase("cameras: {head_camera: {width: 64, height: 48, field_of_view: 0.5}}", "the robot's own camera", TestName = "LensOfTheRobotsOwnCamera_IsTheRobots")]
    [TestCase("cameras: {overview: {width: 64, height: 48, depth: 16}}", "true or false", TestName = "DepthInBits_IsRefused")]
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
