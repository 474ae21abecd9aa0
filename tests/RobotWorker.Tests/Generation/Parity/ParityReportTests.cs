using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Parity;
using RobotWorker.Motion;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Generation.Parity;

/// <summary>Two runs whose difference is known beforehand.</summary>
public sealed class ParityReportTests
{
    [Test]
    public void TheSameRunTwice_IsNoDistanceAtAll()
    {
        var run = Run([Phase("root/go", 0, 4)], t => Turned(0.1 * t, 0, t));

        var report = ParityReport.Of(run, run);

        Assert.That((report.RmseMetres, report.RmseRadians), Is.EqualTo((0.0, 0.0)));
        Assert.That(report.Phases.Single().Ratio, Is.EqualTo(1));
        Assert.That(report.Agreement.Same, Is.EqualTo(report.Agreement.All));
    }

    [Test]
    public void AWayThreeCentimetresBesideAndATenthRadianAskew_IsSoFarAway()
    {
        var report = ParityReport.Of(Run([Phase("root/go", 0, 4)], t => Turned(0.1 * t, 0, 0)), Run([Phase("root/go", 0, 4)], t => Turned(0.1 * t, 0.03, 0.1)));

        Assert.That(report.RmseMetres, Is.EqualTo(0.03).Within(1e-9));
        Assert.That(report.RmseRadians, Is.EqualTo(0.1).Within(1e-9));
    }

    [Test]
    public void TheSameWayLaterAndTwiceAsSlowly_IsNoDistance_AndShowsInTheDurations()
    {
        var report = ParityReport.Of(Run([Phase("root/go", 0, 4)], t => Turned(0.1 * t, 0, 0)), Run([Phase("root/go", 5, 13)], t => Turned(0.05 * (t - 5), 0, 0)));

        Assert.That(report.RmseMetres, Is.EqualTo(0).Within(1e-6), "but for the tenth of a microsecond that durations are counted in");
        Assert.That(report.Phases.Single().Ratio, Is.EqualTo(2).Within(1e-9));
    }

    [Test]
    public void OneWaitsLongerBeforeTheSameGoal_TheWaysAreLaidBesideEachOtherFromTheGoalOn()
    {
        var a = Run([Phase("root/pick", 0, 4, ("sent /arm", 1))], t => Turned(0.1 * Math.Max(0, t - 1), 0, 0));
        var waits = Run([Phase("root/pick", 0, 6, ("sent /arm", 3))], t => Turned(0.1 * Math.Max(0, t - 3), 0, 0));
        var asksAnother = Run([Phase("root/pick", 0, 6, ("sent /head", 3))], t => Turned(0.1 * Math.Max(0, t - 3), 0, 0));

        Assert.That(ParityReport.Of(a, waits).RmseMetres, Is.EqualTo(0).Within(1e-9));
        Assert.That(ParityReport.Of(a, waits).Phases.Single().ByGoals);
        Assert.That(ParityReport.Of(a, asksAnother).RmseMetres, Is.GreaterThan(0.02), "by beginning and end alone one is ahead of the other");
        Assert.That(ParityReport.Of(a, asksAnother).Phases.Single().ByGoals, Is.False);
    }

    [Test]
    public void TwoPhases_CountByTheirDurations()
    {
        RecordedPhase[] phases = [Phase("root/go", 0, 1), Phase("root/pick", 1, 4)];

        var report = ParityReport.Of(Run(phases, _ => Turned(0, 0, 0)), Run(phases, t => Turned(0, t <= 1 ? 0 : 0.02, 0)));

        Assert.That(report.Phases.Select(p => p.RmseMetres!.Value), Is.EqualTo(new[] { 0, 0.02 }).Within(1e-4));
        Assert.That(report.RmseMetres, Is.EqualTo(Math.Sqrt(0.75) * 0.02).Within(1e-4));
    }

    [Test]
    public void ABeliefThatDiffers_AndOneThatOnlyOneSideHas_AreNamedWithTheirPhase()
    {
        var a = Phase("root/pick", 0, 4) with { Truths = Truths(("holding(robot, cup)", Truth.True), ("on(cup, table)", Truth.False), ("at(robot, table_side)", Truth.True)) };
        var b = a with { Truths = Truths(("holding(robot, cup)", Truth.False), ("on(cup, table)", Truth.False)) };

        var report = ParityReport.Of(Run([a], Still), Run([b], Still));

        Assert.That(report.Agreement, Is.EqualTo(new TruthAgreement(1, 3)));
        Assert.That(report.Phases.Single().Different, Is.EqualTo([new TruthDifference("at(robot, table_side)", Truth.True, Truth.Unknown), new TruthDifference("holding(robot, cup)", Truth.True, Truth.False)]));
        Assert.That(ParityWords.DifferenceRows(report), Is.EqualTo(new[] { ["pick", "at(robot, table_side)", "true", "unknown"], new[] { "pick", "holding(robot, cup)", "true", "false" } }));
    }

    [Test]
    public void APhaseThatOneSideDidNotComeTo_IsToldAndComparesWithNothing()
    {
        var report = ParityReport.Of(Run([Phase("root/go", 0, 4), Phase("root/pick", 4, 6)], Still), Run([Phase("root/go", 0, 4)], Still) with { Outcome = EpisodeOutcome.Failed });

        var missing = report.Phases.Single(p => p.Path == "root/pick");
        Assert.That((missing.B, missing.RmseMetres, missing.Ratio, missing.Agreement), Is.EqualTo(((PhaseFigures?)null, (double?)null, (double?)null, TruthAgreement.None)));
        Assert.That(missing.A!.Seconds, Is.EqualTo(2));
        Assert.That((report.A.Outcome, report.B.Outcome, report.RmseMetres), Is.EqualTo((EpisodeOutcome.Succeeded, EpisodeOutcome.Failed, 0.0)));
    }

