using RobotWorker.Episodes;

namespace RobotWorker.Tests.Episodes;

public sealed class GoalIdsTests
{
    // Computed with Python's uuid.uuid5 over the same namespace and name.
    [Test]
    public void Derive_IsUuidVersion5() =>
        Assert.That(GoalIds.Derive("e2a3c1de-5f0b-5c54-9d3e-0b8a1f8a7c11", "root/a", 1, 0), Is.EqualTo(Guid.Parse("57fa6261-24c1-5875-ae7f-0092ddafbc6d")));

    [Test]
    public void Derive_AnythingElse_IsAnotherId()
    {
        var episode = Episode.Of("tidy", 0, 1).Id;
        var ids = new[]
        {
            GoalIds.Derive(episode, "root/a", 1, 0), GoalIds.Derive(episode, "root/a", 1, 1), GoalIds.Derive(episode, "root/a", 2, 0),
            GoalIds.Derive(episode, "root/b", 1, 0), GoalIds.Derive(Episode.Of("tidy", 0, 2).Id, "root/a", 1, 0), GoalIds.Derive(Episode.Of("tidy", 1, 1).Id, "root/a", 1, 0),
            GoalIds.Derive(Episode.Of("tidy", 0, 1, DateTimeOffset.UnixEpoch).Id, "root/a", 1, 0), GoalIds.Derive(Episode.Of("tidy", 0, 1, DateTimeOffset.UnixEpoch.AddTicks(1)).Id, "root/a", 1, 0),
        };
        Assert.That(ids, Is.Unique);
        Assert.That(Episode.Of("tidy", 0, 1).Id, Is.EqualTo(episode));
    }
}
