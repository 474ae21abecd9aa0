using RobotWorker.Diagnostics;
using RobotWorker.Episodes.Audit;
using RobotWorker.Execution.Core;
using RobotWorker.Testing;
using RobotWorker.Tests.Cli;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>A planted mistake is found, made small, written down, and shown again by the command.</summary>
[TestFixture]
public sealed class CounterexampleTests
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"counterexamples {Guid.NewGuid():N}");

    [OneTimeTearDown]
    public void Clean()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    [Test]
    public void AClockThatWakesTooLate_IsFound_MadeSmall_AndShownAgain()
    {
        static TimeProvider Late(TimeProvider time) => new LateClock(time);
        var (script, finding) = Enumerable.Range(1, 300).Select(seed => ScheduleScript.Draw((ulong)seed))
            .Select(s => (Script: s, Finding: ScheduleJudge.Judge(s, clock: Late).Find(f => f.Invariant == "stop in time"))).First(found => found.Finding is not null);

        var counterexample = Counterexample.Of(script, finding!, Folder, Late);

        Assert.That(counterexample.Script.Lives.Sum(l => l.Troubles.Length), Is.LessThanOrEqualTo(1), counterexample.ToString());
        Assert.That(counterexample.Script.Lives, Has.Length.EqualTo(1));
        var command = CommandLine.Run("sim", "replay", counterexample.File);
        Assert.That(command.Code, Is.EqualTo(1), command.Errors);
        Assert.That(command.Output, Does.Contain("BROKEN  stop in time: what was cancelled had to end by").And.Contain("invariants were broken"));
    }

    [Test]
    public void TheScenarioInTheRepository_IsBrokenAsItSays()
    {
        var command = CommandLine.Run("sim", "replay", Repository.PathOf("tests/scenarios/stop-too-late.yaml"));

        Assert.That(command.Code, Is.EqualTo(1), command.Errors);
        Assert.That(command.Output, Does.Contain("BROKEN  stop in time: "));
    }

    [Test]
    public void AGoodSchedule_GoneThroughAgain_EndsAsItDid_AndEveryInvariantHolds()
    {
        var scenario = ScheduleJudge.ToScenario(ScheduleScript.Draw(1), "nothing is wrong here");
        var file = Path.Combine(Directory.CreateDirectory(Folder).FullName, "good.yaml");
        File.WriteAllText(file, ScenarioFile.Write(scenario));

        var command = CommandLine.Run("sim", "replay", file, "--all");

        Assert.That(command.Code, Is.Zero, command.Output + command.Errors);
        Assert.That(command.Output, Does.StartWith("nothing is wrong here").And.Contain("Every invariant held").And.Contain("the episode ends"));
        Assert.That(CommandLine.Run("check", file).Code, Is.Zero);
    }

    [Test]
    public void File_WrittenAndRead_IsTheSameCourse()
    {
        var bag = new DiagnosticBag();
        var written = ScheduleJudge.ToScenario(ScheduleScript.Draw(3), "a course: 'quoted' and # marked\nin two lines");

        var read = ScenarioFile.Read(ScenarioFile.Write(written), "course.yaml", bag);

        Assert.That(bag.All, Is.Empty);
        Assert.That(read!.Why.TrimEnd(), Is.EqualTo(written.Why));
        Assert.That(SafetyAudit.Of(read.Before, read.Events).End.Ended, Is.EqualTo(SafetyAudit.Of(written.Before, written.Events).End.Ended).And.Not.Null);
    }

    [TestCase("scenario: robotworker/v2\nplan: ''\nevents: []", "RW0011 ")]
    [TestCase("scenario: robotworker/v1\nevents: ['{}']", "RW0004 ")]
    [TestCase("scenario: robotworker/v1\nplan: |\n  plan: robotworker/v1\n  id: p\n  root: {id: a, skill: no_such}\nevents: []", "RW0022 ")]
    [TestCase("scenario: robotworker/v1\nplan: |\n  plan: robotworker/v1\n  id: p\n  root: {id: a, skill: wait}\nevents: ['{\"$type\":\"landed\"}']", "RW0001 ")]
    public void AWrongFile_Is2AndNamesThePlace(string text, string code)
    {
        var file = Path.Combine(Directory.CreateDirectory(Folder).FullName, "wrong.yaml");
        File.WriteAllText(file, text);

        var command = CommandLine.Run("sim", "replay", file);

        Assert.That(command.Code, Is.EqualTo(2), command.Output);
        Assert.That(command.Errors, Does.Contain(code).And.Contain("wrong.yaml"));
    }

    /// <summary>Whatever is to wake somebody after a second and a half or more comes six seconds late.</summary>
    private sealed class LateClock(TimeProvider inner) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new LateTimer(inner.CreateTimer(callback, state, Late(dueTime), period));

        private static TimeSpan Late(TimeSpan due) => due >= TimeSpan.FromSeconds(1.5) ? due + TimeSpan.FromSeconds(6) : due;

        private sealed class LateTimer(ITimer inner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Late(dueTime), period);

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
