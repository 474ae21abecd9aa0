using RobotWorker.Execution;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ActionlibMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Tests.Ros;
using Words = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Tests.Skills;

/// <summary>How the worker hears that somebody else commands the robot.</summary>
public sealed class RosRobotModeTests
{
    [Test]
    public void Mode_OnItsTopic_IsToldWhenItChanges() => RosRobotBench.Run(async bench =>
    {
        var selector = bench.Puppet.Ros.Advertise<Words>("/operating_mode", Qos.Latched);
        foreach (var word in new[] { "AUTOMATIC", "AUTOMATIC", "MANUAL", "MANUAL", "TEACHIN", "AUTOMATIC" })
        {
            selector.Publish(new() { Data = word });
            await bench.World.Seconds(0.1);
        }

        Assert.That(bench.Inbox.Modes.Select(m => m.Mode), Is.EqualTo([OperatingMode.Automatic, OperatingMode.Manual, OperatingMode.TeachIn, OperatingMode.Automatic]).AsCollection, "the first word may end what an earlier process heard");
        Assert.That(bench.Inbox.Modes[0].By, Is.EqualTo("the robot, on /operating_mode"));
    });

    [Test]
    public void Mode_AWordThatIsNone_IsTakenForManual() => RosRobotBench.Run(async bench =>
    {
        bench.Puppet.Ros.Advertise<Words>("/operating_mode").Publish(new() { Data = "JOGGING" });
        await bench.World.Seconds(0.1);

        Assert.That(bench.Inbox.Modes.Single().Mode, Is.EqualTo(OperatingMode.Manual));
        Assert.That(bench.Inbox.Modes.Single().By, Does.Contain("'JOGGING'").And.Contain("SEMIAUTOMATIC"));
    });

    [Test]
    public void GoalsOfOurs_AreNoIntervention() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 3;
        await bench.Drive();

        Assert.That(bench.Inbox.Modes, Is.Empty);
    });

    [Test]
    public void AGoalOfSomebodyElses_IsAnIntervention_ToldOnce() => RosRobotBench.Run(async bench =>
    {
        bench.Wheels.Seconds = 20;
        bench.Puppet.Ros.ActionClient(NavigateToPose.Type, "/navigate_to_pose").Send(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), new());
        await bench.World.Seconds(5);

        Assert.That(bench.Inbox.Modes.Single().Mode, Is.EqualTo(OperatingMode.Intervened));
        Assert.That(bench.Inbox.Modes.Single().By, Does.StartWith("a goal on /navigate_to_pose that is not ours (00000001-0002-0003-"));
    });

    [Test]
    public void AGoalOfSomebodyElses_OnRos1_IsAnIntervention() => OnLoop.Run(async world =>
    {
        var bench = new RosRobotBench(world, RobotWorker.Ros.Codecs.RosDialect.Ros1);
        using var robot = bench.Robot;
        Assert.That(await robot.ConnectAsync(TimeSpan.FromSeconds(2), default), Is.Null);
        var status = bench.Puppet.Ros.Advertise<GoalStatusArray>("/move_base/status");
        status.Publish(new() { StatusList = [new() { GoalId = new() { Id = "/teleop-1-12.5" }, Status = GoalStatus.SUCCEEDED }] });
        await world.Seconds(0.1);
        Assert.That(bench.Inbox.Modes, Is.Empty, "it has ended");
        status.Publish(new() { StatusList = [new() { GoalId = new() { Id = "/teleop-2-13.5" }, Status = GoalStatus.ACTIVE }] });
        await world.Seconds(0.1);

        Assert.That(bench.Inbox.Modes.Single().By, Does.Contain("/teleop-2-13.5"));
    });
}
