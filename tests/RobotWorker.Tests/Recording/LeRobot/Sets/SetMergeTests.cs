using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class SetMergeTests : ToolSetTests
{
    [Test]
    public async Task TwoSets_AreOne_WithTasksNumberedAnew()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            s.Tasks["task"] = new[] { "wipe the table", "put the cup on the shelf" };
            s.Episodes[0]["tasks"] = new[] { new[] { "wipe the table" }, new[] { "put the cup on the shelf" } };
            s.Episodes[1]["tasks"] = new[] { new[] { "wipe the table" } };
            foreach (var table in s.Episodes) table["seed"] = table.Of<long>("seed").Select(n => n + 100).ToArray();
        }));

        var made = await Sets.WriteAsync("both", SetVersion.V30, await MergeAsync(false, one, two));

        Assert.That(ToolSet.Check(made), Is.Empty);
        using var set = await StoredSet.OpenAsync(made);
        Assert.That(set.Tasks, Is.EqualTo(["put the cup on the shelf", "put the can into the bin", "wipe the table"]));
        Assert.That(set.Episodes.Select(e => e.Tasks[0]), Is.EqualTo(one.Episodes.Concat(two.Episodes).Select(e => e.Tasks[0])));
        Assert.That(set.Own.Single(o => o.Name == "seed").Values, Is.EqualTo(new object[] { 7L, 8L, 9L, 107L, 108L, 109L }));
    }

    [Test]
    public async Task AnEpisodeThatIsThereTwice_IsRefusedByNameUnlessAllowed()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        // Another version of the program made it: it is the same episode all the same.
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            foreach (var table in s.Episodes) table["generator_version"] = table.Of<long>("seed").Select(_ => "2").ToArray();
        }));

        await Assert.ThatAsync(() => MergeAsync(false, one, two), Throws.TypeOf<DatasetException>().With.Message.Contains("3 of the episodes are there twice").And.Message.Contains($"episode 2 of {two.Folder} is episode 2 of {one.Folder}"));
        Assert.That(await MergeAsync(true, one, two), Has.Length.EqualTo(6));
    }

    [Test]
    public async Task WhatIsHeldOut_IsNotMixedWithWhatIsTrainedOn()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            foreach (var table in s.Episodes)
            {
                table["held_out"] = table.Of<long>("seed").Select(_ => true).ToArray();
                table["seed"] = table.Of<long>("seed").Select(n => n + 100).ToArray();
            }
        }));

        await Assert.ThatAsync(() => MergeAsync(false, one, two), Throws.TypeOf<DatasetException>().With.Message.Contains($"held_out is false in {one.Folder} and true in {two.Folder}"));
    }

    [Test]
    public async Task WithoutASeed_ContentTells()
    {
        static void Seedless(Checking.TinySet set)
        {
            foreach (var table in set.Episodes) table.Remove("seed");
        }

        using var one = await StoredSet.OpenAsync(Sets.Make("one", Seedless));
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            Seedless(s);
            s.Data[1].Of<float[]>("action")[3][0] += 0.001f;
        }));

        await Assert.ThatAsync(() => MergeAsync(false, one, two), Throws.TypeOf<DatasetException>().With.Message.Contains("2 of the episodes are there twice"));
    }

    [Test]
    public async Task WhatDoesNotGoTogether_IsNamed_AllOfIt()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            s.Info["fps"] = 20;
            s.Features["observation.state"]!["names"]![1] = "elbow";
            s.Features["extra"] = new System.Text.Json.Nodes.JsonObject { ["dtype"] = "float32", ["shape"] = new System.Text.Json.Nodes.JsonArray(1), ["names"] = null };
        }));

        var refused = (await Assert.ThrowsAsync<DatasetException>(() => MergeAsync(false, one, two)))!.Message;

        Assert.That(refused, Does.Contain($"fps is 10 in {one.Folder} and 20 in {two.Folder}"));
        Assert.That(refused, Does.Contain($"names of observation.state is b in {one.Folder} and elbow in {two.Folder}"));
        Assert.That(refused, Does.Contain($"extra is missing in {one.Folder}"));
    }

    [Test]
    public async Task ColumnsOfTheirOwn_ThatOnlyOneHas_AreEmptyForTheOther()
    {
        using var one = await StoredSet.OpenAsync(Sets.Make("one"));
        using var two = await StoredSet.OpenAsync(Sets.Make("two", s =>
        {
            for (var i = 0; i < 2; i++) s.Episodes[i]["wording"] = s.Episodes[i].Of<long>("seed");
        }));

        using var set = await StoredSet.OpenAsync(await Sets.WriteAsync("both", SetVersion.V30, await MergeAsync(true, one, two)));

        Assert.That(set.Own.Single(o => o.Name == "wording").Values, Is.EqualTo(new object?[] { null, null, null, 7L, 8L, 9L }));
    }

    private static async Task<SourceEpisode[]> MergeAsync(bool allowDuplicates, params StoredSet[] some) => [.. await SetMerge.EpisodesAsync(some, allowDuplicates, CancellationToken.None)];
}
