using RobotWorker.Recovery;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>What a person's retry costs, and what is undone.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class RetryDetailTests(Pace pace)
{
    [Test]
    public void APersonsRetry_IsTheNextVariant_AtOnce()
    {
        var bench = new Bench(pace);
        for (var attempt = 1; attempt <= 3; attempt++) bench.Robot.On("grasp", attempt, Behaviour.Fails("MISSED"));
        bench.Answers.Enqueue("retry");

        bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(bench.Robot.Attempts.Select(a => a.Variant), Is.EqualTo([0, 1, 2, 3]).AsCollection);
        var asked = bench.Journal.Events.OfType<RobotWorker.Execution.Core.Event.Answered>().Single().At;
        Assert.That(bench.Robot.Log.Single(l => l.EndsWith("start root/grasp#4", StringComparison.Ordinal)), Does.StartWith($"{asked.TotalSeconds:0.0} "), "without backing off");
    }

    [Test]
    public void NothingWasBegun_NothingIsUndone()
    {
        var bench = new Bench(pace);
        bench.Robot.Otherwise = attempt => attempt.Skill == "pick" ? Behaviour.Fails("MISSED") : new();

        bench.Run("{id: root, fallback: [{id: grasp, skill: pick, args: {object: cup1}, undo: {skill: wave}}, {id: rest, skill: peek}]}");

        Assert.That(bench.Robot.Attempts.Select(a => a.Skill), Has.None.EqualTo("wave"));
        Assert.That(bench.Decisions.Last(), Is.EqualTo(Decision.Stop));
    }
}
