using RobotWorker.Chance;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Benchmarks.Serial;

/// <summary>
/// Two hundred presses of the emergency stop, at random moments of a motion: the real firmware in simavr, its node and an arm of emulated servos on one loop at virtual pace. Times are the board's, from the press to what the host
/// sees and to the arm standing still in truth, its supply cut by the relay.
/// </summary>
internal static class EmergencyStopTrials
{
    private const int Trials = 200;

    // What the worker takes for standing still.
    private static readonly double StillRadiansPerSecond = StillThresholds.Standard.Joint;

    public sealed record Percentiles(double SeenP50, double SeenP99, double StoodP50, double StoodP99);

    /// <param name="hold">How long the board leaves the drives their power after a press: 0, at once without it, or long enough to brake.</param>
    public static Percentiles Run(TimeSpan hold)
    {
        var arm = So101.Arm;
        using var board = new EmulatedBoard();
        var loop = new EpisodeLoop(Pace.Virtual);
        var (seen, stood) = (new List<double>(), new List<double>());
        loop.Run(async () =>
        {
            var (servos, joints) = EmulatedArm.Of(arm);
            var graph = new InProcessGraph(loop.Time);
            using var ros = graph.Connect("arm");
            using var client = graph.Connect("trials");
            RobotTime Clock() => RobotTime.FromSeconds(loop.Elapsed.TotalSeconds);
            using var serial = new SerialArm(arm, new LoopPacer(() => ArmBuses.Over(new MemoryLink("memory", servos, arm.Bus.Baud), arm, loop.Time), loop.Time,
                TimeSpan.FromSeconds(arm.PeriodSeconds)), ros, Clock, ArmBuses.OptionsOf(arm).MaxLeadRadians);
            using var node = new BoardNode(() => board, ros, loop.Time, Clock);
            TimeSpan? opened = null;
            node.Happened += e => opened = e is BoardEvent.Contact { Open: true } ? loop.Elapsed : opened;
            node.PowerLost += serial.PowerLost;
            node.PowerBack += serial.PowerBack;
            node.StopPressed += serial.EmergencyStop;
            using var passing = loop.Time.CreateTimer(_ => board.Run(BoardNode.Period, servos), null, BoardNode.Period, BoardNode.Period);
            serial.Start();
            node.Start();
            await Until(loop, () => node.IsHeard);
            await SetHoldAsync(loop, board, node, hold);
            await Call(client, "/power_on");
            for (var trial = 0; trial < Trials; trial++)
            {
                await Until(loop, () => serial.IsEnabled);
                var chance = RandomStream.For(1, $"trial {trial}", "stop");
                var side = trial % 2 == 0 ? 0.6 : -0.6;
                _ = client.ActionClient(FollowJointTrajectory.Type, "/arm_controller/follow_joint_trajectory").Send(new Guid(trial, 0, 0, new byte[8]), So101.To(2, side, side, side, side, side));
                await Task.Delay(TimeSpan.FromSeconds(chance.Uniform(0.4, 1.6)), loop.Time);
                opened = null;
                var pressed = loop.Elapsed;
                board.Do("estop open");
                await Until(loop, () => opened is not null);
                seen.Add((opened!.Value - pressed).TotalMilliseconds);
                await Until(loop, () => joints.Velocities.ToArray().All(v => Math.Abs(v) < StillRadiansPerSecond));
                stood.Add((loop.Elapsed - pressed).TotalMilliseconds);
                await Until(loop, () => !serial.IsEnabled);
                board.Do("estop closed");
                await Task.Delay(TimeSpan.FromSeconds(0.3), loop.Time);
                await Call(client, "/emergency_stop_reset");
            }
        });
        seen.Sort();
        stood.Sort();
        return new(seen[Trials / 2], seen[Trials * 99 / 100], stood[Trials / 2], stood[Trials * 99 / 100]);
    }

    // Another host, once: holds are set when a robot is put together.
    private static async Task SetHoldAsync(EpisodeLoop loop, EmulatedBoard board, BoardNode node, TimeSpan hold)
    {
        var setting = new SafetyBoard(board, loop.Time);
        for (var i = 0; i < 100 && !setting.IsHeard; i++) setting.Poll(TimeSpan.FromMilliseconds(20));
        setting.Send(BoardCommand.SetHold, hold);
        for (var i = 0; i < 20; i++) setting.Poll(TimeSpan.FromMilliseconds(5));
        await Until(loop, () => node.Status!.Hold == hold);
    }

    private static async Task Call(IRosConnection client, string service)
    {
        var answer = await client.CallServiceAsync(Trigger.Type, service, new(), TimeSpan.FromSeconds(5));
        if (!answer.Success) throw new BenchmarkException($"{service}: {answer.Message}");
    }

    private static async Task Until(EpisodeLoop loop, Func<bool> holds)
    {
        for (var i = 0; i < 20_000 && !holds(); i++) await Task.Delay(TimeSpan.FromMilliseconds(1), loop.Time);
        if (!holds()) throw new BenchmarkException("the trial did not come to its end within 20 s of the board's time");
    }
}
