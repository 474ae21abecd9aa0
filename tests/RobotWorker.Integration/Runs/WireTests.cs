using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

[TestFixture]
public sealed class WireTests
{
    [Test]
    [CancelAfter(120_000)]
    public void Run_EveryMessageThroughCdr_HasTheSameEvents()
    {
        var wired = SimulatedRun.Of(Story.Task, Story.Seed, Path.Combine(Story.Folder, "cdr"), throughCdr: true);

        Assert.That(StateEquality.FirstDifference(wired.Result.Events, Story.Run.Result.Events), Is.Null);
        Assert.That(StateEquality.FirstDifference(wired.Result.State, Story.Run.Result.State), Is.Null);
    }
}
