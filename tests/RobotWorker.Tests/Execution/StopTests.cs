using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;
using RobotWorker.Time;

namespace RobotWorker.Tests.Execution;

[TestFixture(Pace.Virtual)]
[TestFixture(Pace.Wall)]
public sealed class StopTests(Pace pace)
{
    private const string Wave = "{id: root, sequence: [{id: wave, skill: wave}, {id: grasp, skill: pick, args: {object: cup1}}]}";

    [Test]
    public void Stop_InMidMotion_RobotIsStillBeforeTheEpisodeCloses()
    {
        var bench = new Bench(pace, wall: WallClock.Real);
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.At(0.5, () => bench.Stop.Cancel());

        var result = bench.Run(Wave);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/wave#1", "cancelled root/wave#1", "stand still"]).AsCollection);
        Assert.That(bench.State.Ended, Is.Not.Null);
        Assert.That(result.Report.Recoveries.Single().Decision, Is.EqualTo(Decision.Stop));
        Assert.That(result.Report.Steps.Select(s => s.State), Is.EqualTo([StepStatus.Unknown, StepStatus.Skipped]).AsCollection);
    }

    [Test]
    public void Stop_AskedBeforeTheStart_NothingIsStarted()
    {
        var bench = new Bench(pace);
        bench.Stop.Cancel();

        var result = bench.Run(Wave);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        Assert.That(bench.Robot.Did, Has.None.StartsWith("start"));
        Assert.That(bench.State.Ended, Is.Not.Null);
    }

