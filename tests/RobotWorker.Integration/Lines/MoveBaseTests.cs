using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Ros1;
using RobotWorker.Integration.Runs;
using RobotWorker.Recovery;
using RobotWorker.Testing;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// Our executor with a plan, and a move_base of rospy's that drives the simulated robot by /cmd_vel: somebody else's action server, in every way in which a goal can
/// end. What is believed afterwards is what was seen, not what was reported. At the wall's own pace: on a busy machine a late sensor may cost one more attempt.
/// </summary>
[TestFixture]
public sealed class MoveBaseTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    [CancelAfter(180_000)]
    public void Drives_GivenUpAndDisplaced_AreLookedAtAndDriveAgain() => Drive(
        """
        - {id: there, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 3}}
        - {id: back, skill: navigate_to, args: {place: table_side}, retry: {attempts: 3}}
        - {id: again, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 3}}
        """,
        site =>
        {
            site.Base.Say("abort");
            var rival = site.Peer("drive.py");
            site.Until(() => rival.Says("server True"));
            return _ =>
            {
                site.Until(() => site.Base.Lines.Count(line => line.StartsWith("started", StringComparison.Ordinal)) == 4);
                // actionlib takes the goal with the later stamp: the rival's clock must have passed ours.
                site.Until(() => site.Robot.Speed > 0.45);
                rival.Say("start 0.3");
                // Ours is displaced. Nothing more is commanded until nobody else drives the robot and a person says so.
                site.Until(() => site.Base.Count("preempted") == 1);
                site.Until(() => site.Asked is { } question && question.Text.StartsWith("somebody else moves the robot", StringComparison.Ordinal));
                Assert.That(site.Robot.Speed, Is.GreaterThan(0.1), "the rival drives on");
                rival.Say("cancel");
                site.Until(() => rival.Says("ended PREEMPTED"));
                site.Answer("continue");
            };
        },
        (site, run) =>
        {
            Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), site.Account(run));
            Assert.That(Reported(run, "there")[0], Is.EqualTo(Outcome.Failed), site.Account(run));
            Assert.That(Reported(run, "again"), Has.Length.GreaterThan(1), site.Account(run));
            Assert.That(Reported(run, "again")[0], Is.Not.EqualTo(Outcome.Succeeded), site.Account(run));
            Assert.That(run.Report.Recoveries.Count(r => r.Decision == Decision.Retry), Is.GreaterThanOrEqualTo(2), site.Account(run));
            Assert.That(run.Events.OfType<Event.ModeChanged>().Single().Mode, Is.EqualTo(OperatingMode.Intervened), site.Account(run));
            Assert.That(site.IsAt("bin_side"), Is.True, site.Account(run));
        });

    [Test]
    [CancelAfter(180_000)]
    public void Drive_ServerKilledAndStartedAgain_IsUnknownThenSeenThenDrivenAgain() => Drive(
        "- {id: there, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 3}}",
        site => _ =>
        {
            site.Until(() => site.Robot.Speed > 0.3);
            site.KillBase();
            site.Until(() => site.Robot.Speed < 0.02);
            site.StartBase();
        },
        (site, run) =>
        {
            Assert.That(Reported(run, "there"), Does.Contain(Outcome.Unknown), site.Account(run));
            Assert.That(run.Report.Faults.Select(f => f.Code), Does.Contain("NAVIGATION_DOWN"), site.Account(run));
            // Of the goal that is unknown, and of the server that is gone, either may be heard first.
            var lost = run.Report.Recoveries.First(r => r.Evidence.StartsWith("GOAL_UNKNOWN", StringComparison.Ordinal) || r.Evidence.StartsWith("NAVIGATION_DOWN", StringComparison.Ordinal));
            Assert.That(lost.Effect, Is.EqualTo(Effect.NotStarted), site.Account(run));
            Assert.That(lost.Evidence, Does.Contain("at(robot, bin_side) false"), site.Account(run));
            Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), site.Account(run));
            Assert.That(site.IsAt("bin_side"), Is.True, site.Account(run));
        });

    // actionlib remembers a goal for five seconds after its end, and takes another one with the same id for that one.
    [Test]
    [CancelAfter(180_000)]
    public void Drive_TheSamePlanAgainAtOnce_DrivesAgain() => Drive(
        "- {id: there, skill: navigate_to, args: {place: bin_side}}",
        _ => _ => { },
        (site, run) =>
        {
            var again = site.Run(_ => { });

            Assert.That((run.Report.Outcome, again.Report.Outcome), Is.EqualTo((EpisodeOutcome.Succeeded, EpisodeOutcome.Succeeded)), site.Account(again));
            Assert.That(site.Base.Count("arrived"), Is.EqualTo(2), site.Account(again));
        });

    [Test]
    [CancelAfter(180_000)]
    public void Drive_Stopped_IsCancelledAndTheRobotStands() => Drive(
        "- {id: there, skill: navigate_to, args: {place: bin_side}}",
        site => stop =>
        {
            site.Until(() => site.Robot.Speed > 0.3);
            stop.Press();
        },
        (site, run) =>
        {
            Assert.That(run.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped), site.Account(run));
            Assert.That(site.Base.Count("preempted"), Is.EqualTo(1), site.Account(run));
            Assert.That(site.Robot.Speed, Is.LessThan(0.02), site.Account(run));
            Assert.That(site.IsAt("bin_side"), Is.False, site.Account(run));
        });

    private static void Drive(string steps, Func<Site, Action<StopSwitch>> prepare, Action<Site, RunResult> check)
    {
        Simulator.Require();
        using var site = new Site(steps);
        check(site, site.Run(prepare(site)));
    }

    /// <summary>What each attempt of a step reported, in order.</summary>
    private static Outcome[] Reported(RunResult run, string step) =>
        [.. run.Events.OfType<Event.AttemptEnded>().Where(e => e.Path == $"root/{step}").Select(e => e.Report.Reported)];

    /// <summary>A master, the simulated robot on its graph without a navigation of its own, and rospy's.</summary>
    private sealed class Site : IDisposable
    {
        private readonly RosMaster master = RosMaster.Start();
        private readonly List<LivePeer> peers = [];
        private readonly Job job;
        private PersonAside? person;
        private readonly string folder = Path.Combine(Story.Folder, "move_base", TestContext.CurrentContext.Test.Name);

        public Site(string steps)
        {
            job = WiredRun.Read(PlanFile.Write(folder, "drives", steps));
            Robot = new(new(job.Scene, job.Robot), new(1, WallClock.Real) { Master = master.Uri, OffersMoveBase = false });
            Base = Peer("base_driver.py");
        }

        public ServedRobot Robot { get; }

        public LivePeer Base { get; private set; }

        public LivePeer Peer(string script)
        {
            var peer = LivePeer.Python(master, script);
            peers.Add(peer);
            Until(() => peer.Count("ready") > 0, peer);
            return peer;
        }

        public void KillBase() => Base.Kill();

        public void StartBase() => Base = Peer("base_driver.py");

        /// <summary>What the worker asks now, or null; from any thread.</summary>
        public Question? Asked => person?.Asked;

        /// <summary>Answers it; from any thread.</summary>
        public void Answer(string answer) => person!.Answer(answer);

        public bool IsAt(string place) => Robot.Holds(new Condition.Holds(Atom.Of("at", "robot", place))) == true;

        public RunResult Run(Action<StopSwitch> meanwhile)
        {
            var stop = new StopSwitch();
            Exception? failed = null;
            var other = new Thread(() =>
            {
                try
                {
                    meanwhile(stop);
                }
                catch (Exception e)
                {
                    failed = e;
                    stop.Press();
                }
            }) { IsBackground = true };
            other.Start();
            var run = WiredRun.Over(Robot.Address, job, 1, folder, WallClock.Real, stop: stop, person: loop => person = new(loop));
            Assert.That(other.Join(Limit), $"what should happen meanwhile did not\n{Account(run)}");
            Assert.That(failed, Is.Null, () => Account(run));
            Assert.That(Invariants.Broken(run, job.Plan), Is.Empty, () => Account(run));
            return run;
        }

        public void Until(Func<bool> holds, LivePeer? peer = null)
        {
            for (var waited = Stopwatch.StartNew(); !holds(); Thread.Sleep(10))
                if (waited.Elapsed > Limit) throw new TimeoutException($"it did not come true: {(peer ?? Base).Output}");
        }

        public string Account(RunResult run) => $"{WiredRun.Story(run)}\nmove_base:\n{Base.Output}";

        public void Dispose()
        {
            foreach (var peer in peers) peer.Dispose();
            Robot.Dispose();
            master.Dispose();
        }
    }
}
