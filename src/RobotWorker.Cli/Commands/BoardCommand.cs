using System.CommandLine;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker board ...</c>: the safety board.</summary>
internal static class BoardCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Slice = TimeSpan.FromMilliseconds(20);

    public static Command Build() => new("board", "The safety board between the drives and their supply (firmware-interfaces/firmware)") { Status() };

    private static Command Status()
    {
        var port = new Argument<string>("port") { Description = "The board's serial port" };
        var watch = new Option<bool>("--watch") { Description = "Go on and print what happens, until Ctrl-C" };
        var command = new Command("status", "Prints what the board says; it is not armed by that") { port, watch };
        command.SetAction(parsed => HardwareRun.Guarded(() => HardwareRun.UntilStopped((_, cancel) =>
        {
            using var link = SerialPorts.Open(parsed.GetRequiredValue(port), new(SafetyBoard.Baud, Console.Error.WriteLine), TimeProvider.System);
            // Opening an Uno's port resets it: it takes up to two seconds until it speaks.
            var board = new SafetyBoard(link, TimeProvider.System);
            var began = TimeProvider.System.GetTimestamp();
            while (board.Status is null && !cancel.IsCancellationRequested)
            {
                board.Poll(Slice);
                if (TimeProvider.System.GetElapsedTime(began) <= Patience) continue;
                Console.Error.WriteLine($"no board speaks at {parsed.GetRequiredValue(port)}: is the firmware on it, and is this its port?{(board.Damaged > 0 ? $" {board.Damaged} damaged frames came: is it another device?" : "")}");
                return ExitCode.Failed;
            }
            if (board.Status is not { } status) return ExitCode.Stopped;
            Console.Out.WriteLine($"state          {Words(status.State)}\nemergency stop {(status.InputOpen ? "pressed, or its wire is broken" : "released")}\nrelay          {(status.RelayClosed ? "closed: the drives have power" : "open: the drives have no power")}");
            Console.Out.WriteLine($"battery        {status.BatteryVolts:0.0} V\nup for         {status.Uptime.TotalSeconds:0.0} s, after {status.ResetCause}\ndamaged frames {status.CrcErrors} to the board, {board.Damaged} from it\nhold           {status.Hold.TotalMilliseconds:0} ms from an emergency stop to the relay");
            while (parsed.GetValue(watch) && !cancel.IsCancellationRequested)
                foreach (var e in board.Poll(Slice)) Console.Out.WriteLine(e);
            return ExitCode.Success;
        })));
        return command;
    }

    private static string Words(BoardState state) => state switch
    {
        BoardState.Safe => "safe",
        BoardState.Armed => "armed",
        BoardState.Stopped => "stopped: reset the emergency stop",
    };
}