    [Test]
    public void Stop_AttemptIgnoresCancellation_EscalatesToTheProtectiveStop()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Deaf: true));
        bench.At(1, () => bench.Stop.Cancel());

        var result = bench.Run(Wave);

        Assert.That(bench.Robot.Log, Is.EqualTo(["0.0 start root/wave#1", "3.0 protective stop", "3.1 stand still"]).AsCollection, "two seconds were its deadline");
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
    }

    [Test]
    public void Stop_RobotIsNeverStill_SaysSo()
    {
        var bench = new Bench(pace);
        bench.Robot.NeverStill = true;
        bench.Robot.StillAfterProtectiveStop = false;
        bench.At(0.5, () => bench.Stop.Cancel());

        var result = bench.Run(Wave);

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        Assert.That(result.Report.Reason, Does.Contain("not seen to stand still after the protective stop"));
    }

    [Test]
    public void ProtectiveStop_OutsideAStop_APersonLetsItGoOn()
    {
        var bench = new Bench(pace);
        bench.Robot.NeverStill = true;
        bench.Robot.On("wave", 1, Behaviour.Fails("JAMMED"));
        bench.Answers.Enqueue("continue");

        var result = bench.Run(Wave);

        Assert.That(bench.Questions.Single().Text, Does.Contain("protective stop"));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
    }

    // An emergency stop takes the power of encoders, too: nobody sees the joints stand before it was reset.
    [TestCase(true)]
    [TestCase(false)]
    public void NeverStill_WhileAFaultNeedsAPerson_AsksAboutIt_AndIsSeenToStandBeforeAnythingStarts(bool stillOnceMended)
    {
        var bench = new Bench(pace) { IsMendedAtOnce = false };
        bench.Robot.NeverStill = true;
        bench.Robot.StillAfterProtectiveStop = false;
        bench.Robot.On("wave", 1, new(Hangs: true));
        bench.At(1, () => bench.Confirm("SKIN_TOUCHED"));
        bench.Answers.Enqueue("continue");
        bench.Answers.Enqueue("continue");
        bench.At(12, () =>
        {
            bench.Robot.NeverStill = !stillOnceMended;
            bench.Heal("SKIN_TOUCHED");
        });

        var result = bench.Run(Wave);

        Assert.That(bench.Questions[0].Text, Does.StartWith("SKIN_TOUCHED needs a person"));
        var again = bench.Robot.Did.SkipWhile(did => did != "protective stop").ToList();
        if (stillOnceMended)
        {
            Assert.That(bench.Questions[1].Text, Does.Contain("protective stop"));
            Assert.That(again.IndexOf("stand still"), Is.LessThan(again.FindIndex(did => did.StartsWith("start", StringComparison.Ordinal))));
            Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
            return;
        }
        Assert.That(again, Has.None.StartsWith("start"));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson), result.Report.Reason);
        Assert.That(result.Report.Reason, Does.Contain("not seen to stand still"));
    }

    [Test]
    public void Pause_CancelsStandsStill_AndResumingLooksBeforeItDecides()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, bench.Worker.Pause);
        StepStatus paused = default;
        bench.At(5, () => paused = bench.Step("grasp").Status);
        bench.At(6, bench.Worker.Resume);

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}, retry: {attempts: 1, backoff: 0s}}]}");

        Assert.That(paused, Is.EqualTo(StepStatus.Paused));
        Assert.That(bench.Robot.Log, Is.EqualTo(
            ["0.0 look", "0.2 start root/grasp#1", "2.0 cancelled root/grasp#1", "2.1 stand still", "6.0 look", "6.2 start root/grasp#2", "7.2 end root/grasp#2", "7.2 look"]).AsCollection);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), "pausing costs no attempt");
        Assert.That(result.Report.Recoveries.Single().Decision, Is.EqualTo(Decision.Retry));
        Assert.That(bench.Robot.Attempts[1].Variant, Is.Zero);
    }

    [Test]
    public void Pause_ThenStop_ClosesAtOnce()
    {
        var bench = new Bench(pace);
        bench.At(0.2, bench.Worker.Pause);
        bench.At(3, () => bench.Stop.Cancel());
        var result = bench.Run(Wave);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Stopped));
        Assert.That(bench.State.At.TotalSeconds, bench.IsOnTime(3));
    }

    [Test]
    public void PlanDeadline_Passed_StopsTheRobotFirst()
    {
        var bench = new Bench(pace);
        bench.Robot.On("wave", 1, new(Hangs: true));

        var result = bench.Run(Wave, "limits: {deadline: 3s}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Failed));
        Assert.That(result.Report.Reason, Does.Contain("deadline of 3 s"));
        Assert.That(bench.Robot.Log, Is.EqualTo(["0.0 start root/wave#1", "3.0 cancelled root/wave#1", "3.1 stand still"]).AsCollection);
    }

    [Test]
    public void Link_LostAndBack_EverythingIsCancelledAndLookedAtBeforeItGoesOn()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, bench.Worker.LinkLost);
        bench.At(9, bench.Worker.LinkBack);

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Robot.Log.SkipWhile(l => !l.Contains("cancelled")), Is.EqualTo(
            ["2.0 cancelled root/grasp#1", "9.0 stand still", "9.3 look", "9.5 start root/grasp#2", "10.5 end root/grasp#2", "10.5 look"]).AsCollection);
    }

    [Test]
    public void Link_LostWhileTheRobotIsWatched_NoPersonAndNoProtectiveStopForThat()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("MISSED"));
        bench.Robot.NeverStill = true;    // nobody sees anything over a line that is down
        bench.At(1.5, bench.Worker.LinkLost);
        bench.At(9, () =>
        {
            bench.Robot.NeverStill = false;
            bench.Worker.LinkBack();
        });

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty);
        Assert.That(bench.Robot.Log, Has.None.Contain("protective"));
    }

    [Test]
    public void LinkLost_DuringTheLookAfterAFailure_DecidesNothing_AndLooksAnewWhenItIsBack()
    {
        var bench = new Bench(pace);
        bench.Robot.On("grasp", 1, Behaviour.Fails("MISSED"));
        var looks = 0;
        bench.Robot.Observing = async () =>
        {
            if (!bench.Robot.Log.Exists(l => l.Contains("end root/grasp#1", StringComparison.Ordinal)) || ++looks > 1) return;
            bench.Worker.LinkLost();
            bench.At(2, bench.Worker.LinkBack);
            await Task.Yield();
            throw new IOException("the link was lost");
        };

        var result = bench.Run("{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(bench.Questions, Is.Empty, "nobody is asked about what the lost link hid");
        Assert.That(bench.Decisions, Is.EqualTo(new[] { Decision.Retry }));
    }

    [Test]
    public void ProtectiveStop_ThenLinkLostAndBack_IsStillAPersonsToLift()
    {
        var bench = new Bench(pace);
        bench.Robot.NeverStill = true;
        bench.Robot.On("wave", 1, Behaviour.Fails("JAMMED"));
        var lost = false;
        bench.Always = state =>
        {
            if (lost || state.Halt is not { Protective: true }) return;
            lost = true;
            bench.At(0.05, bench.Worker.LinkLost);
            bench.At(0.2, bench.Worker.LinkBack);
        };
        bench.Answers.Enqueue("continue");

        var result = bench.Run(Wave);

        Assert.That(lost);
        Assert.That(bench.Questions.Single().Text, Does.Contain("protective stop"));
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
    }

    [Test]
    public void Goal_FalseAtTheEnd_IsRepaired()
    {
        var bench = new Bench(pace) { Repair = _ => "{id: again, sequence: [{id: put, skill: put, args: {object: cup1, target: shelf}}]}" };
        bench.Robot.On("peek", 1, new(Then: r =>
        {
            r.True.Remove("on(cup1, table)");
            r.True.Add("holding(robot, cup1)");
        }));

        var result = bench.Run("{id: root, sequence: [{id: peek, skill: peek}]}", "goal: {on: [cup1, shelf]}");

        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), result.Report.Reason);
        Assert.That(result.Report.Recoveries.Single(), Has.Property("Step").EqualTo("goal").And.Property("Decision").EqualTo(Decision.Repair));
        Assert.That(bench.RepairGoals.Single().ToString(), Is.EqualTo("on(cup1, shelf)"));
    }

    [Test]
    public void Goal_NobodySees_IsLookedAtTwiceThenAsked()
    {
        var bench = new Bench(pace);
        bench.Robot.Hidden.Add("on");

        var result = bench.Run("{id: root, sequence: [{id: peek, skill: peek}]}", "goal: {on: [cup1, shelf]}");

        Assert.That(bench.Robot.Did, Is.EqualTo(["start root/peek#1", "end root/peek#1", "stand still", "look", "look from 1"]).AsCollection);
        Assert.That(result.Report.Outcome, Is.EqualTo(EpisodeOutcome.NeedsPerson));
    }
}
