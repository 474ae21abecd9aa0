using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Execution;

/// <summary>What was believed before does not count after: each kind of instant from which on facts count has its test.</summary>
[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class FreshnessTests(Pace pace)
{
    private const string Wipe = "{id: root, sequence: [{id: w, skill: wipe, args: {object: table}}]}";
    private const string Drive = "{id: root, sequence: [{id: d, skill: go, args: {to: there}}]}";

    [Test]
    public void Success_ThePostConditionWasBelievedBefore_IsNotBelievedAfter()
    {
        var bench = new Bench(pace);
        bench.Robot.True.Add("clean(table)");
        bench.At(0.1, () => bench.Robot.Tell(Atom.Of("clean", "table")));
        bench.At(0.3, () => bench.Robot.Hidden.UnionWith(["clean", "wet"]));
        bench.Answers.Enqueue("abort");

        bench.Run(Wipe);

        Assert.That(bench.State.Recoveries[0].Evidence, Does.StartWith("POST_UNKNOWN"));
    }

    [Test]
    public void Healing_WhatWasSeenWhileTheFaultWasActive_ShowsNothing() => SeenWhileStopped(
        Drive, bench => bench.At(0.5, () => bench.Confirm("DRIVE_HOT")).At(6, () => bench.Heal("DRIVE_HOT")));

    [Test]
    public void Pause_WhatWasSeenWhileItWasPaused_ShowsNothing() => SeenWhileStopped(
        Drive, bench => bench.At(0.5, bench.Worker.Pause).At(6, bench.Worker.Resume));

    [Test]
    public void HandBack_WhatWasSeenBeforeAPersonLetItGoOn_ShowsNothing()
    {
        var bench = Hanging();
        bench.At(0.5, () => bench.Worker.ModeChanged(OperatingMode.Manual, "a person")).At(3, () => bench.Worker.ModeChanged(OperatingMode.Automatic, "a person"));
        bench.Answers.Enqueue("continue");
        // It stands at 3.3 s and is asked about; the answer comes at 4.3 s.
        Glimpse(bench, at: 3.8);
        bench.Answers.Enqueue("abort");

        bench.Run(Drive);

        Assert.That(bench.State.Recoveries[0].Effect, Is.EqualTo(Effect.Unknown));
    }

    [Test]
    public void ProtectiveStop_WhatWasSeenBeforeAPersonLetItGoOn_ShowsNothing()
    {
        var bench = Hanging();
        bench.Robot.On("d", 1, new(Deaf: true));
        bench.At(0.5, bench.Worker.Pause).At(0.6, bench.Worker.Resume);
        bench.Answers.Enqueue("continue");
        // The protective stop is called at 2.5 s, it stands at 2.85 s, and the answer comes at 3.85 s.
        Glimpse(bench, at: 3.2);
        bench.Answers.Enqueue("abort");

        bench.Run(Drive);

        Assert.That(bench.State.Recoveries[0].Effect, Is.EqualTo(Effect.Unknown));
    }

    [Test]
    public void Acknowledgement_WhatWasSeenBeforeIt_ShowsNothing()
    {
        var bench = Hanging();
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");
        // It stands at 0.9 s; the answer comes at 1.9 s, and with it the healing.
        Glimpse(bench, at: 1.4);
        bench.Answers.Enqueue("abort");

        bench.Run(Drive);

        Assert.That(bench.State.Recoveries[0].Effect, Is.EqualTo(Effect.Unknown));
    }

    [Test]
    public void Acknowledgement_OfAFaultThatHadHealed_WhatWasSeenBetween_ShowsNothing()
    {
        var bench = Hanging();
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN")).At(1.2, () => bench.Heal("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");
        Glimpse(bench, at: 1.5);
        bench.Answers.Enqueue("abort");

        bench.Run(Drive);

        Assert.That(bench.State.Recoveries[0].Effect, Is.EqualTo(Effect.Unknown));
    }

    [Test]
    public void LookFromElsewhere_ShowsMoreThanTheFirst_AndIsBelieved()
    {
        var bench = new Bench(pace);
        bench.Robot.On("w", 1, Behaviour.Fails("MISSED"));
        bench.Robot.Hidden.UnionWith(["clean", "wet"]);
        bench.Robot.Observing = () =>
        {
            if (bench.Robot.Log[^1].EndsWith("look from 1", StringComparison.Ordinal)) bench.Robot.Hidden.Clear();
            return Task.CompletedTask;
        };

        bench.Run(Wipe);

        Assert.That(bench.State.Recoveries.Select(r => (r.Effect, r.Decision)), Is.EqualTo([(Effect.Unknown, Decision.Look), (Effect.NotStarted, Decision.Retry)]).AsCollection);
    }

    [Test]
    public void Hold_AFactThatWasRefreshedOnce_IsWatchedAgain()
    {
        var bench = new Bench(pace);
        bench.Robot.On("d", 1, new(Hangs: true));
        foreach (var second in (double[])[0, 1.5, 3]) bench.At(second, () => bench.Robot.Tell(Atom.Of("localized", "robot")));

        bench.Run(Drive);

        Assert.That(bench.State.Recoveries[0].Evidence, Does.StartWith("HOLD_UNKNOWN"));
        Assert.That(bench.Robot.Log.First(l => l.Contains("cancelled")), Does.StartWith("5.0 "));
    }

    [Test]
    public void LookFromElsewhere_IsTakenAnewForEachAttempt()
    {
        var bench = new Bench(pace);
        bench.Robot.Hidden.UnionWith(["clean", "wet"]);
        bench.Answers.Enqueue("abort");

        bench.Run(Wipe);

        Assert.That(bench.Decisions.Take(4), Is.EqualTo([Decision.Look, Decision.Retry, Decision.Look, Decision.Retry]).AsCollection);
        Assert.That(bench.Robot.Did, Has.Exactly(2).EqualTo("look from 1"));
    }

    [Test]
    public void WhatAnAttemptDeletes_IsUnknownAfterIt()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Seconds: 2));
        bench.At(1, () => bench.Robot.Tell(Atom.Of("on", "cup1", "table")));
        var seen = new List<Truth?>();
        bench.Always = state => { if (state.Steps.FirstOrDefault() is { Phase: StepPhase.Checking }) seen.Add(state.World.Find(Atom.Of("on", "cup1", "table"), state.Now)?.Value); };

        bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(seen, Is.Not.Empty.And.All.Null);
    }

    [Test]
    public void AFaultThatMakesAnEffectDoubtful_HealsBeforeItIsDecided()
    {
        var bench = new Bench(pace);
        bench.Robot.On("w", 1, Behaviour.Fails("MISSED"));
        bench.At(0.7, () => bench.Confirm("LENS_DIRTY"));
        bench.At(9, () => bench.Heal("LENS_DIRTY"));

        bench.Run(Wipe);

        Assert.That(bench.State.Recoveries[0].At.Seconds, bench.IsOnTime(9.2));
        Assert.That(bench.Decisions, Is.EqualTo([Decision.Retry]).AsCollection);
    }

    [Test]
    public void AFaultThatComesUpWhileItLooks_HealsBeforeItIsDecided()
    {
        var bench = new Bench(pace);
        bench.Robot.On("w", 1, Behaviour.Fails("MISSED"));
        // It looks from 1.5 s to 1.7 s.
        bench.At(1.6, () => bench.Confirm("LENS_DIRTY")).At(9, () => bench.Heal("LENS_DIRTY"));

        bench.Run(Wipe);

        Assert.That(bench.State.Recoveries.Select(r => r.Effect), Is.EqualTo([Effect.NotStarted]).AsCollection);
        Assert.That(bench.State.Recoveries[0].At.Seconds, bench.IsOnTime(9.2));
    }

    private void SeenWhileStopped(string root, Action<Bench> stops)
    {
        var bench = Hanging();
        stops(bench);
        Glimpse(bench, at: 3);
        bench.Answers.Enqueue("abort");

        bench.Run(root);

        Assert.That(bench.State.Recoveries[0].Effect, Is.EqualTo(Effect.Unknown));
        Assert.That(bench.State.Recoveries[0].Decision, Is.EqualTo(Decision.Look));
    }

    private Bench Hanging()
    {
        var bench = new Bench(pace);
        bench.Robot.On("d", 1, new(Hangs: true));
        for (var second = 0.0; second < 12; second++) bench.At(second, () => bench.Robot.Tell(Atom.Of("localized", "robot")));
        return bench;
    }

    /// <summary>The robot is seen there for an instant, and then nobody sees where it is.</summary>
    private static void Glimpse(Bench bench, double at) => bench.At(at, () =>
    {
        bench.Robot.True.Add("at(robot, there)");
        bench.Robot.Tell(Atom.Of("at", "robot", "there"));
        bench.Robot.Hidden.Add("at");
    });
}
