using RobotWorker.Execution;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Tests.Skills;

/// <summary>How a robot is made to stand still, and what is done when it does not.</summary>
public sealed class RosRobotStopTests
{
    // The stop list's second measure: that no action tells of a goal is believed after so many seconds.
    private const double StatusWait = 1;

    [Test]
    public void StandStill_AfterAGoalWhoseEndNobodyHeard_EndsItFirst() => RosRobotBench.Run(async bench =>
    {
        (bench.Wheels.Seconds, bench.Wheels.StopSeconds) = (120, 7);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        Assert.That((await bench.Drive(cancel: cancel.Token)).Reported, Is.EqualTo(Outcome.Unknown));
        Assert.That(bench.Wheels.Running, Is.EqualTo(1));

        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(1), TimeSpan.Zero, default), Is.False, "it runs: that the wheels stand for a moment proves nothing");
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(3), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    [Test]
    public void StandStill_AfterAGoalOfSomebodyElses_LeavesItAlone() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 60;
        bench.Puppet.Ros.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), new());
        await bench.World.Seconds(1);

        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(3), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Wheels.Running, Is.EqualTo(1));
    });

    [Test]
    public void ProtectiveStop_CancelsEveryGoalOfAnybody() => RosRobotBench.Run(async bench =>
    {
        bench.OfferStop();
        bench.Wheels.Seconds = 60;
        bench.Puppet.Ros.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), new());
        await bench.World.Seconds(1);

        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default);

        Assert.That(bench.Calls, Is.EqualTo(["stop"]));
        Assert.That(bench.Wheels.Running, Is.Zero);
    });

    // Not one of the profile's actions: only who called it knows that it is there.
    [Test]
    public void ProtectiveStop_CancelsWhatAPlanCalledToo() => RosRobotBench.Run(async bench =>
    {
        bench.OfferStop();
        var lift = new ScriptedServer<NavigateToPose.Goal, NavigateToPose.Result, NavigateToPose.Feedback>(bench.World, _ => new()) { Seconds = 60 };
        bench.Puppet.Ros.AdvertiseAction("/lift", lift);
        var call = bench.Do("call_action", "action=/lift type= goal={}");
        await bench.World.Seconds(1);
        Assert.That(lift.Running, Is.EqualTo(1));

        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default);

        Assert.That(lift.Running, Is.Zero);
        Assert.That((await call).Code, Is.EqualTo("PREEMPTED"));
    });

    [Test]
    public void StandStill_ItStandsStill_IsTrueAfterTheDwell() => RosRobotBench.Run(async bench =>
    {
        await bench.World.Seconds(1);
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.Zero, default), Is.True);
        Assert.That(bench.Since.TotalSeconds - 1, Is.EqualTo(0.3).Within(0.06), "having stood still before is not enough: zero was only now commanded");
        Assert.That(bench.Commanded, Is.Not.Empty.And.All.EqualTo(new Twist()));
    });

    [Test]
    public void StandStill_ItKeepsMoving_IsFalseAtTheDeadline() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        Assert.That(await bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.Zero, default), Is.False);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(2).Within(0.01));
        Assert.That(bench.Commanded, Has.Count.GreaterThan(30), "zero is commanded all the while");
    });

    [TestCase(1.8, true)]    // heard again before the patience is over: the silence did not count
    [TestCase(9, false)]
    public void StandStill_NothingIsHeardForAWhile_ThatTimeDoesNotCount(double seconds, bool still) => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        var standing = bench.Robot.StandStillAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5), default);
        await bench.World.Seconds(0.8);
        bench.Puppet.IsSilent = true;
        await bench.World.Seconds(seconds);
        (bench.Puppet.IsSilent, bench.Puppet.Speed) = (false, 0);

        Assert.That(await standing, Is.EqualTo(still));
        if (still) Assert.That(bench.Since.TotalSeconds, Is.EqualTo(0.8 + seconds + 0.3).Within(0.15));
        else Assert.That(bench.Since.TotalSeconds, Is.LessThanOrEqualTo(0.8 + seconds + 0.01), "it did not wait for ever");
    });

    [Test]
    public void Link_NothingIsHeardOverALinkThatIsUp_IsLostAfterThreeSecondsAndBackWhenTheRobotSpeaks() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.IsSilent = true;
        await bench.World.Seconds(2.9);
        Assert.That(bench.Inbox.Links, Is.Empty);
        await bench.World.Seconds(0.2);
        Assert.That(bench.Inbox.Links, Is.EqualTo(["lost"]));

        bench.Puppet.IsSilent = false;
        await bench.World.Seconds(0.1);
        Assert.That(bench.Inbox.Links, Is.EqualTo(["lost", "back"]));
    });

    [Test]
    public void StandStill_ItStopsAfterAWhile_IsTrueThen() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Speed = 0.1;
        var still = bench.Robot.StandStillAsync(TimeSpan.FromSeconds(5), TimeSpan.Zero, default);
        await bench.World.Seconds(1);
        bench.Puppet.Speed = 0;

        Assert.That(await still, Is.True);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(1.3).Within(0.1));
    });

    [Test]
    public void ProtectiveStop_IsCalledAndReleasedBeforeTheNextAttemptOnly() => RosRobotBench.Run(async bench =>
    {
        bench.OfferStop();
        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default);
        Assert.That(bench.Calls, Is.EqualTo(["stop"]));

        await bench.Drive(number: 1);
        await bench.Drive(number: 2);
        Assert.That(bench.Calls, Is.EqualTo(["stop", "release"]));
    });

    [TestCase(double.PositiveInfinity, 2)]    // the answer to the first call is lost: the robot is asked again
    [TestCase(0.7, 2)]                        // it takes its time: whichever call is answered first counts
    [TestCase(0.4, 1)]
    public void ProtectiveStop_NoAnswerForHalfASecond_IsCalledAgain(double seconds, int calls) => RosRobotBench.Run(async bench =>
    {
        var times = 0;
        bench.Puppet.Ros.AdvertiseService(Trigger.Type, "/protective_stop", async (_, cancel) =>
        {
            var lasts = ++times == 1 ? seconds : 0.3;
            await Task.Delay(double.IsFinite(lasts) ? TimeSpan.FromSeconds(lasts) : Timeout.InfiniteTimeSpan, bench.World.Time, cancel);
            return new Trigger.Response { Success = true };
        });

        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default);

        Assert.That(times, Is.EqualTo(calls));
        Assert.That(bench.Since.TotalSeconds - StatusWait, Is.EqualTo(Math.Min(seconds, 0.5 + 0.3)).Within(0.05));
    });

    [Test]
    public void ProtectiveStop_NoAnswerAtAll_FailsAtTheDeadline() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Ros.AdvertiseService(Trigger.Type, "/protective_stop", async (_, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, bench.World.Time, cancel);
            return new Trigger.Response { Success = true };
        });

        await Assert.ThatAsync(() => bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(2), default), Throws.InvalidOperationException.With.Message.Contains("/protective_stop"));
        Assert.That(bench.Since.TotalSeconds - StatusWait, Is.EqualTo(2).Within(0.05));
    });

    [Test]
    public void ProtectiveStop_Refused_IsNotTakenForAStop() => RosRobotBench.Run(async bench =>
    {
        bench.OfferStop(succeeds: false);

        await Assert.ThatAsync(() => bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default), Throws.InvalidOperationException.With.Message.Contains("/protective_stop"));
    });

    [Test]
    public void ProtectiveStop_NobodyReleasesIt_TheAttemptFailsAndNothingMoves() => RosRobotBench.Run(async bench =>
    {
        var offered = bench.OfferStop();
        await bench.Robot.ProtectiveStopAsync(TimeSpan.FromSeconds(1), default);
        offered.ForEach(o => o.Dispose());
        var report = await bench.Drive();

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Failed, "STOP_HOLDS")));
        Assert.That(bench.Wheels.Ids, Is.Empty);
    });
}
