using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Servos;
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
    private static readonly double[] There = [0.5, -0.4, 0.3, 0.2, -0.5];

    // Behind a USB adapter every answer takes a millisecond or more: switching six servos on is then longer than watchdogs and safety boards wait.
    [TestCase(ServoMake.Feetech, 0)]
    [TestCase(ServoMake.Feetech, 4)]
    [TestCase(ServoMake.Dynamixel, 4)]
    public void Follow_OverAPort_GetsThere_AndTheArmCountsAsAliveAllTheWhile(ServoMake make, int latencyMilliseconds) => On(make, latencyMilliseconds, async (rig, serial) =>
    {
        var outcome = await rig.FollowAsync();

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded), outcome.Result?.ErrorString);
        Assert.That(rig.Joints.Positions[..5].ToArray(), Is.EqualTo(There).Within(0.05));
        Assert.That((rig.WasDead, string.Join(" | ", rig.Troubles)), Is.EqualTo((false, "")));
    });

    [Test]
    public void ServoThatItsWatchdogStopped_StopsTheArm_AndTakesGoalsAgainOnceItsTorqueIsAskedFor() => On(ServoMake.Dynamixel, 0, async (rig, serial) =>
    {
        rig.Terminal.Between(() => rig.Servos.Preset(2, XSeriesRegisters.BusWatchdog, -1));

        var stopped = await rig.FollowAsync();
        await rig.EnableAsync();
        var after = await rig.FollowAsync();

        Assert.That(stopped.State, Is.EqualTo(GoalState.Aborted));
        Assert.That(rig.Troubles, Has.Some.Contains("was stopped by its watchdog"));
        Assert.That(after.State, Is.EqualTo(GoalState.Succeeded), after.Result?.ErrorString);
    });

    private static void On(ServoMake make, int latencyMilliseconds, Func<Rig, SerialArm, Task> test)
    {
        var arm = So101.Arm with { Bus = So101.Arm.Bus with { Make = make }, PeriodSeconds = 0.02 };
        var (servos, joints) = EmulatedArm.Of(arm);
        using var terminal = new ServoTerminal(servos, TimeProvider.System, latency: TimeSpan.FromMilliseconds(latencyMilliseconds));
        var loop = new EpisodeLoop(Pace.Wall);
        loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("arm");
            var pacer = new ThreadPacer(() => ArmBuses.Open(arm, TimeProvider.System, null, terminal.Port), TimeProvider.System, TimeSpan.FromSeconds(arm.PeriodSeconds), loop.Inbox.Post);
            using var serial = new SerialArm(arm, pacer, ros, () => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds), ArmBuses.OptionsOf(arm).MaxLeadRadians);
            var rig = new Rig(serial, graph.Connect("test"), loop, servos, joints, terminal);
            serial.Trouble += rig.Troubles.Add;
            serial.Start();
            await rig.EnableAsync();
            await test(rig, serial);
            return true;
        });
    }

    private sealed record Rig(SerialArm Arm, IRosConnection Ros, EpisodeLoop Loop, ServoBench Servos, RigidServoPlant Joints, ServoTerminal Terminal)
    {
        private int goals;

        public List<string> Troubles { get; } = [];

        /// <summary>Whether a safety board that asks every 10 ms would have cut the power since the torque was asked for.</summary>
        public bool WasDead { get; private set; }

        public async Task EnableAsync()
        {
            string? refused = "it did not answer";
            var isDone = false;
            Arm.Enable(why => (refused, isDone) = (why, true));
            for (var i = 0; i < 1000 && !isDone; i++)
            {
                WasDead |= !Arm.IsAlive;
                await Task.Delay(TimeSpan.FromMilliseconds(10), Loop.Time);
            }
            Assert.That(refused, Is.Null, string.Join(" | ", Troubles));
        }

        public async Task<GoalOutcome<FollowJointTrajectory.Result>> FollowAsync()
        {
            var follow = Ros.ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory").Send(new Guid(++goals, 0, 0, new byte[8]), So101.To(2, There)).Completion;
            while (!follow.IsCompleted)
            {
                WasDead |= !Arm.IsAlive;
                await Task.Delay(TimeSpan.FromMilliseconds(10), Loop.Time);
            }
            return await follow;
        }
    }
}