    [Test]
    public void AWayThatIsNotKnownOnOneSide_HasNoDistance_AndTheRestIsCompared()
    {
        var report = ParityReport.Of(Run([Phase("root/go", 0, 4)], Still), Run([Phase("root/go", 0, 4)], Still) with { Tool = new([]) });

        Assert.That(report.RmseMetres, Is.Null);
        Assert.That(report.Phases.Single().Ratio, Is.EqualTo(1));
        Assert.That(ParityWords.Distance(report), Does.StartWith("There is no distance"));
    }

    [Test]
    public void AGapInAWay_IsNotBridged()
    {
        var way = new ToolPath([Point(0, 0), Point(0.1, 0.1), Point(0.5, 0.5)]);

        Assert.That(way.At(RobotTime.FromSeconds(0.05))!.Value.Position.X, Is.EqualTo(0.05).Within(1e-9));
        Assert.That((way.At(RobotTime.FromSeconds(0.3)), way.At(RobotTime.FromSeconds(0.6))), Is.EqualTo(((Pose?)null, (Pose?)null)));
    }

    [Test]
    public void Latencies_AreCountedInTheSameBinsOnBothSides()
    {
        var report = ParityReport.Of(
            Run([Phase("root/go", 0, 1)], Still) with { Latencies = [new("goal sent to accepted", [0.0005, 0.004, 0.003, 9]), new("age of odometry", [])] },
            Run([Phase("root/go", 0, 1)], Still) with { Latencies = [new("goal sent to accepted", [0.02])] });

        var latency = report.Latencies.Single();
        Assert.That(latency.A, Is.Not.Null);
        Assert.That((latency.A!.Count, latency.A.MedianSeconds, latency.A.MostSeconds), Is.EqualTo((4, 0.003, 9.0)));
        Assert.That(latency.A.Histogram, Is.EqualTo(new[] { 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }));
        Assert.That(latency.B!.Histogram[LatencyFigures.BinEnds.IndexOf(0.02)], Is.EqualTo(1), "a bin holds its end");
    }

    [Test]
    public void Json_HasItAllInSnakeCaseAndWords()
    {
        var report = ParityReport.Of(Run([Phase("root/go", 0, 4)], Still), Run([Phase("root/go", 0, 5)], Still));

        var json = JsonNode.Parse(ParityFile.Json(report, "sim", "sim joint_stiffness=0.6"))!;

        Assert.That((string?)json["parity"], Is.EqualTo("robotworker/v1"));
        Assert.That((double?)json["rmse_metres"], Is.Zero);
        Assert.That((string?)json["a"]!["outcome"], Is.EqualTo("succeeded"));
        Assert.That((double?)json["phases"]![0]!["ratio"], Is.EqualTo(1.25));
    }

    [Test]
    public void Page_WithAPhaseOnOneSideOnlyAndNamesFromOutside_IsWhole()
    {
        var (a, b) = (Run([Phase("root/go", 0, 4), Phase("root/<pick>", 4, 6)], Still), Run([Phase("root/go", 0, 4)], Still));

        var page = ParityPage.Write(ParityReport.Of(a, b), ("sim", a), ("ws://<host>", b));

        Assert.That(page, Does.Contain("&lt;pick&gt;").And.Contain("ws://&lt;host&gt;").And.Contain("Durations of the phases").And.Contain("Distance between the tools").And.EndWith("</html>\n"));
        Assert.That(page, Does.Not.Contain("<pick>"));
    }

    private static Pose Still(double seconds) => Turned(0, 0, 0);

    private static Pose Turned(double x, double y, double yaw) => new(new(x, y, 1), Quat.FromYaw(yaw));

    private static ToolPoint Point(double seconds, double x) => new(RobotTime.FromSeconds(seconds), Turned(x, 0, 0));

    private static ImmutableSortedDictionary<string, Truth> Truths(params (string Atom, Truth Truth)[] truths) => truths.ToImmutableSortedDictionary(t => t.Atom, t => t.Truth, StringComparer.Ordinal);

    private static RecordedPhase Phase(string path, double began, double ended, params (string What, double At)[] goals) => new(
        path, "any", StepStatus.Finished, 1, [new("begun", RobotTime.FromSeconds(began)), .. goals.Select(g => new PhaseMark(g.What, RobotTime.FromSeconds(g.At))), new("Finished", RobotTime.FromSeconds(ended))],
        ImmutableSortedDictionary<string, Truth>.Empty);

    /// <param name="tool">Where the tool is, by seconds.</param>
    private static RecordedRun Run(IReadOnlyList<RecordedPhase> phases, Func<double, Pose> tool) => new(
        "fetch", "porter", "mujoco", 1, EpisodeOutcome.Succeeded, "the goal was seen to hold", true, phases[^1].Marks[^1].At.Seconds, [.. phases],
        new([.. Enumerable.Range(0, 701).Select(i => i / 50.0).Select(t => new ToolPoint(RobotTime.FromSeconds(t), tool(t)))]), Truth.True, ImmutableSortedDictionary<string, Truth>.Empty, []);
}
