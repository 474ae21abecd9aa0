using System.Text.Json;
using RobotWorker.Episodes;
using RobotWorker.Faults;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Suites;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Suites;

/// <summary>The suite's runs in the real simulation.</summary>
public sealed class SuiteRunnerTests
{
    private string folder = "";

    [SetUp]
    public void Begin()
    {
        Simulator.Require();
        folder = Directory.CreateTempSubdirectory("suite").FullName;
    }

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public void EmergencyStop_TheWorkerAsksStandingStill_AndWithoutOneNobodyIsAsked()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        var runs = SuiteProgram.WithFaults(suite, suite.Condition(FaultSuite.Standard), suite.Seeds.Scoring).Where(r => (r.Fault, r.Number) == ("E_STOP", 0)).ToDictionary(r => r.Policy, r => SuiteEpisode.Run(suite, r, default));

        var worker = runs[SuitePolicy.Recovery];
        Assert.That(worker.AskedSafely, Is.True, worker.Reason);
        Assert.That(worker.Noted.Select(n => n.Code), Is.EqualTo(["E_STOP"]));
        Assert.That(worker.Noted[0].At - worker.StruckAt, Is.InRange(0, 0.15));
        foreach (var policy in (SuitePolicy[])[SuitePolicy.Off, SuitePolicy.PlainRetry])
        {
            Assert.That(runs[policy].StruckAt, Is.EqualTo(worker.StruckAt), "the same moment");
            Assert.That((runs[policy].Outcome, runs[policy].Noted.Length, runs[policy].Succeeded), Is.EqualTo((EpisodeOutcome.Failed, 0, false)), runs[policy].Reason);
        }
    }

    [Test]
    public void Link_NothingPassesForFourSeconds_IsNamedAtOnce_WhatIsSilentFollowsIt_AndTheEpisodeGoesOn()
    {
        var text = FaultSuiteReaderTests.Small.Replace("- {fault: E_STOP, duration: 4s", "- {fault: LINK_SILENT, duration: 4s", StringComparison.Ordinal);
        var suite = FaultSuiteReaderTests.Read(text, out _)!;
        var runs = SuiteProgram.WithFaults(suite, suite.Condition(FaultSuite.Standard), suite.Seeds.Tuning).Where(r => (r.Fault, r.Policy) == ("LINK_SILENT", SuitePolicy.Recovery)).ToList();
        Assert.That(runs, Has.Count.EqualTo(3));
        foreach (var run in runs)
        {
            var outcome = SuiteEpisode.Run(suite, run, default);

            Assert.That(outcome.Noted.Select(n => n.Code), Does.Contain("JOINTS_SILENT"));
            Assert.That(outcome.Noted.Select(n => n.Cause), Has.All.EqualTo("LINK_SILENT"));
            Assert.That(outcome.Noted[0].At - outcome.StruckAt, Is.InRange(0.08, 0.15));
            Assert.That(outcome.Succeeded, Is.True, outcome.Reason);
        }
    }

    [Test]
    public void SameRun_GivesTheSameOutcome_OnAnotherThreadToo()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        var run = SuiteProgram.WithFaults(suite, suite.Condition(FaultSuite.Standard), suite.Seeds.Scoring).First(r => r.Fault == "ARM_ENCODER_JUMP");
        SuiteOutcome? other = null;
        var thread = new Thread(() => other = SuiteEpisode.Run(suite, run, default));
        thread.Start();
        var one = SuiteEpisode.Run(suite, run, default);
        Assert.That(thread.Join(TimeSpan.FromMinutes(2)), Is.True);

        Assert.That(JsonSerializer.Serialize(other), Is.EqualTo(JsonSerializer.Serialize(one)));
        Assert.That(one.StruckAt, Is.Not.Null);
    }

    [Test]
    public void PlainRetry_WhereNoStepFailed_IsTheRunWithoutRecovery_AndIsNotMadeTwice()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        var both = suite.Condition("quiet") with { Policies = [SuitePolicy.Off, SuitePolicy.PlainRetry], Only = ["ARM_ENCODER_JUMP"] };
        suite = suite with { Conditions = [both] };
        var runs = SuiteProgram.WithFaults(suite, both, suite.Seeds.Scoring).ToDictionary(r => r.Policy);
        var (off, plain) = (SuiteEpisode.Run(suite, runs[SuitePolicy.Off], default), SuiteEpisode.Run(suite, runs[SuitePolicy.PlainRetry], default));
        Assert.That(off.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded));
        Assert.That(JsonSerializer.Serialize(plain), Is.EqualTo(JsonSerializer.Serialize(off with { Run = plain.Run })));

        // What was made before tells the two apart: its words are taken over.
        Assert.That(Plain(off with { Reason = "made before" }).Reason, Is.EqualTo("made before"));
        Assert.That(Plain(off with { Reason = "made before", Outcome = EpisodeOutcome.Failed }).Reason, Is.EqualTo(plain.Reason));

        SuiteOutcome Plain(SuiteOutcome before) => new SuiteRunner(suite, suite.Seeds.Scoring, 1).Run([before], _ => { }, default).Single(o => o.Run.Policy == SuitePolicy.PlainRetry);
    }

    [Test]
    public void BrokenOff_IsGoneOnWith_AndMakesNoRunTwice()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        suite = suite with { Conditions = [suite.Condition("quiet")] };
        var file = Path.Combine(folder, "outcomes.jsonl");
        using (var stop = new CancellationTokenSource())
        using (var log = OutcomeLog<SuiteOutcome>.Open(file, "this", resume: false))
        {
            var first = new SuiteRunner(suite, 1, 1).Run([], progress =>
            {
                log.Add(progress.Last);
                stop.Cancel();
            }, stop.Token);
            Assert.That(first, Has.Count.EqualTo(1));
        }
        // The process was killed while it wrote.
        File.AppendAllText(file, "{\"run\":{\"condi");

        using (var log = OutcomeLog<SuiteOutcome>.Open(file, "this", resume: true))
        {
            List<string> made = [];
            var all = new SuiteRunner(suite, 1, 2).Run(log.Before, progress =>
            {
                log.Add(progress.Last);
                made.Add(progress.Last.Run.Id);
            }, default);

            Assert.That(made, Has.Count.EqualTo(1));
            Assert.That(all.Select(o => o.Run.Id), Is.EquivalentTo(["quiet/off/E_STOP/0", "quiet/off/ARM_ENCODER_JUMP/0"]));
            Assert.That(all.Select(o => o.Error), Has.All.Null);
        }
        using (var log = OutcomeLog<SuiteOutcome>.Open(file, "this", resume: true)) Assert.That(log.Before, Has.Length.EqualTo(2));
        Assert.That(() => OutcomeLog<SuiteOutcome>.Open(file, "another", resume: true), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("--resume"));
    }

    [Test]
    public void ADiskThatIsFull_EndsTheSuite_AndTheCallerHearsOfIt()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        suite = suite with { Conditions = [suite.Condition("quiet")] };

        Assert.That(() => new SuiteRunner(suite, 1, 2).Run([], _ => throw new IOException("the disk is full"), default), Throws.InstanceOf<IOException>().With.Message.EqualTo("the disk is full"));
    }

    [Test]
    public void Clean_FillsTheTimeThatIsWanted_AndNothingIsAlarmed()
    {
        var suite = FaultSuiteReaderTests.Read(FaultSuiteReaderTests.Small, out _)!;
        var clean = suite.Condition("quiet") with { Runs = 0, Clean = TimeSpan.FromSeconds(30) };
        suite = suite with { Conditions = [clean] };

        var outcomes = new SuiteRunner(suite, suite.Seeds.Scoring, 2).Run([], _ => { }, default);

        Assert.That(outcomes.Sum(o => o.Seconds), Is.InRange(30, 80));
        Assert.That(outcomes.All(o => o.Succeeded), Is.True, string.Join('\n', outcomes));
        var alarms = SuiteScore.Of(suite, FaultCatalogueReader.BuiltIn, outcomes).Conditions[0].Alarms;
        Assert.That((alarms.Count, alarms.Hours * 3600), Is.EqualTo((0, outcomes.Sum(o => o.Seconds))).Within(1e-6));
    }
}
