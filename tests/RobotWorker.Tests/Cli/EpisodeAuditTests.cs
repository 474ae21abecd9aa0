using RobotWorker.Cli.Views;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Recording.Journals;
using RobotWorker.World;

namespace RobotWorker.Tests.Cli;

/// <summary>A recorded episode is audited, and goes through again on a machine that has no journal.</summary>
public sealed class EpisodeAuditTests
{
    [Test]
    public void AGoodEpisode_EveryInvariantHolds_AndSoItDoesAsAScenario()
    {
        var folder = Directory.CreateTempSubdirectory("audit ").FullName;
        var (journal, scenario) = (Path.Combine(folder, "robot.journal"), Path.Combine(folder, "episode.yaml"));
        Write(journal, new Event.Started(TimeSpan.Zero, default), new Event.StopAsked(TimeSpan.FromSeconds(1), default, "that's enough"), new Event.StoodStill(TimeSpan.FromSeconds(2), default, 2, true, null));

        var shown = CommandLine.Run("episode", "show", "drive", "--journal", journal, "--audit");
        var exported = CommandLine.Run("episode", "export", "drive", "--journal", journal, "--scenario", "--output", scenario);
        var replayed = CommandLine.Run("sim", "replay", scenario, "--all");

        Assert.That((shown.Code, exported.Code, replayed.Code), Is.EqualTo((0, 0, 0)), shown.Output + shown.Errors + exported.Errors + replayed.Errors);
        Assert.That(shown.Output, Does.Contain("the episode ends: stopped, that's enough").And.Contain("Every invariant held"));
        Assert.That(replayed.Output, Does.Contain("the episode ends: stopped, that's enough").And.Contain("Every invariant held"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void ADeadlineThatPassedUnnoticed_Is1()
    {
        var folder = Directory.CreateTempSubdirectory("audit ").FullName;
        var journal = Path.Combine(folder, "robot.journal");
        Write(journal, new Event.Started(TimeSpan.Zero, default), new Event.FactObserved(TimeSpan.FromSeconds(60), default, new(Atom.Of("localized", "robot"), Truth.True, default, "odometry")));

        var shown = CommandLine.Run("episode", "show", "drive", "--journal", journal, "--audit");

        Assert.That(shown.Code, Is.EqualTo(1), shown.Errors);
        Assert.That(shown.Output, Does.Contain("BROKEN  watchdog: Request was due at 6.000 s"));
        Directory.Delete(folder, recursive: true);
    }

    // The fault takes a person, by the robot's own catalogue alone.
    [Test]
    public void AnEpisodeOfARobotWithItsOwnFaults_IsShownByThem_AndExportedWithThem()
    {
        var folder = Directory.CreateTempSubdirectory("audit ").FullName;
        var (journal, scenario) = (Path.Combine(folder, "robot.journal"), Path.Combine(folder, "episode.yaml"));
        var own = "faults: robotworker/v1\ncatalogue:\n  LIFT_OPEN: {component: lift, level: urgent, human: true, heal: 1s, detect: [{signal: lift.open, above: 0.5, confirm: 0s}]}\n";
        var source = new RobotSource("drive.yaml", null, null, null, null, null, 1, 1, folder) { Faults = new("own.yaml", own) };
        var open = new Fault("LIFT_OPEN", "lift", FaultLevel.Urgent, "open 1", default, default);
        Write(journal, source.Write(), new Event.Started(TimeSpan.Zero, default), new Event.FaultConfirmed(TimeSpan.FromSeconds(1), default, open));

        var shown = CommandLine.Run("episode", "show", "drive", "--journal", journal, "--all");
        var exported = CommandLine.Run("episode", "export", "drive", "--journal", journal, "--scenario", "--output", scenario);
        var replayed = CommandLine.Run("sim", "replay", scenario, "--all");
        var read = ScenarioFile.Read(File.ReadAllText(scenario), scenario, new())!;

        Assert.That((shown.Code, exported.Code), Is.EqualTo((0, 0)), shown.Errors + exported.Errors);
        Assert.That(File.ReadAllText(scenario), Does.Contain("own_faults: |").And.Contain("  LIFT_OPEN: {component: lift"));
        using (var written = RobotJournal.OpenToRead(journal)) Assert.That(EpisodeView.Before(written.Find("drive")!).Setup.Faults.NeedsPerson(open));
        Assert.That(read.Before.Setup.Faults.NeedsPerson(open) && read.Before.Setup.Faults.ByCode.ContainsKey("ARM_HOT"), "over the built-in ones");
        Assert.That(replayed.Output, Does.Contain(Timeline(shown.Output)), replayed.Errors);
        Directory.Delete(folder, recursive: true);
    }

    private static string Timeline(string shown) => string.Join(Environment.NewLine, shown.TrimEnd().Split(Environment.NewLine).Where(line => line.Contains(" s  ", StringComparison.Ordinal)));

    private static void Write(string file, params Event[] events) => Write(file, "{}", events);

    private static void Write(string file, string source, params Event[] events)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read("plan: robotworker/v1\nid: drive\nobjects: {there: {type: place}}\nroot:\n  sequence:\n  - {id: go, skill: navigate_to, args: {place: there}}\n", "drive.yaml", bag)!;
        using var journal = RobotJournal.Open(file, "a test");
        using var episode = journal.Begin(new(Episode.Of(plan.Id, 0, 1), "drive", plan, DateTimeOffset.UnixEpoch, source));
        foreach (var happened in events) episode.Append(happened);
        episode.Sync();
    }
}
