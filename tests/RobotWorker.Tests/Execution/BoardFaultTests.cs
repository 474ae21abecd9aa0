using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

/// <summary>What the worker does about the safety board's faults, by the policies of the catalogue that is built in.</summary>
public sealed class BoardFaultTests
{
    // Each time it is tried again it happens again. So often a worker recovers from it, each time after twice the pause; then a person is asked.
    [TestCase("BOARD_HUNG", 1, 0)]
    [TestCase("BOARD_BROWN_OUT", 2, 2)]
    [TestCase("BOARD_RESET", 5, 0)]
    [TestCase("BOARD_SILENT", 5, 0)]
    [TestCase("BATTERY_SAG", 5, 2)]
    public void Fault_AgainAndAgain_IsRecoveredFromByItsPolicy_ThenAPersonIsAsked(string code, int recoveries, double backoffSeconds)
    {
        var bench = new Bench(Pace.Virtual, Kitchen.Setup with { Faults = Porter.Faults });
        List<double> starts = [], healed = [];
        bench.Robot.Otherwise = _ => new(Hangs: true);
        bench.Robot.Starting = _ =>
        {
            starts.Add(Seconds(bench));
            if (starts.Count > 20) Assert.Fail("it never gives up");
            bench.At(0.5, () => bench.Worker.FaultConfirmed(Of(code, bench.Robot.Now)));
            bench.At(2, () =>
            {
                healed.Add(Seconds(bench));
                bench.Worker.FaultHealed(Of(code, bench.Robot.Now) with { HealedAt = bench.Robot.Now });
            });
        };
        bench.Answers.Enqueue("skip");

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}, retry: {attempts: 100, backoff: 0s}}]}");

        Assert.That(starts, Has.Count.EqualTo(recoveries + 1));
        Assert.That(bench.Questions, Has.Count.EqualTo(1));
        Assert.That(result.Report.Recoveries.Select(recovery => recovery.Evidence), Has.Some.Contains($"recoveries from {code} are spent"));
        for (var i = 1; i < starts.Count; i++) Assert.That(starts[i] - healed[i - 1], Is.GreaterThanOrEqualTo(backoffSeconds * Math.Pow(2, i - 1)).And.LessThan((backoffSeconds * Math.Pow(2, i - 1)) + 2), $"attempt {i + 1}");
    }

    [Test]
    public void NoisyLink_StopsNothing()
    {
        var bench = new Bench(Pace.Virtual, Kitchen.Setup with { Faults = Porter.Faults });
        bench.Robot.On("grasp", 1, new(Seconds: 2));
        bench.At(0.5, () => bench.Worker.FaultConfirmed(Of("BOARD_LINK_NOISY", bench.Robot.Now)));

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(result.Report.Recoveries, Is.Empty);
        Assert.That(bench.Questions, Is.Empty);
    }

    private static double Seconds(Bench bench) => bench.Loop.Elapsed.TotalSeconds;

    private static Fault Of(string code, RobotTime now) => new(code, Porter.Faults.ByCode[code].Component, Porter.Faults.ByCode[code].Level, "the test says so", now, now);
}
