using System.Text;
using System.Text.Json.Nodes;
using PureHDF;
using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class OtherFormatsTests : ToolSetTests
{
    [Test]
    public async Task Npy_HasAnArrayForEachFeature_AndAnIndex()
    {
        TinyVideo.Require();
        using var set = await StoredSet.OpenAsync(Sets.Make(video: "-g 1"));

        await NpyFolder.WriteAsync(Sets.At("npy"), set, images: true, _ => { }, CancellationToken.None);

        var file = File.ReadAllBytes(Sets.At("npy/episode_000001/observation.state.npy"));
        Assert.That(file[..8], Is.EqualTo(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0 }));
        Assert.That(Encoding.ASCII.GetString(file[10..128]), Is.EqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3), }".PadRight(117) + "\n"));
        Assert.That(BitConverter.ToSingle(file, 128), Is.EqualTo(0.5f));
        Assert.That(file, Has.Length.EqualTo(128 + (4 * 3 * 4)));
        Assert.That(File.ReadAllBytes(Sets.At($"npy/episode_000001/{TinySet.Camera}.npy")), Has.Length.EqualTo(128 + (4 * 32 * 32 * 3)));
        var index = JsonNode.Parse(File.ReadAllText(Sets.At("npy/index.json")))!;
        Assert.That(index["features"]!["action"]!["names"]!.ToJsonString(), Is.EqualTo("""["a","b"]"""));
        Assert.That(index["episodes"]![2]!["seed"]!.GetValue<int>(), Is.EqualTo(9));
    }

    [Test]
    public async Task Hdf5_IsLaidOutAsRobomimicReadsIt()
    {
        TinyVideo.Require();
        using var set = await StoredSet.OpenAsync(Sets.Make(video: "-g 1"));

        await RobomimicFile.WriteAsync(Sets.At("cups.hdf5"), set, images: true, _ => { }, CancellationToken.None);

        using var file = H5File.OpenRead(Sets.At("cups.hdf5"));
        var data = file.Group("data");
        Assert.That((data.Attribute("total").Read<long>(), JsonNode.Parse(data.Attribute("env_args").Read<string>())!["env_name"]!.GetValue<string>()), Is.EqualTo((15L, "cups")));
        Assert.That(data.Children().Select(c => c.Name), Is.EquivalentTo(["demo_0", "demo_1", "demo_2"]));
        var demo = data.Group("demo_1");
        Assert.That((demo.Attribute("num_samples").Read<long>(), demo.Attribute("seed").Read<long>(), demo.Attribute("failure_mode").Read<string>()), Is.EqualTo((4L, 8L, "gave_up")));
        Assert.That(demo.Dataset("actions").Read<float[]>(), Is.EqualTo(Enumerable.Range(5, 4).SelectMany(i => new[] { MathF.Sin(i), 0.5f })));
        Assert.That(demo.Dataset("dones").Read<long[]>(), Is.EqualTo([0L, 0, 0, 1]));
        // The set has no rewards: one for the last frame of what succeeded, and this one did not.
        Assert.That(demo.Dataset("rewards").Read<double[]>(), Has.All.Zero);
        var (now, next) = (demo.Dataset("obs/state").Read<double[]>(), demo.Dataset("next_obs/state").Read<double[]>());
        Assert.That(next, Is.EqualTo([.. now.Skip(3), .. now.Skip(9)]));
        Assert.That(demo.Dataset("obs/front_image").Space.Dimensions, Is.EqualTo(new ulong[] { 4, 32, 32, 3 }));
        Assert.That(demo.Dataset("obs/front_image").Read<byte[]>()[..3072], Is.Not.EqualTo(demo.Dataset("next_obs/front_image").Read<byte[]>()[..3072]));
        Assert.That(demo.Dataset("labels/contact.grid").Space.Dimensions, Is.EqualTo(new ulong[] { 4, 2, 3 }));
    }

    [Test]
    public async Task WhatIsThere_IsRefused()
    {
        using var set = await StoredSet.OpenAsync(Sets.Make());
        File.WriteAllText(Sets.At("cups.hdf5"), "mine");

        await Assert.ThatAsync(() => RobomimicFile.WriteAsync(Sets.At("cups.hdf5"), set, false, _ => { }, CancellationToken.None), Throws.TypeOf<DatasetException>());
        Assert.That(File.ReadAllText(Sets.At("cups.hdf5")), Is.EqualTo("mine"));
    }
}
