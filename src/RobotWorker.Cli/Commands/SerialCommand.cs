using System.CommandLine;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker serial ...</c>: ports, the servos on them, and their ids.</summary>
internal static class SerialCommand
{
    private static readonly Argument<string> Port = new("port") { Description = "A serial port, such as /dev/ttyACM0, or tcp://HOST:PORT of a bridge" };
    private static readonly Option<int?> Baud = new("--baud") { Description = "Bits a second (default: 1000000; 'scan' tries the usual ones, one after the other)", HelpName = "N" };
    private static readonly Option<bool> Echo = new("--echo") { Description = "The adapter hears what it sends (a single data line without a direction switch)" };

    public static Command Build() => new("serial", "Servo buses: which ports there are, who is on them, and new ids (docs/serial-arm.md)") { List(), Scan(), Monitor(), Reboot(), SetId(), Setup(), Emulate() };

    private static Command List()
    {
        var command = new Command("list", "Lists the serial ports that are plugged in, by their stable names");
        command.SetAction(_ =>
        {
            var all = SerialPorts.All();
            foreach (var port in all) Console.Out.WriteLine(port);
            if (all.Count == 0) Console.Error.WriteLine("no serial adapter is plugged in");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Scan()
    {
        var make = new Option<string?>("--make") { Description = "Only these servos" }.AcceptOnlyFromAmong("feetech", "dynamixel");
        var command = new Command("scan", "Finds the servos on a port: make, rate, ids, models") { Port, make, Baud, Echo };
        command.SetAction(parsed => HardwareRun.Guarded(() => HardwareRun.UntilStopped((_, cancel) =>
        {
            var port = parsed.GetRequiredValue(Port);
            var scan = new ServoScan(baud => Open(parsed, baud), TimeProvider.System, Console.Error.WriteLine);
            ServoMake? only = parsed.GetValue(make) is { } name ? Enum.Parse<ServoMake>(name, ignoreCase: true) : null;
            var found = scan.Run(only, parsed.GetValue(Baud), cancel);
            foreach (var (which, baud, servos) in found)
                foreach (var servo in servos) Console.Out.WriteLine($"{which} {baud} baud  id {servo.Id,3}  model {servo.Model}{(servo.Model == StsRegisters.ModelSts3215 && which == ServoMake.Feetech ? " (STS3215)" : "")}  firmware {servo.Firmware}  {servo.Mode}  {servo.Flags.Text()}");
            foreach (var (which, baud, servos) in found)
                foreach (var servo in servos.Where(servo => (servo.Flags & ServoFlagsText.OwnFaults) != 0))
                    Console.Out.WriteLine($"servo {servo.Id} protects itself: let it cool down, support what it carries, then 'robotworker serial reboot {port} {servo.Id} --make {which.ToString().ToLowerInvariant()} --baud {baud}'");
            if (found.IsEmpty) Console.Error.WriteLine("no servo answers: have they power, and is the adapter's switch on its bus side?");
            return found.IsEmpty ? ExitCode.Failed : ExitCode.Success;
        })));
        return command;
    }

    private static Command Monitor()
    {
        var file = new Argument<string>("arm") { Description = "The arm's file, such as sim/robots/so101.arm.yaml" };
        var port = new Option<string?>("--port") { Description = "Instead of the port in the file", HelpName = "PORT" };
        var command = new Command("monitor", "Prints how the servos of an arm fare, once a second until Ctrl-C; nothing is written to them") { file, port };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            if (HardwareRun.Read(parsed.GetRequiredValue(file)) is not { } arm) return ExitCode.BadInput;
            using var bus = ArmBuses.Open(arm, TimeProvider.System, Console.Error.WriteLine, parsed.GetValue(port));
            return HardwareRun.UntilStopped((wait, _) =>
            {
                var session = new ArmSession(bus, arm, wait);
                do Tell(arm, session);
                while (!wait(TimeSpan.FromSeconds(1)));
                return ExitCode.Stopped;
            });
        }));
        return command;
    }

