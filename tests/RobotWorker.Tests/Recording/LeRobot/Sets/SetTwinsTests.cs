using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class SetTwinsTests : ToolSetTests
{
    [Test]
    public async Task TwinsThatComeAlong_HaveTheirNewNumbers_AndOneThatDoesNotIsToldOfNoMore()
    {
        using var whole = await StoredSet.OpenAsync(Sets.Make("whole", s => s.Pair()));

        var made = await Sets.WriteAsync("some", SetVersion.V30, SetContent.Of(whole, e => e.Number > 0));

        Assert.That(ToolSet.Check(made), Is.Empty);
        using var set = await StoredSet.OpenAsync(made);
        Assert.That(Of(set, "pair_role"), Is.EqualTo(new[] { "fault_free", "no_recovery" }));
        Assert.That(Of(set, "pair_onset_s"), Is.EqualTo(new[] { 0.3, 0.3 }));
        Assert.That(Of(set, "faulted_twin_index"), Is.EqualTo(new object?[] { null, null }));
        Assert.That(Of(set, "fault_free_twin_index"), Is.EqualTo(new object?[] { null, 0L }));
        Assert.That(Of(set, "no_recovery_twin_index"), Is.EqualTo(new object?[] { 1L, null }));
    }

    [Test]
    public async Task TwinsInTheSetBeside_AreFoundWhenBothAreMerged_AndForgottenWhenOneIsMovedAlone()
    {
        var (success, failure) = Sets.Apart(_ => { }, _ => { });
        using var good = await StoredSet.OpenAsync(success);
        using var bad = await StoredSet.OpenAsync(failure);

        using var alone = await StoredSet.OpenAsync(await Sets.WriteAsync("alone", SetVersion.V30, SetContent.Of(good)));
        using var both = await StoredSet.OpenAsync(await Sets.WriteAsync("both", SetVersion.V30, [.. SetContent.Of(bad), .. SetContent.Of(good)]));

        Assert.That(ToolSet.Check(alone.Folder).Concat(ToolSet.Check(both.Folder)), Is.Empty);
        Assert.That(Of(alone, "fault_free_twin_index"), Is.EqualTo(new object?[] { 1L, null, null }));
        Assert.That(Of(alone, "no_recovery_twin_index"), Is.EqualTo(new object?[] { null, null, null }));
        Assert.That(Of(alone, "no_recovery_twin_set"), Is.EqualTo(new object?[] { "", "", "" }));
        Assert.That(Of(both, "no_recovery_twin_index"), Is.EqualTo(new object?[] { null, null, null, 2L, 2L, null }));
        Assert.That(Of(both, "faulted_twin_index"), Is.EqualTo(new object?[] { null, null, 3L, null, 3L, null }));
    }

    [Test]
    public async Task AnEpisodeThatIsThereTwice_IsNobodysTwin()
    {
        using var whole = await StoredSet.OpenAsync(Sets.Make("whole", s => s.Pair()));

        using var set = await StoredSet.OpenAsync(await Sets.WriteAsync("twice", SetVersion.V30, [.. SetContent.Of(whole), .. SetContent.Of(whole, e => e.Number == 0)]));

        Assert.That(Of(set, "faulted_twin_index"), Is.EqualTo(new object?[] { null, null, null, null }));
    }

    [Test]
    public async Task TwinsOfVersion21_AreStillTwins_ThereAndBack()
    {
        using var whole = await StoredSet.OpenAsync(Sets.Make("whole", s => s.Pair()));
        using var older = await StoredSet.OpenAsync(await Sets.WriteAsync("older", SetVersion.V21, SetContent.Of(whole)));

        var back = await Sets.WriteAsync("back", SetVersion.V30, SetContent.Of(older));

        Assert.That(ToolSet.Check(back), Is.Empty);
        using var set = await StoredSet.OpenAsync(back);
        Assert.That(Of(set, "no_recovery_twin_index"), Is.EqualTo(new object?[] { 2L, 2L, null }));
    }

    [Test]
    public async Task TwinsAreNoDuplicates_AndAnEpisodeIsTheSameWhereverItsTwinsStand()
    {
        using var whole = await StoredSet.OpenAsync(Sets.Make("whole", s => s.Pair()));
        using var some = await StoredSet.OpenAsync(await Sets.WriteAsync("some", SetVersion.V30, SetContent.Of(whole, e => e.Number > 0)));

        Assert.That(await SetMerge.EpisodesAsync([whole], allowDuplicates: false, default), Has.Length.EqualTo(3));
        await Assert.ThatAsync(() => SetMerge.EpisodesAsync([whole, some], allowDuplicates: false, default), Throws.TypeOf<DatasetException>().With.Message.Contains("2 of the episodes are there twice"));
    }

    private static object?[] Of(StoredSet set, string column) => [.. set.Own.Single(o => o.Name == column).Values];
}
