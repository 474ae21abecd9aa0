using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Integration.Firmware;

/// <summary>An arm of emulated servos behind a real pseudo-terminal, led by its thread at wall pace, as one of metal would be.</summary>
[TestFixture]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class ArmAtWallPaceTests
{
    [Test]
    public void Follow_OverAPort_GetsThere()
    {
        var arm = So101.Arm;
        var (servos, joints) = EmulatedArm.Of(arm);
        using var terminal = new ServoTerminal(servos, TimeProvider.System);
        var loop = new EpisodeLoop(Pace.Wall);
        var outcome = loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("arm");
            var pacer = new ThreadPacer(() => ArmBuses.Open(arm, TimeProvider.System, null, terminal.Port), TimeProvider.System, TimeSpan.FromSeconds(arm.PeriodSeconds), loop.Inbox.Post);
            using var serial = new SerialArm(arm, pacer, ros, () => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds), ArmBuses.OptionsOf(arm).MaxLeadRadians);
            var troubles = new List<string>();
            serial.Trouble += troubles.Add;
            serial.Start();
            serial.Enable();
            for (var i = 0; i < 1000 && !serial.IsEnabled; i++) await Task.Delay(TimeSpan.FromMilliseconds(10), loop.Time);
            Assert.That(serial.IsEnabled, string.Join(" | ", troubles));
            return await graph.Connect("test").ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory")
                .Send(new Guid(1, 0, 0, new byte[8]), So101.To(2, 0.5, -0.4, 0.3, 0.2, -0.5)).Completion;
        });

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorString);
        Assert.That(joints.Positions[..5].ToArray(), Is.EqualTo(new[] { 0.5, -0.4, 0.3, 0.2, -0.5 }).Within(0.05));
    }
}
