using RobotWorker.Episodes;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>How an episode ends: with the robot seen to stand, for the first reason, and with nothing below a node that has ended.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class EndingTests(Pace pace)
{
    [Test]
    public void Succeeded_WhileSomethingIsBeingCancelled_TheRobotIsSeenToStandFirst()
    {
        var bench = new Bench(pace);
        bench.Robot.On("b", 1, new(Seconds: 9));

        var result = bench.Run("{id: root, parallel: {success: 1, steps: [{id: a, skill: peek}, {id: b, skill: wave}]}}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded));
        Assert.That(bench.Robot.Did.Last(), Is.EqualTo("stand still"));
    }

    [Test]
    public void TwoReasons_TheFirstStands()
    {
        var bench = new Bench(pace);
        bench.Robot.On("a", 1, new(Deaf: true));
        bench.At(0.5, bench.Stop.Cancel);

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}]}", "limits: {deadline: 1s}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
    }

    [Test]
    public void TheLinkIsDown_ItEndsAndSaysThatNobodySaw()
    {
        var bench = new Bench(pace);
        bench.At(0.5, bench.Worker.LinkLost).At(1, bench.Stop.Cancel);

        var result = bench.Run("{id: root, sequence: [{id: a, skill: wave}]}");

        Assert.That(result.Report.Reason, Does.EndWith("the link is down: nobody saw the robot stand still"));
        Assert.That(bench.State.At.TotalSeconds, bench.IsOnTime(1));
    }

    [Test]
    public void ANodeThatHasEnded_NothingBelowItBeginsInTheSameInstant()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Add("dirty(table)");
        bench.At(2, () => bench.Robot.Tell(Atom.Of("dirty", "table")));

        var result = bench.Run("""
            id: root
            sequence:
            - id: first
              parallel:
                success: 1
                steps:
                - {id: a, wait: {for: {dirty: [table]}, deadline: 60s}}
                - {id: s, sequence: [{id: w, wait: {for: {dirty: [table]}, deadline: 60s}}, {id: b, skill: wave}]}
            - {id: c, skill: wave}
            """);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Attempts.Select(a => a.Path), Is.EqualTo(["root/c"]).AsCollection);
    }
}
