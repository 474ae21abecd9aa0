using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

public sealed class SetStatisticsTests
{
    [Test]
    public async Task ASet_IsSummedUp()
    {
        using var sets = new ToolSet();
        using var set = await StoredSet.OpenAsync(sets.Make());

        var all = await SetStatistics.OfAsync(set, _ => { }, CancellationToken.None);

        Assert.That((all.Name, all.Version, all.Robot, all.Episodes, all.Frames, all.Seconds), Is.EqualTo(("cups", "v3.0", "tidy", 3, 15L, 1.5)));
        Assert.That(all.Lengths, Is.EqualTo(new Spread(4, 5, 6)));
        Assert.That(all.Outcomes, Is.EqualTo([new Counted("succeeded", 2), new("failed: gave up", 1)]));
        Assert.That(all.Faults, Is.EqualTo([new Counted("none", 2), new("BASE_WHEEL_SLIP", 1)]));
        Assert.That(all.Recoveries, Is.EqualTo(new RecoveryCount(2, 1)));
        Assert.That(all.Tasks, Is.EqualTo([new Counted("put the cup on the shelf", 2), new("put the can into the bin", 1)]));
        Assert.That(all.Subtasks, Is.EqualTo([new Counted("grasp", 6), new("reach", 6), new("carry", 3)]));
        var b = all.Features.Single(f => f is { Feature: "observation.state", Name: "b" });
        Assert.That((b.Min, b.Median, b.Max, b.Mean), Is.EqualTo((-2.0, 0.0, 3.0, (0.0 + -2 + 3) / 15)));
        Assert.That(StatisticsPicture.Png(all)[1..4], Is.EqualTo("PNG"u8.ToArray()));
    }
}
