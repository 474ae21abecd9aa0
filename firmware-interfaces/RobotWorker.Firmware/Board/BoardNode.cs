using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Board;

/// <summary>
/// The safety board as a ROS node on the episode's loop: /diagnostics and /battery_state in the names that the fault catalogue watches, and the services /power_on, /power_off and
/// /emergency_stop_reset. Its heartbeats come from the very loop that leads the robot: when that hangs, the board cuts the drives' power. A link that is gone is opened again.
/// </summary>
public sealed class BoardNode : IDisposable
{
    /// <summary>How often the board is listened to.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1), Recently = TimeSpan.FromSeconds(1);

    private const string Pressed = "the emergency stop was pressed", Missed = "the safety board cut the power: it did not hear this host";

    // 20 Hz and 4 Hz.
    private const int DiagnosticsEvery = 10, BatteryEvery = 50;

    private readonly Func<IByteLink> open;
    private readonly TimeProvider time;
    private readonly Func<RobotTime> clock;
    private readonly Reopening reopening;
    private readonly Func<bool>? isFit;
    private readonly TimeSpan? hold;
    private readonly IPublisher<DiagnosticArray> diagnostics;
    private readonly IPublisher<BatteryState> battery;
    private readonly ImmutableArray<IDisposable> services;
    private readonly Queue<(BoardCommand Command, TimeSpan Argument, TaskCompletionSource<BoardAnswer?> Answered)> asked = new();
    private readonly Rates rates;
    private ITimer? timer;
    private IByteLink? link;
    private SafetyBoard? board;
    private BoardStatus? last;
    private (ResetCause Cause, long At)? restart;
    private long? missedAt;
    private long periods;
    private bool hadPower, isGranted, isAsking, isSettingHold;

