using System.CommandLine;
using System.Globalization;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker board ...</c>: the safety board.</summary>
internal static class BoardCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Slice = TimeSpan.FromMilliseconds(20);

    public static Command Build() => new("board", "The safety board between the drives and their supply (firmware-interfaces/firmware)") { Status(), Hold() };

    private static Command Status()
    {
        var port = new Argument<string>("port") { Description = "The board's serial port" };
        var watch = new Option<bool>("--watch") { Description = "Go on and print what happens, until Ctrl-C" };
        var command = new Command("status", "Prints what the board says; it is not armed by that") { port, watch };
        command.SetAction(parsed => HardwareRun.Guarded(() => HardwareRun.UntilStopped((_, cancel) =>
        {
            using var link = SerialPorts.Open(parsed.GetRequiredValue(port), new(SafetyBoard.Baud, Console.Error.WriteLine), TimeProvider.System);
            var board = new SafetyBoard(link, TimeProvider.System);
            if (!Heard(board, parsed.GetRequiredValue(port), cancel)) return ExitCode.Failed;
            if (board.Status is not { } status) return ExitCode.Stopped;
            Console.Out.WriteLine($"state          {Words(status.State)}\nemergency stop {(status.InputOpen ? "pressed, or its wire is broken" : "released")}\nrelay          {(status.RelayClosed ? "closed: the drives have power" : "open: the drives have no power")}");
            Console.Out.WriteLine($"battery        {status.BatteryVolts:0.0} V\nup for         {status.Uptime.TotalSeconds:0.0} s, after {status.ResetCause}\ndamaged frames {status.CrcErrors} to the board, {board.Damaged} from it\nhold           {status.Hold.TotalMilliseconds:0} ms from an emergency stop to the relay");
            while (parsed.GetValue(watch) && !cancel.IsCancellationRequested)
                foreach (var e in board.Poll(Slice)) Console.Out.WriteLine(e);
            return ExitCode.Success;
        })));
        return command;
    }

    private static Command Hold()
    {
        var port = new Argument<string>("port") { Description = "The board's serial port" };
        var hold = new Argument<int>("ms") { Description = $"Milliseconds, 0 to {BoardHold.Most.TotalMilliseconds:0}: in them the servos brake before their power goes" };
        hold.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var ms) && (ms < 0 || ms > BoardHold.Most.TotalMilliseconds)) result.AddError($"ms: from 0 to {BoardHold.Most.TotalMilliseconds:0}.");
        });
        var command = new Command("hold", "Tells the board how long it waits between an emergency stop and the relay's opening; it keeps that without power. Only while its relay is open") { port, hold };
        command.SetAction(parsed => HardwareRun.Guarded(() => HardwareRun.UntilStopped((_, cancel) =>
        {
            using var link = SerialPorts.Open(parsed.GetRequiredValue(port), new(SafetyBoard.Baud, Console.Error.WriteLine), TimeProvider.System);
            var board = new SafetyBoard(link, TimeProvider.System);
            if (!Heard(board, parsed.GetRequiredValue(port), cancel)) return ExitCode.Failed;
            if (board.Status is not { } status) return ExitCode.Stopped;
            var was = status.Hold;
            if (BoardHold.Set(board, TimeSpan.FromMilliseconds(parsed.GetRequiredValue(hold)), TimeProvider.System, cancel) is { } why)
            {
                Console.Error.WriteLine($"{why}. Its hold was {was.TotalMilliseconds:0} ms, and as far as is known it still is.");
                return ExitCode.Failed;
            }
            Console.Out.WriteLine($"hold was {was.TotalMilliseconds:0} ms, is {board.Status!.Hold.TotalMilliseconds:0} ms, by the board's own status");
            return ExitCode.Success;
        })));
        return command;
    }

    /// <summary>Waits for a first status: opening an Uno's port resets it, and it takes up to two seconds until it speaks.</summary>
    /// <returns>False where none came, which was told; true also where it was broken off.</returns>
    private static bool Heard(SafetyBoard board, string port, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (board.Status is null && !cancel.IsCancellationRequested)
        {
            board.Poll(Slice);
            if (TimeProvider.System.GetElapsedTime(began) <= Patience) continue;
            Console.Error.WriteLine($"no board speaks at {port}: is the firmware on it, and is this its port?{(board.Damaged > 0 ? $" {board.Damaged} damaged frames came: is it another device?" : "")}");
            return false;
        }
        return true;
    }

    private static string Words(BoardState state) => state switch
    {
        BoardState.Safe => "safe",
        BoardState.Armed => "armed",
        BoardState.Stopped => "stopped: reset the emergency stop",
    };
}
