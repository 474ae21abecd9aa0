using System.Text.Json.Nodes;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

/// <summary>Sets as those who train have them.</summary>
public sealed class SetProfileTests : ToolSetTests
{
    private static readonly string[] Driven = ["arm_joint_1.rad", "arm_joint_2.rad", "arm_joint_3.rad", "arm_joint_4.rad", "arm_joint_5.rad", "gripper.m", "head_pan.rad", "head_tilt.rad"];

    [Test]
    public async Task So101_IsInDegrees_TheGripperFromNoughtToAHundred_TheHeadLeftOut()
    {
        using var source = await StoredSet.OpenAsync(await MakeAsync(Driven));
        using var as101 = SetProfiles.As(source, SetProfile.LerobotSo101, 0.08);
        var made = await Sets.WriteAsync("so101", SetVersion.V30, SetContent.Of(as101));
        using var set = await StoredSet.OpenAsync(made);

        Assert.That(ToolSet.Check(made), Is.Empty);
        Assert.That(set.RobotType, Is.EqualTo("so_follower"));
        foreach (var key in new[] { "observation.state", "action" })
            Assert.That(set.Features.Single(f => f.Key == key).Names, Is.EqualTo(["shoulder_pan.pos", "shoulder_lift.pos", "elbow_flex.pos", "wrist_flex.pos", "wrist_roll.pos", "gripper.pos"]));
        var (rows, before) = ((await set.NumbersAsync(set.Episodes[1]))["action"], (await source.NumbersAsync(source.Episodes[1]))["action"]);
        Assert.That(rows[..5], Is.EqualTo(before[..5].Select(rad => rad * 180 / Math.PI)).Within(1e-4));
        Assert.That(rows[5], Is.EqualTo(before[5] / 0.08 * 100).Within(1e-4));
        Assert.That(rows, Has.Length.EqualTo(set.Episodes[1].Length * 6));
        // What normalises a policy's inputs is of the new numbers.
        var statistics = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(made, "meta", "stats.json")))!["action"]!;
        Assert.That(statistics["mean"]!.AsArray(), Has.Count.EqualTo(6));
        Assert.That(statistics["max"]![0]!.GetValue<double>(), Is.GreaterThan(2), "degrees");
    }

    [Test]
    public async Task So101_OfAnotherArm_OrWithoutTheGrippersOpening_IsRefusedByName()
    {
        using var other = await StoredSet.OpenAsync(await MakeAsync([.. Driven.Skip(1)]));

        Assert.That(Assert.Throws<DatasetException>(() => SetProfiles.As(other, SetProfile.LerobotSo101, 0.08))!.Message, Does.Contain("no set of an SO-101").And.Contain("arm_joint_2.rad"));
        Assert.That(Assert.Throws<DatasetException>(() => SetProfiles.As(other, SetProfile.LerobotSo101, null))!.Message, Does.Contain("--gripper-opening"));
    }

    [Test]
    public async Task Groot_IsToldWhichDimensionsAreWhose()
    {
        using var source = await StoredSet.OpenAsync(await MakeAsync(Driven));

        var modality = SetProfiles.ModalityOf(source);

        Assert.That(modality["action"]!.ToJsonString(), Is.EqualTo("""{"single_arm":{"start":0,"end":5},"gripper":{"start":5,"end":6},"head":{"start":6,"end":8}}"""));
        Assert.That(modality["annotation"]!.ToJsonString(), Is.EqualTo("""{"human.task_description":{"original_key":"task_index"}}"""));
        Assert.That(SetProfiles.VersionOf(SetProfile.Groot), Is.EqualTo(SetVersion.V21));
    }

    private async Task<string> MakeAsync(string[] names)
    {
        var folder = Sets.At($"made {names.Length}");
        var layout = new DatasetLayout("so101", 10, [new("observation.state", DatasetType.Float32, [.. names]), new("action", DatasetType.Float32, [.. names]), new("next.done", DatasetType.Bool, ["done"])], []);
        await new DatasetWriter(layout, "made").WriteAsync(folder, [Episode(4, names.Length), Episode(6, names.Length)], CancellationToken.None);
        return folder;
    }

    private static DatasetEpisode Episode(int length, int width)
    {
        double[] numbers = [.. Enumerable.Range(0, length * width).Select(i => 0.01 * (i % width) + (0.005 * (i / width)) + 0.02)];
        return new(length, "reach", new Dictionary<string, double[]> { ["observation.state"] = numbers, ["action"] = [.. numbers.Select(n => n * 1.5)], ["next.done"] = new double[length] }, [],
            new Dictionary<string, EpisodeFilm>(), new(7, "", "", "", "so101", "none", "none", "1", 0, "succeeded", true, "none", "", "", null, null, null, null, 0, 1, "{}", "", false));
    }
}