    /// <summary>A servo that does not answer is what a person watches for, and no end.</summary>
    private static void Tell(SerialArmDescription arm, ArmSession session)
    {
        try
        {
            ArmCommand.Print(arm, session.Look());
        }
        catch (ServoBusException silent)
        {
            Console.Out.WriteLine(silent.Message);
        }
    }

    private static Command Reboot()
    {
        var id = new Argument<byte>("id") { Description = "The servo's id" };
        var make = MakeOfOne();
        var command = new Command("reboot", "Makes a servo forget a fault that it has latched: it goes limp, so support what it carries first") { Port, id, make, Baud, Echo };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            using var link = Open(parsed);
            var (servo, isFeetech) = (parsed.GetRequiredValue(id), parsed.GetValue(make) == "feetech");
            IServoDialect bus = isFeetech ? new FeetechDialect(new FeetechBus(link, TimeProvider.System)) : new DynamixelDialect(new DynamixelBus(link, TimeProvider.System));
            bus.Read(servo);
            bus.ClearFault(servo);
            Console.Out.WriteLine($"servo {servo} was told to forget; see 'serial scan' for what it says now");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Option<string> MakeOfOne() => new Option<string>("--make") { Description = "Whose servo it is", DefaultValueFactory = _ => "feetech" }.AcceptOnlyFromAmong("feetech", "dynamixel");

    private static Command SetId()
    {
        var from = new Argument<byte>("from") { Description = "The id that it has" };
        var to = new Argument<byte>("to") { Description = "The id that it gets" };
        var make = MakeOfOne();
        var command = new Command("set-id", "Gives a servo another id (its own again is one, too), and makes it answer at once") { Port, from, to, make, Baud, Echo };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            using var link = Open(parsed);
            var ids = parsed.GetValue(make) == "feetech" ? new ServoIds(new FeetechBus(link, TimeProvider.System)) : new ServoIds(new DynamixelBus(link, TimeProvider.System));
            var (before, after) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            ids.Change(before, after);
            var waited = ids.AnswerAtOnce(after);
            Console.Out.WriteLine($"servo {before} is {after} now{(waited ? ", and answers at once: it waited before" : "")}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Setup()
    {
        var what = new Argument<string>("arm") { Description = "so101" };
        what.AcceptOnlyFromAmong("so101");
        var command = new Command("setup", "Gives the servos of a new arm their ids, one after the other") { what, Port, Baud, Echo };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            using var link = Open(parsed);
            var done = So101Setup.Run(new ServoIds(new FeetechBus(link, TimeProvider.System)), question =>
            {
                Console.Out.Write($"{question} (q ends): ");
                return Console.In.ReadLine() is { } line && !line.Trim().StartsWith('q');
            }, Console.Out.WriteLine);
            return done == So101Setup.Order.Length ? ExitCode.Success : ExitCode.Stopped;
        }));
        return command;
    }

    private static Command Emulate()
    {
        var file = new Argument<string>("arm") { Description = "The arm's file, such as sim/robots/so101.arm.yaml" };
        var command = new Command("emulate", "Emulates an arm's servos behind a serial port of their own, until Ctrl-C: for trying programs without metal (Linux)") { file };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            if (HardwareRun.Read(parsed.GetRequiredValue(file)) is not { } arm) return ExitCode.BadInput;
            if (!OperatingSystem.IsLinux()) throw new ByteLinkException(ByteLinkFailure.Unsupported, "an emulated port needs a pseudo-terminal, which only Linux gives here");
            using var servos = new ServoTerminal(EmulatedArm.Of(arm).Servos, TimeProvider.System, arm.Bus.Echoes);
            Console.Out.WriteLine($"{arm.Servos.Length} {arm.Bus.Make} servos at {servos.Port}");
            return HardwareRun.UntilStopped((wait, _) =>
            {
                wait(TimeSpan.FromDays(10));
                return ExitCode.Success;
            });
        }));
        return command;
    }

    private static IByteLink Open(ParseResult parsed, int? baud = null)
    {
        var link = SerialPorts.Open(parsed.GetRequiredValue(Port), new(baud ?? parsed.GetValue(Baud) ?? 1_000_000, Console.Error.WriteLine), TimeProvider.System);
        return parsed.GetValue(Echo) ? new EchoingLink(link, TimeProvider.System) : link;
    }
}
