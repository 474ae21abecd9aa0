using RobotWorker.Recording.LeRobot.Sets;
using RobotWorker.Tests.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class EpisodePageTests
{
    [Test]
    public async Task APage_NeedsNothingElse_AndHasFilmsSignalsAndBands()
    {
        TinyVideo.Require();
        using var sets = new ToolSet();
        // A film that cannot be cut where the episode begins is shown all the same.
        using var set = await StoredSet.OpenAsync(sets.Make(video: "-g 2"));

        var page = await EpisodePage.OfAsync(set, set.Episodes[1], CancellationToken.None);

        Assert.That(page.Html, Does.Not.Contain("http").And.Not.Contain("<link").And.Not.Contain("@import"));
        Assert.That(page.Html, Does.Contain("<video").And.Contain("data:video/mp4;base64,").And.Contain("\"fps\":10").And.Contain("\"title\":\"observation.state\""));
        Assert.That(page.Html, Does.Contain("""{"name":"subtask","stretches":[{"from":0,"to":2,"text":"reach"},{"from":2,"to":4,"text":"grasp"}]}"""));
        Assert.That(page.Html, Does.Contain("""{"name":"next.done","stretches":[{"from":3,"to":4,"text":"next.done"}]}"""));
        Assert.That(page.Sheet![1..4], Is.EqualTo("PNG"u8.ToArray()));
    }

    [Test]
    public async Task WhatIsSaidInASet_CannotEndTheScript()
    {
        using var sets = new ToolSet();
        using var set = await StoredSet.OpenAsync(sets.Make(spoil: s => s.Subtasks["subtask"] = new[] { "</script><b>reach", "grasp", "carry" }));

        var page = await EpisodePage.OfAsync(set, set.Episodes[0], CancellationToken.None);

        Assert.That(page.Html, Does.Not.Contain("</script><b>"));
        Assert.That(page.Sheet, Is.Null);
    }

    [Test]
    public void Stretches_AreFramesOfOneText() =>
        Assert.That(EpisodePage.Stretches(6, i => "aa-bba"[i] is '-' ? "" : $"{"aa-bba"[i]}"), Is.EqualTo([(0, 2, "a"), (3, 5, "b"), (5, 6, "a")]));
}