    /// <param name="open">Opens the link to the board.</param>
    /// <param name="clock">The robot's clock, which stamps its messages.</param>
    /// <param name="isFit">Whether what leads the robot is well: while it is not, no heartbeat is sent, and the board cuts the power.</param>
    /// <param name="hold">What the board is to wait between an emergency stop and the relay's opening: it is told so, and gets no power before its status agrees. Null: whatever it keeps.</param>
    public BoardNode(Func<IByteLink> open, IRosConnection ros, TimeProvider time, Func<RobotTime> clock, Func<bool>? isFit = null, ulong seed = 1, TimeSpan? hold = null)
    {
        (this.open, this.time, this.clock, this.isFit, this.hold) = (open, time, clock, isFit, hold);
        reopening = new(time, new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), new Random((int)seed)));
        rates = new(time);
        diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");
        battery = ros.Advertise<BatteryState>("/battery_state");
        services =
        [
            ros.AdvertiseService(Trigger.Type, "/power_on", (_, _) => Ask(BoardCommand.Arm)),
            ros.AdvertiseService(Trigger.Type, "/power_off", (_, _) => Ask(BoardCommand.Disarm)),
            ros.AdvertiseService(Trigger.Type, "/emergency_stop_reset", (_, _) => Reset()),
        ];
    }

    /// <summary>As of the last status; null where none came yet.</summary>
    public BoardStatus? Status => board?.Status ?? last;

    /// <summary>Whether the board is heard.</summary>
    public bool IsHeard => board?.IsHeard ?? false;

    /// <summary>Everything that the board did.</summary>
    public event Action<BoardEvent>? Happened;

    /// <summary>The emergency stop was pressed, or its wire is broken; the drives may have power for as long as the board holds. Brake.</summary>
    public event Action<string>? StopPressed;

    /// <summary>The drives have lost their power, or nobody knows, and why.</summary>
    public event Action<string>? PowerLost;

    /// <summary>The drives have power, because somebody asked for it.</summary>
    public event Action? PowerBack;

    /// <summary>A link that cannot be opened, for a person.</summary>
    public event Action<string>? Trouble;

    public void Start() => timer = time.CreateTimer(_ => Step(), null, Period, Period);

    public void Dispose()
    {
        timer?.Dispose();
        link?.Dispose();
        foreach (var service in services) service.Dispose();
        diagnostics.Dispose();
        battery.Dispose();
    }

    private bool WasMissed => missedAt is { } at && time.GetElapsedTime(at) < Recently;

    private void Step()
    {
        try
        {
            if (IsOpen()) Listen();
        }
        catch (ByteLinkException gone)
        {
            Lose(gone);
        }
        if (++periods % DiagnosticsEvery == 0) PublishDiagnostics();
        if (periods % BatteryEvery == 0) PublishBattery();
    }

    private bool IsOpen()
    {
        if (link is not null) return true;
        if (!reopening.IsDue) return false;
        link = open();
        board = new(link, time, isFit: isFit);
        return true;
    }

    private void Listen()
    {
        foreach (var e in board!.Poll(TimeSpan.Zero)) Take(e);
        if (board.Status is not { } status) return;
        reopening.Worked();
        last = status;
        rates.Take(status, board.Damaged);
        if (board.IsHeard) PowerChanged(status);
        if (HasOtherHold && !isSettingHold && board.IsHeard && status is { RelayClosed: false, State: not BoardState.Armed }) _ = SetHold();
        if (asked.TryPeek(out var next) && next.Answered is { Task.IsCompleted: false } && !isAsking) isAsking = board.Send(next.Command, next.Argument);
    }

    private bool HasOtherHold => hold is { } wanted && Status is { } now && now.Hold != wanted;

    // Also where another board was plugged in: its own EEPROM has what somebody told it.
    private async Task SetHold()
    {
        isSettingHold = true;
        var answer = await Send(BoardCommand.SetHold, hold!.Value);
        if (answer != BoardAnswer.Done)
        {
            Trouble?.Invoke($"the safety board's hold is not {hold.Value.TotalMilliseconds:0} ms, as the arm's file says: {BoardHold.Why(answer)}");
            await Task.Delay(Recently, time);
        }
        isSettingHold = false;
    }

    private void Take(BoardEvent e)
    {
        if (e is BoardEvent.Restarted restarted) restart = (restarted.Cause, time.GetTimestamp());
        if (e is BoardEvent.Changed { HostMissed: true }) missedAt = time.GetTimestamp();
        if (e is BoardEvent.Silent) NoPower("the safety board is silent");
        if (e is BoardEvent.Contact { Open: true } or BoardEvent.Changed { To: BoardState.Stopped }) StopPressed?.Invoke(Pressed);
        if (e is BoardEvent.Answered answered) Answered(answered.Command, answered.Answer);
        if (e is BoardEvent.NotAnswered unanswered) Answered(unanswered.Command, null);
        Happened?.Invoke(e);
    }

    private void PowerChanged(BoardStatus status)
    {
        if (!status.RelayClosed)
            NoPower(status.State == BoardState.Stopped ? Pressed : restart is { } r && time.GetElapsedTime(r.At) < Recently ? $"the safety board restarted ({r.Cause})"
                : WasMissed ? Missed : "the safety board cut the power");
        // A board that is heard again after a gap still has its relay closed: that alone brings nothing back.
        if (!status.RelayClosed || !isGranted) return;
        isGranted = false;
        if (hadPower) return;
        hadPower = true;
        PowerBack?.Invoke();
    }

    private void NoPower(string why)
    {
        if (!hadPower) return;
        hadPower = false;
        PowerLost?.Invoke(why);
    }

    private void Lose(ByteLinkException why)
    {
        link?.Dispose();
        (link, board, isAsking) = (null, null, false);
        reopening.Failed();
        while (asked.TryDequeue(out var waiting)) waiting.Answered.TrySetResult(null);
        NoPower("the safety board's link is gone");
        Trouble?.Invoke(why.Message);
    }

    private void Answered(BoardCommand command, BoardAnswer? answer)
    {
        isAsking = false;
        if (!asked.TryPeek(out var first) || first.Command != command) return;
        asked.Dequeue();
        if (command == BoardCommand.Arm && answer == BoardAnswer.Done) isGranted = true;
        first.Answered.TrySetResult(answer);
    }

    private async Task<Trigger.Response> Ask(BoardCommand command)
    {
        if (command == BoardCommand.Arm && HasOtherHold)
            return new() { Success = false, Message = $"the safety board's hold is {Status!.Hold.TotalMilliseconds:0} ms, and is to be {hold!.Value.TotalMilliseconds:0} ms by the arm's file: it is being told; ask again" };
        var answer = await Send(command, TimeSpan.Zero);
        return new() { Success = answer == BoardAnswer.Done, Message = Words(command, answer) };
    }

    private async Task<BoardAnswer?> Send(BoardCommand command, TimeSpan argument)
    {
        var answered = new TaskCompletionSource<BoardAnswer?>();
        asked.Enqueue((command, argument, answered));
        using var late = time.CreateTimer(_ => answered.TrySetResult(null), null, AnswerWithin, Timeout.InfiniteTimeSpan);
        var answer = await answered.Task;
        if (answer is null && asked.TryPeek(out var stuck) && stuck.Answered == answered) asked.Dequeue();
        return answer;
    }

    private async Task<Trigger.Response> Reset()
    {
        // What somebody switched off stays off.
        if (last is { State: not BoardState.Stopped, InputOpen: false }) return new() { Success = true, Message = "it is not latched" };
        var reset = await Ask(BoardCommand.ResetEmergencyStop);
        return reset.Success ? await Ask(BoardCommand.Arm) : reset;
    }

    private static string Words(BoardCommand command, BoardAnswer? answer) => (command, answer) switch
    {
        (_, null) => "the safety board does not answer: look at its cable and its supply",
        (BoardCommand.Arm, BoardAnswer.Done) => "the motors have power; nothing moves until it is asked to",
        (BoardCommand.Arm, BoardAnswer.NotAllowed) => "the emergency stop is pressed or latched: pull it out, then call /emergency_stop_reset",
        (BoardCommand.ResetEmergencyStop, BoardAnswer.NotAllowed) => "the emergency stop is pressed: pull it out first",
        (_, BoardAnswer.Stale) => "the safety board got it too late: the link is slow",
        (_, BoardAnswer.Done) => "done",
        _ => $"the safety board refuses it ({answer})",
    };

    private void PublishDiagnostics() => diagnostics.Publish(new()
    {
        Header = new() { Stamp = clock().ToMessage() },
        Status = last is null ? [Link()] : [Link(), Button(last)],
    });

    private DiagnosticStatus Link()
    {
        var recent = restart is { } r && time.GetElapsedTime(r.At) < Recently ? r.Cause : ResetCause.None;
        var (level, message) = !IsHeard ? (DiagnosticStatus.ERROR, "the safety board is not heard") : WasMissed ? (DiagnosticStatus.ERROR, Missed) : (DiagnosticStatus.OK, "");
        // Before it was ever heard there is nothing to be silent. Silence either way cuts the power: a host that hung hears, when it goes on, what the board said meanwhile.
        return last is null ? Part("board: link", DiagnosticStatus.STALE, message) : Part("board: link", level, message, ("silent", IsHeard && !WasMissed ? 0 : 1), ("power", hadPower ? 1 : 0),
            ("hung", recent.HasFlag(ResetCause.Watchdog) ? 1 : 0), ("browned_out", recent.HasFlag(ResetCause.BrownOut) ? 1 : 0),
            ("reset", (recent & (ResetCause.Pin | ResetCause.Power)) != 0 && (recent & (ResetCause.Watchdog | ResetCause.BrownOut)) == 0 ? 1 : 0), ("damaged_frames", rates.DamagedPerSecond));
    }

    private static DiagnosticStatus Button(BoardStatus status)
    {
        var latched = status.State == BoardState.Stopped;
        return Part("safety: emergency_stop", latched ? DiagnosticStatus.ERROR : DiagnosticStatus.OK,
            status.InputOpen ? "pressed, or its wire is broken" : latched ? "latched: reset it at /emergency_stop_reset" : "", ("pressed", status.InputOpen ? 1 : 0), ("latched", latched ? 1 : 0));
    }

    private void PublishBattery()
    {
        if (IsHeard && last is { } status) battery.Publish(BatteryStatus.Of(clock(), status.BatteryVolts));
    }

    private static DiagnosticStatus Part(string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values) =>
        HardwareStatus.Of("safety board", name, level, message, values);

    /// <summary>Frames in either direction that were damaged, in a second: the board's counters are since its start, and wrap.</summary>
    private sealed class Rates(TimeProvider time)
    {
        private (uint Session, int Count, long At) before;

        public double DamagedPerSecond { get; private set; }

        public void Take(BoardStatus status, long damagedHere)
        {
            var count = status.CrcErrors + status.Overruns + (int)(damagedHere & 0xFFFF);
            if (before.Session != status.Session)
            {
                before = (status.Session, count, time.GetTimestamp());
                return;
            }
            var seconds = time.GetElapsedTime(before.At).TotalSeconds;
            if (seconds < 1) return;
            DamagedPerSecond = ((count - before.Count) & 0xFFFF) / seconds;
            before = (status.Session, count, time.GetTimestamp());
        }
    }
}
