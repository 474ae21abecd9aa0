using RobotWorker.Integration.Runs;
using RobotWorker.Recording.Journals;
using RobotWorker.Recovery;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>Other processes pause a run, change its mode, answer for it, exchange its plan and stop it: <c>robotworker episode ...</c> beside a real <c>run</c>.</summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class ControlTests
{
    private const string Drives = """
        - {id: there, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 9}}
        - {id: back, skill: navigate_to, args: {place: table_side}, retry: {attempts: 9}}
        """;

    private const string There = "- {id: there, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 9}}";

    [Test]
    [CancelAfter(120_000)]
    public void Run_PausedReleasedAnsweredRevised_DoesAsItIsTold()
    {
        using var site = new Site("control", Drives + "\n- {id: again, skill: navigate_to, args: {place: bin_side}, retry: {attempts: 9}}");
        using var run = site.Run("--wait-for-answer");
        run.WaitFor("there", "RUNNING");
        site.Tell(0, "pause");
        run.WaitFor("asked to pause");
        run.WaitFor("there", "PAUSED");
        site.Tell(0, "mode", "semiautomatic");
        site.Tell(0, "unpause");
        site.Tell(2, "mode", "sideways").Says("there are: AUTOMATIC, SEMIAUTOMATIC");
        site.UntilAsked();
        site.Tell(2, "answer", "perhaps").Says("none of the answers", "start, skip, abort");
        site.Tell(0, "answer", "start");
        run.WaitFor("there", "RUNNING");
        site.Tell(2, "answer", "start").Says("nothing is being asked");
        site.Tell(2, "revise", PlanFile.Write(site.Folder, "control", Drives)).Says("give it a higher one");
        site.Tell(0, "revise", site.Revision(1, Drives));
        site.Tell(0, "mode", "automatic");
        run.WaitFor("revision 1 of the plan takes over");
        var end = run.End();

        Assert.That(end.ExitCode, Is.Zero, end.Output + end.Errors);
        Assert.That(end.Output, Does.Contain("back ").And.Not.Contain("again "));
        site.Tell(2, "pause").Says("has ended");
    }

    [Test]
    [CancelAfter(120_000)]
    public void Run_KilledAndAbandoned_AnotherMayBegin()
    {
        using var site = new Site("abandoned", Drives);
        using (var run = site.Run())
        {
            run.WaitFor("there", "RUNNING");
            site.Tell(69, "abandon").Says("in use by process");
            run.Kill();
        }
        site.Tell(0, "show", "--all").Says("\"pose\":{\"header\":{");
        site.Tell(0, "abandon").Says("it was given up", "see that it stands still");
        site.Tell(0, "show").Says("a person gave it up");
        site.Tell(2, "abandon").Says("has ended");
    }

    [Test]
    [CancelAfter(120_000)]
    public void Resume_WhatAnotherBuildDecidedOtherwise_StartsNothing_AndNamesBoth()
    {
        using var site = new Site("otherwise", Drives);
        using (var run = site.Run())
        {
            run.WaitFor("there", "RUNNING");
            run.Kill();
        }
        // As if the process before had decided something that this build does not.
        using (var journal = RobotJournal.Open(site.Journal, "the test"))
        using (var episode = journal.Continue(journal.Unfinished!))
            episode.Append(new RecoveryEntry("root/there", Effect.Partial, Decision.Ask, "ODD: of another build", default));

        site.Tell(69, "resume").Says("was begun by build", "decision 1 was ask of root/there", "by this build it would be none", "episode abandon it");
    }

    [Test]
    [CancelAfter(120_000)]
    public void Run_Stopped_EndsLikeCtrlC()
    {
        using var site = new Site("stopped", Drives);
        site.Tell(2, "stop").Says("there is no episode");
        using var run = site.Run();
        run.WaitFor("there", "RUNNING");
        site.Tell(0, "stop");

        Assert.That(run.End().ExitCode, Is.EqualTo(130));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Run_InManual_IsHandedBackByAPerson()
    {
        using var site = new Site("manual", There);
        using var run = site.Run("--wait-for-answer");
        run.WaitFor("there", "RUNNING");
        site.Tell(0, "mode", "manual");
        run.WaitFor("in MANUAL, set by a person");
        site.Tell(0, "mode", "automatic");
        site.UntilAsked();
        site.Tell(0, "answer", "continue");

        Assert.That(run.End().ExitCode, Is.Zero, run.Output);
    }

    [Test]
    [CancelAfter(120_000)]
    public void Run_NobodyAnswers_TheRobotIsParkedAsItsProfileSays()
    {
        using var site = new Site("parked", """
            - {id: hurry, skill: navigate_to, args: {place: bin_side}, deadline: 1s, retry: {attempts: 1}, on_failure: {ask: "What now?", options: [retry, abort]}}
            """);
        using var run = site.Run("--profile", site.Profile("- {id: home, skill: navigate_to, args: {place: shelf_side}, retry: {attempts: 9}}"));
        var end = run.End();

        Assert.That(end.ExitCode, Is.EqualTo(3), end.Output + end.Errors);
        Assert.That(end.Output, Does.Contain("nobody answered; the robot was parked"));
        Assert.That(site.IsAt("shelf_side"), Is.True, end.Output);
    }

    /// <summary>A served robot, a plan for it, and the commands that are told to whoever runs it.</summary>
    private sealed class Site : IDisposable
    {
        private readonly ServedRobot robot;
        private readonly string plan;
        private readonly string name;

        public Site(string name, string steps)
        {
            Simulator.Require();
            this.name = name;
            Folder = Path.Combine(Story.Folder, "control", name);
            Directory.CreateDirectory(Folder);
            plan = PlanFile.Write(Folder, name, steps);
            var job = WiredRun.Read(plan);
            robot = new(new(job.Scene, job.Robot), new(1, WallClock.Real));
            File.WriteAllText(Answers, "");
        }

        public string Folder { get; }

        public string Journal => Path.Combine(Folder, "robot.journal");

        private string Answers => Path.Combine(Folder, "answers");

        public LiveCommand Run(params string[] more) => LiveCommand.Start(
            ["run", plan, "--robot", robot.Address, "--id", "it", "--journal", Journal, "--output", Folder, "--plain", "--answers", Answers, .. more]);

        public bool? IsAt(string place) => robot.Holds(new World.Condition.Holds(World.Atom.Of("at", "robot", place)));

        /// <summary>Our robot's profile with a park plan of these steps.</summary>
        public string Profile(string park)
        {
            var file = Path.Combine(Folder, "with-park.profile.yaml");
            File.WriteAllText(file, $"{File.ReadAllText(Repository.PathOf("sim/robots/porter.profile.yaml"))}\npark: park.yaml\n");
            PlanFile.Write(Folder, "park", park);
            return file;
        }

        public string Revision(int revision, string steps)
        {
            var text = File.ReadAllText(PlanFile.Write(Path.Combine(Folder, "next"), name, steps));
            var file = Path.Combine(Folder, "next", "revised.yaml");
            File.WriteAllText(file, text.Replace($"id: {name}\n", $"id: {name}\nrevision: {revision}\n", StringComparison.Ordinal));
            return file;
        }

        public Told Tell(int code, string what, params string[] more)
        {
            // The journal's file comes with the run.
            if (!File.Exists(Journal)) RobotJournal.Open(Journal, "the test").Dispose();
            var result = RobotWorkerCommand.Run(["episode", what, "it", .. more, "--journal", Journal]);
            Assert.That(result.ExitCode, Is.EqualTo(code), $"{what}: {result.Output}{result.Errors}");
            return new(result.Output + result.Errors);
        }

        /// <summary>Waits until the run asks something.</summary>
        public void UntilAsked()
        {
            for (var tries = 0; tries < 200; tries++)
            {
                if (RobotWorkerCommand.Run(["episode", "show", "it", "--journal", Journal]).Output is var shown && shown.LastIndexOf(" asks: ", StringComparison.Ordinal) > shown.LastIndexOf("person answered", StringComparison.Ordinal)) return;
                Thread.Sleep(100);
            }
            Assert.Fail("it asked nothing");
        }

        public void Dispose() => robot.Dispose();
    }

    private sealed record Told(string Text)
    {
        public void Says(params string[] parts)
        {
            foreach (var part in parts) Assert.That(Text, Does.Contain(part));
        }
    }
}
