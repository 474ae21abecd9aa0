using RobotWorker.Diagnostics;
using RobotWorker.Faults;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills.Senses;
using RobotWorker.Testing;
using RobotWorker.Time;
using WorkerNames = RobotWorker.Skills.Profile.RosNames;

namespace RobotWorker.Integration.Firmware;

/// <summary>The real firmware, the board's node and an arm of emulated servos on one loop at virtual pace: the drives' supply is what the board's relay makes of it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class BoardNodeTests
{
    [Test]
    public void PowerOn_TheArmHolds_AndTheBatteryIsTold() => Run(async rig =>
    {
        await rig.PowerOn();

        Assert.That(rig.Arm.IsEnabled);
        Assert.That(rig.Battery!.Voltage, Is.EqualTo(24).Within(0.1));
        Assert.That(rig.Values("board: link"), Does.Contain("silent=0").And.Contain("power=1"));
    });

    [Test]
    public void EmergencyStop_CutsThePower_AndItsReleaseResumesNothing() => Run(async rig =>
    {
        await rig.PowerOn();
        rig.Board.Do("estop open");
        await rig.Until(() => rig.Lost.Count > 0);

        Assert.That(rig.Lost, Is.EqualTo(["the emergency stop was pressed"]));
        Assert.That(rig.Arm.IsEnabled, Is.False);
        Assert.That((await rig.Call("/power_on")).Message, Does.Contain("pressed or latched"));
        Assert.That((await rig.Call("/emergency_stop_reset")).Message, Does.Contain("pull it out first"));

        rig.Board.Do("estop closed");
        await rig.Wait(0.7);
        Assert.That(rig.Arm.IsEnabled, Is.False, "released is not reset");
        Assert.That(rig.Values("safety: emergency_stop"), Does.Contain("pressed=0").And.Contain("latched=1"));

        Assert.That((await rig.Call("/emergency_stop_reset")).Success);
        await rig.Until(() => rig.Arm.IsEnabled);
    });

    [Test]
    public void EmergencyStop_WithHold_TheArmBrakesBeforeItsPowerGoes() => Run(async rig =>
    {
        await rig.SetHold(TimeSpan.FromMilliseconds(500));
        await rig.PowerOn();
        var goal = rig.Follow(2, 0.8);
        await rig.Wait(0.9);
        rig.Board.Do("estop open");
        Assert.That((await goal.Completion).State, Is.EqualTo(GoalState.Aborted));
        Assert.That(rig.Board.Relay[^1].Closed, "it still has power");

        await rig.Wait(0.25);
        Assert.That(rig.Board.Relay[^1].Closed);
        Assert.That(rig.Joints.Velocities.ToArray(), Is.All.EqualTo(0).Within(0.05), "and it stands");
        await rig.Until(() => rig.Lost.Count > 0);
    });

    [Test]
    public void Hold_OfTheArmsFile_IsToldToTheBoard_BeforeItGetsPower() => Run(async rig =>
    {
        await rig.Until(() => rig.Node.Status!.Hold == TimeSpan.FromMilliseconds(300));
        await rig.PowerOn();
        rig.Board.Do("estop open");
        await rig.Wait(0.2);
        Assert.That(rig.Board.Relay[^1].Closed, "the servos brake");
        await rig.Until(() => rig.Lost.Count > 0);
    }, hold: TimeSpan.FromMilliseconds(300));

    // A board that cannot be told so is none for this arm.
    [Test]
    public void Hold_ThatTheBoardDoesNotTake_ThereIsNoPower() => Run(async rig =>
    {
        Assert.That((await rig.Call("/power_on")).Message, Does.Contain("is to be 3000 ms by the arm's file"));
        Assert.That(rig.Board.Relay, Is.Empty);
    }, hold: TimeSpan.FromSeconds(3));

    [Test]
    public void BoardIsHeardAgainAfterAGap_BringsNothingBackByItself() => Run(async rig =>
    {
        await rig.PowerOn();
        rig.Board.IsMute = true;
        await rig.Wait(0.08);
        rig.Board.IsMute = false;
        await rig.Until(() => rig.Lost.Count > 0);
        await rig.Wait(1);

        Assert.That(rig.Lost, Is.EqualTo(["the safety board is silent"]));
        Assert.That(rig.Arm.IsEnabled, Is.False);
        await rig.PowerOn();
        Assert.That(rig.Arm.IsEnabled);
    });

    [Test]
    public void PowerOff_ThenEmergencyStopReset_StaysOff() => Run(async rig =>
    {
        await rig.PowerOn();
        await rig.Call("/power_off");
        Assert.That((await rig.Call("/emergency_stop_reset")).Message, Is.EqualTo("it is not latched"));
        await rig.Wait(1);
        Assert.That(rig.Board.Relay[^1].Closed, Is.False);
    });

    [TestCase("reset", "reset=1", "BOARD_RESET")]
    [TestCase("brownout", "browned_out=1", "BOARD_BROWN_OUT")]
    [TestCase("hang", "hung=1", "BOARD_HUNG")]
    public void Restart_CutsThePower_IsNamed_AndComesBackOnRequestAlone(string how, string told, string fault) => Run(async rig =>
    {
        await rig.PowerOn();
        rig.Board.Do(how);
        await rig.Until(() => rig.Lost.Count > 0);
        await rig.Until(() => rig.Values("board: link").Contains(told));

        Assert.That(rig.Arm.IsEnabled, Is.False);
        await rig.Until(() => rig.Confirmed.Contains(fault));
        await rig.StaysOff_AndHealsWithThePower(fault);
        Assert.That(rig.Confirmed.Where(code => code != "BOARD_SILENT"), Is.EqualTo([fault]), "and nothing else but that it was silent meanwhile");
    });

    [Test]
    public void Board_Stalls_IsSilent_AndComesBackOnRequestAlone() => Run(async rig =>
    {
        await rig.PowerOn();
        rig.Board.IsMute = true;
        rig.Board.IsDeaf = true;
        await rig.Until(() => rig.Confirmed.Contains("BOARD_SILENT"));
        await rig.Wait(0.3);
        Assert.That(rig.Lost, Is.EqualTo(["the safety board is silent"]));
        Assert.That(rig.Healed, Is.Empty, "it is silent still");

        rig.Board.IsMute = false;
        rig.Board.IsDeaf = false;
        await rig.StaysOff_AndHealsWithThePower("BOARD_SILENT");
        Assert.That(rig.Confirmed, Is.EqualTo(["BOARD_SILENT"]));
    });

    // The loop that leads the robot hangs for 0.3 s: the board goes on, and opens the relay. When the loop goes on it finds what the board said meanwhile.
    [Test]
    public void Host_Stalls_TheBoardCutsThePower_AndItIsNamed() => Run(async rig =>
    {
        await rig.PowerOn();
        var stalled = rig.Board.Cycle;
        rig.Board.Run(TimeSpan.FromSeconds(0.3));
        Assert.That(rig.Board.Relay[^1].Closed, Is.False);
        Assert.That(EmulatedBoard.Milliseconds(rig.Board.Relay[^1].Cycle - stalled), Is.LessThan(111), "a hundred milliseconds after the last heartbeat, at the next tick");

        await rig.Until(() => rig.Confirmed.Contains("BOARD_SILENT"));
        Assert.That(rig.Lost, Is.EqualTo(["the safety board cut the power: it did not hear this host"]));
        await rig.StaysOff_AndHealsWithThePower("BOARD_SILENT");
        Assert.That(rig.Confirmed, Is.EqualTo(["BOARD_SILENT"]));
    });

    [Test]
    public void Noise_OnePercentOfBytes_IsTold_TakesNoPower_AndHealsWhenItIsOver() => Run(async rig =>
    {
        await rig.PowerOn();
        rig.Board.Do("flip 10000 3");
        await rig.Until(() => rig.Confirmed.Contains("BOARD_LINK_NOISY"), 8);
        rig.Board.Do("flip 0 3");
        await rig.HealsAfterItsTime("BOARD_LINK_NOISY");

        Assert.That(rig.Lost, Is.Empty);
        Assert.That(rig.Confirmed, Is.EqualTo(["BOARD_LINK_NOISY"]));
    });

    [Test]
    public void Battery_OfATwelveVoltArm_SagsByItsOwnCatalogue_AndHealsWhenItsVoltsAreBack() => Run(async rig =>
    {
        rig.Board.Do("battery 12000");
        await rig.Wait(0.5);
        rig.WatchBattery();
        await rig.PowerOn();
        await rig.Wait(1);
        Assert.That(rig.Confirmed, Is.Empty, "by the built-in catalogue it would sag all the time");

        rig.Board.Do("battery 10000");
        await rig.Until(() => rig.Confirmed.Contains("BATTERY_SAG"));
        rig.Board.Do("battery 10800");
        await rig.Wait(3);
        Assert.That(rig.Healed, Is.Empty, "more than the limit, and not yet well");

        rig.Board.Do("battery 12000");
        await rig.HealsAfterItsTime("BATTERY_SAG");
        Assert.That(rig.Confirmed, Is.EqualTo(["BATTERY_SAG"]));
        Assert.That(rig.Lost, Is.Empty, "the board watches, and leaves the drives their power");
    }, TwelveVolts());

    private static FaultCatalogue TwelveVolts()
    {
        var bag = new DiagnosticBag();
        var file = Repository.PathOf("sim/robots/so101.faults.yaml");
        return OwnFaults.Read("so101.faults.yaml", File.ReadAllText(file), file, bag)?.Catalogue.For([.. So101.Arm.Joints.Select(joint => joint.Servo.Name)])
            ?? throw new InvalidOperationException(string.Join("\n", bag.All));
    }

    private static void Run(Func<Rig, Task> test, FaultCatalogue? faults = null, TimeSpan? hold = null)
    {
        using var board = new EmulatedBoard();
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            var arm = So101.Arm;
            var (servos, joints) = EmulatedArm.Of(arm);
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("arm");
            RobotTime Clock() => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds);
            var period = TimeSpan.FromSeconds(arm.PeriodSeconds);
            using var serial = new SerialArm(arm, new LoopPacer(() => ArmBuses.Over(new MemoryLink("memory", servos, arm.Bus.Baud), arm, loop.Time), loop.Time, period), ros, Clock,
                ArmBuses.OptionsOf(arm).MaxLeadRadians);
            using var node = new BoardNode(() => board, ros, loop.Time, Clock, hold: hold);
            var rig = new Rig(loop, board, node, serial, joints, graph.Connect("test"), faults ?? Porter.Faults);
            // The board's time is the loop's.
            using var passing = loop.Time.CreateTimer(_ => board.Run(BoardNode.Period, servos), null, BoardNode.Period, BoardNode.Period);
            serial.Start();
            node.Start();
            await rig.Until(() => node.IsHeard);
            await test(rig);
        });
    }

    private sealed class Rig : IFaultListener
    {
        private readonly BoardNode node;
        private readonly FaultCatalogue faults;
        private readonly SignalSense signals;
        private DiagnosticArray? told;

        public Rig(EpisodeLoop loop, EmulatedBoard board, BoardNode node, SerialArm arm, RigidServoPlant joints, IRosConnection client, FaultCatalogue faults)
        {
            (Loop, Board, this.node, Arm, Joints, Client, this.faults) = (loop, board, node, arm, joints, client, faults);
            node.PowerLost += why =>
            {
                Lost.Add(why);
                arm.PowerLost(why);
            };
            node.PowerBack += arm.PowerBack;
            node.StopPressed += arm.EmergencyStop;
            client.Subscribe<BatteryState>("/battery_state", m => Battery = m);
            var monitor = new FaultMonitor(faults, loop.Time, this);
            signals = new SignalSense(monitor.Take);
            client.Subscribe<DiagnosticArray>("/diagnostics", signals.Take);
            client.Subscribe<DiagnosticArray>("/diagnostics", m => told = m.Status.Any(status => status.Name == "board: link") ? m : told);
        }

        public EpisodeLoop Loop { get; }

        public EmulatedBoard Board { get; }

        public BoardNode Node => node;

        public SerialArm Arm { get; }

        public RigidServoPlant Joints { get; }

        public IRosConnection Client { get; }

        public BatteryState? Battery { get; private set; }

        public List<string> Lost { get; } = [];

        /// <summary>What the worker's own monitor, with the catalogue that is built in or another, has confirmed.</summary>
        public List<string> Confirmed { get; } = [];

        /// <summary>What has healed since, and when by the loop.</summary>
        public Dictionary<string, TimeSpan> Healed { get; } = [];

        public void FaultConfirmed(Fault fault) => Confirmed.Add(fault.Code);

        public void FaultHealed(Fault fault) => Healed[fault.Code] = Loop.Elapsed;

        /// <summary>The arm's battery is watched too; the built-in catalogue's is another.</summary>
        public void WatchBattery() => signals.Listen(new BatteryAlone(Client), WorkerNames.Standard);

        /// <summary>Healed once its signal has been right for as long as the catalogue says, and no sooner.</summary>
        public async Task HealsAfterItsTime(string code)
        {
            var began = Loop.Elapsed;
            await Until(() => Healed.ContainsKey(code), 15);
            Assert.That(Healed[code] - began, Is.GreaterThanOrEqualTo(faults.ByCode[code].Heal));
        }

        /// <summary>However long its signals have been right: power is a person's to give, and before that nothing is tried again.</summary>
        public async Task StaysOff_AndHealsWithThePower(string code)
        {
            await Wait(faults.ByCode[code].Heal.TotalSeconds + 1);
            Assert.That(Board.Relay[^1].Closed, Is.False, "the board does not arm by itself");
            Assert.That(Arm.IsEnabled, Is.False);
            Assert.That(Healed, Is.Empty);
            await PowerOn();
            Assert.That(Board.Relay[^1].Closed);
            Assert.That(Arm.IsEnabled);
            await Until(() => Healed.ContainsKey(code), 15);
        }

        public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Loop.Time);

        public async Task Until(Func<bool> holds, double seconds = 10)
        {
            for (var waited = 0.0; waited < seconds && !holds(); waited += 0.01) await Wait(0.01);
            Assert.That(holds(), $"not within {seconds} s of the loop's time; lost: {string.Join(", ", Lost)}; {Board.Errors}");
        }

        public async Task PowerOn()
        {
            var answer = await Call("/power_on");
            Assert.That(answer.Success, answer.Message);
            await Until(() => Arm.IsEnabled);
            await Until(() => Battery is not null);
        }

        public IGoalHandle<FollowJointTrajectory.Result> Follow(double seconds, double angle) =>
            Client.ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory").Send(new Guid(1, 0, 0, new byte[8]), So101.To(seconds, angle, angle, angle, angle, angle));

        public async Task SetHold(TimeSpan hold)
        {
            // Another host, once: holds are set when a robot is put together.
            var setting = new SafetyBoard(Board, Loop.Time);
            while (setting.Status is null || !setting.IsHeard) setting.Poll(TimeSpan.FromMilliseconds(20));
            setting.Send(BoardCommand.SetHold, hold);
            for (var i = 0; i < 20; i++) setting.Poll(TimeSpan.FromMilliseconds(5));
            await Wait(0.2);
            Assert.That(node.Status!.Hold, Is.EqualTo(hold));
        }

        public Task<Trigger.Response> Call(string service) => Client.CallServiceAsync(Trigger.Type, service, new(), TimeSpan.FromSeconds(5));

        public string Values(string name) => string.Join(" ", told?.Status.SingleOrDefault(status => status.Name == name)?.Values.Select(pair => $"{pair.Key}={pair.Value}") ?? []);
    }

    /// <summary>Of all that a monitor listens to, the battery.</summary>
    private sealed class BatteryAlone(IRosConnection client) : SignalSense.ISource
    {
        public void On<T>(string topic, Action<T> take) where T : IRosMessage<T>
        {
            if (typeof(T) == typeof(BatteryState)) client.Subscribe(topic, take);
        }
    }
}
