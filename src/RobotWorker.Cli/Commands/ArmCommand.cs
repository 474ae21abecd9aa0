using System.CommandLine;
using System.Globalization;
using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;
using RobotWorker.Firmware.Tools;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;
using RobotWorker.Motion;
using RobotWorker.Recording.Journals;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Ros.Rosbridge.Server;

namespace RobotWorker.Cli.Commands;

/// <summary><c>robotworker arm ...</c>: an arm on a servo bus, by hand or as a ROS robot.</summary>
internal static class ArmCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The arm's file, such as sim/robots/so101.arm.yaml" };
    private static readonly Option<string?> Port = new("--port") { Description = "Instead of the port in the file", HelpName = "PORT" };

    public static Command Build() => new("arm", "An arm on a servo bus: look at it, hold it, move it, calibrate it, serve it as a ROS robot (docs/serial-arm.md)")
    {
        Status(), Hold(), Park(), Release(), Clear(), Jog(), Teach(), Teleop(), Calibrate(), Serve(),
    };

    private static Command Status()
    {
        var command = new Command("status", "Prints where the joints are and how the servos fare; nothing is written to them") { File, Port };
        command.SetAction(parsed => With(parsed, (session, arm, _) =>
        {
            Print(arm, session.Look());
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Hold()
    {
        var command = new Command("hold", "Makes the arm hold where it is, until Ctrl-C; afterwards its servos still hold") { File, Port };
        command.SetAction(parsed => With(parsed, (session, _, _) =>
        {
            session.Enable();
            Console.Out.WriteLine("it holds; Ctrl-C ends this, and the servos go on holding ('arm release' lets go)");
            session.Hold();
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Park()
    {
        var release = new Option<bool>("--release") { Description = "Then lets it go limp, lying where it is parked" };
        var command = new Command("park", "Goes slowly to the posture that the file has as 'park', where it can be let go without falling") { File, Port, release };
        command.SetAction(parsed => With(parsed, (session, arm, bus) =>
        {
            if (arm.Park.IsEmpty)
            {
                Console.Error.WriteLine($"{Codes.Missing} the file says nothing of 'park': lead the limp arm by hand to where it can lie, and put what 'robotworker arm teach {parsed.GetRequiredValue(File)} park' prints into the file. Nothing was moved.");
                return ExitCode.BadInput;
            }
            session.Enable();
            if (session.Park() is { } why)
            {
                Console.Error.WriteLine($"{why}; it holds");
                return ExitCode.Failed;
            }
            if (parsed.GetValue(release)) bus.AllTorqueOff();
            Console.Out.WriteLine(parsed.GetValue(release) ? "it is parked, and its servos let go" : "it is parked, and holds; 'arm release' lets go");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Clear()
    {
        var joint = new Argument<string>("joint") { Description = "The joint's name" };
        var command = new Command("clear", "Makes a servo forget a fault that it has latched (overload, overheating): it goes limp, so support what it carries first") { File, joint, Port };
        command.SetAction(parsed => With(parsed, (session, arm, bus) =>
        {
            var which = arm.Servos.Select(servo => servo.Name).ToList().IndexOf(parsed.GetRequiredValue(joint));
            if (which < 0) return NoSuchJoint(arm, parsed.GetRequiredValue(joint), "Nothing was cleared");
            bus.ClearFault(which);
            Console.Out.WriteLine($"{arm.Servos[which].Name} was told to forget; see 'arm status' for what it says now");
            return ExitCode.Success;
        }));
        return command;
    }

    private static int NoSuchJoint(SerialArmDescription arm, string joint, string so)
    {
        Console.Error.WriteLine($"{Codes.UnknownObject} {arm.Name} has no joint '{joint}'; it has {string.Join(", ", arm.Servos.Select(servo => servo.Name))}. {so}.");
        return ExitCode.BadInput;
    }

    /// <summary>Where the joints are and how the servos fare, a line each, and what is to be done about it.</summary>
    internal static void Print(SerialArmDescription arm, IReadOnlyList<ServoState> states)
    {
        Console.Out.WriteLine("joint            rad      volts  °C   torque  says");
        foreach (var (servo, state) in arm.Servos.Zip(states))
            Console.Out.WriteLine($"{servo.Name,-15} {state.PositionRadians,6:0.000}  {state.Volts,5:0.0}  {state.Celsius,3:0}  {(state.TorqueOn ? "on" : "off"),-6}  {state.Flags.Text()}");
        foreach (var (servo, state) in arm.Servos.Zip(states))
            if ((state.Flags & (ServoFlags.Overheat | ServoFlags.Overload | ServoFlags.Overcurrent)) != 0) Console.Out.WriteLine($"{servo.Name} protects itself: let it cool down, support {arm.WhatFalls}, then 'robotworker arm clear FILE {servo.Name}'");
        if (SupplyCheck.Problem(arm, states) is { } problem) Console.Out.WriteLine(problem);
    }

    private static Command Release()
    {
        var command = new Command("release", "Lets the arm go limp. What it carries falls: support it first") { File, Port };
        command.SetAction(parsed => With(parsed, (_, arm, bus) =>
        {
            bus.AllTorqueOff();
            Console.Out.WriteLine($"the servos let go: nothing holds {arm.WhatFalls} any more");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Jog()
    {
        var joint = new Argument<string>("joint") { Description = "The joint's name" };
        var degrees = new Argument<double>("degrees") { Description = "By how much, from where it is; write -- before a negative one" };
        var command = new Command("jog", "Moves one joint slowly; then the arm holds") { File, joint, degrees, Port };
        command.SetAction(parsed => With(parsed, (session, arm, _) =>
        {
            var which = arm.Servos.Select(servo => servo.Name).ToList().IndexOf(parsed.GetRequiredValue(joint));
            if (which < 0) return NoSuchJoint(arm, parsed.GetRequiredValue(joint), "Nothing was moved");
            var servo = arm.Servos[which];
            var target = session.Look()[which].PositionRadians + (parsed.GetRequiredValue(degrees) * Math.PI / 180);
            if (target < servo.MinRadians || target > servo.MaxRadians)
            {
                Console.Error.WriteLine($"{Codes.OutOfRange} {servo.Name} would go to {target:0.00} rad; its range is {servo.MinRadians:0.00} to {servo.MaxRadians:0.00}. Nothing was moved.");
                return ExitCode.BadInput;
            }
            session.Enable();
            var why = session.MoveTo([.. arm.Servos.Select((_, i) => i == which ? target : double.NaN)]);
            Console.Out.WriteLine(why ?? $"{servo.Name} is at {session.Look()[which].PositionRadians:0.000} rad, and holds");
            return why is null ? ExitCode.Success : ExitCode.Failed;
        }));
        return command;
    }

    private static Command Teach()
    {
        var name = new Argument<string>("name") { Description = "What the place is called" };
        var kind = new Option<string?>("--class") { Description = "A thing stands between the pads, which detections call so, such as box/red: prints where, for 'arm serve --taught'", HelpName = "CLASS" };
        var size = new Option<double[]>("--size") { Description = "With --class: how long the thing is along the pads' way, across it, and high, in metres", HelpName = "X Y Z", Arity = new(3, 3), AllowMultipleArgumentsPerToken = true };
        var command = new Command("teach", "Prints where the arm was led to by hand: its posture, for a profile's postures, or with --class what it stands around") { File, name, kind, size, Port };
        command.SetAction(parsed => With(parsed, (session, arm, _) =>
        {
            var states = session.Look();
            if (parsed.GetValue(kind) is { } thing) return TeachThing(parsed, arm, states, parsed.GetRequiredValue(name), thing, parsed.GetValue(size) ?? []);
            var angles = states.Take(arm.Joints.Length).Select(state => state.PositionRadians.ToString("0.###", CultureInfo.InvariantCulture));
            Console.Out.WriteLine($"{parsed.GetRequiredValue(name)}: [{string.Join(", ", angles)}]");
            return ExitCode.Success;
        }));
        return command;
    }

    // The pads open along the tool's y; a thing's own x is taken to lie along it.
    private static int TeachThing(ParseResult parsed, SerialArmDescription arm, IReadOnlyList<ServoState> states, string name, string kind, double[] size)
    {
        if (size.Length != 3 || size.Any(length => length is not (>= 0.001 and <= 1)))
        {
            Console.Error.WriteLine($"{Codes.OutOfRange} --class needs --size X Y Z: how long the thing is along the pads' way, across it, and high, 0.001 to 1 m each. Nothing was taught.");
            return ExitCode.BadInput;
        }
        if (HardwareRun.ReadBody(arm, parsed.GetRequiredValue(File)) is not { } body) return ExitCode.BadInput;
        var angles = arm.Joints.Zip(states).ToDictionary(pair => pair.First.Servo.Name, pair => pair.Second.PositionRadians);
        // How wide the pads are open moves them alone.
        var tool = body.ToolInMap(joint => angles.GetValueOrDefault(joint));
        var along = tool.Rotation.Rotate(Vec3.UnitY);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"- {{name: {name}, class: {kind}, size: [{size[0]:0.####}, {size[1]:0.####}, {size[2]:0.####}], at: [{tool.Position.X:0.####}, {tool.Position.Y:0.####}, {tool.Position.Z:0.####}], yaw: {Math.Atan2(along.Y, along.X):0.###}}}"));
        return ExitCode.Success;
    }

    private static Command Teleop()
    {
        var leader = new Option<string>("--leader") { Description = "The leading arm's file, of as many joints in the same order", HelpName = "FILE", Required = true };
        var leaderPort = new Option<string?>("--leader-port") { Description = "Instead of the port in the leader's file", HelpName = "PORT" };
        var record = new Option<string?>("--record") { Description = "Records what the arm is led to do as a LeRobot data set of one episode: a folder that is not there yet; 'dataset merge' puts several together", HelpName = "DIR" };
        var task = new Option<string?>("--task") { Description = "With --record: what it is led to do, in plain words", HelpName = "TEXT" };
        var rate = new Option<int>("--fps") { Description = "With --record: frames a second, 1 to 50", DefaultValueFactory = _ => 30, HelpName = "N" };
        rate.MustBeFrom(1, 50);
        var command = new Command("teleop", "Leads the arm by another one that is moved by hand, until Ctrl-C") { File, leader, Port, leaderPort, record, task, rate };
        command.SetAction(async parsed =>
        {
            var (folder, words) = (parsed.GetValue(record), parsed.GetValue(task));
            if (folder is null != words is null || (folder is not null && (Directory.Exists(folder) || System.IO.File.Exists(folder))))
            {
                Console.Error.WriteLine(folder is null || words is null ? $"{Codes.Missing} --record DIR and --task TEXT go together. Nothing was moved." : $"{Codes.MachineRefused} {folder} is there already: give another folder. Nothing was moved.");
                return ExitCode.BadInput;
            }
            TeleopRecording? recording = null;
            StopSignals? signals = null;
            var code = With(parsed, (session, arm, _) =>
            {
                if (HardwareRun.Read(parsed.GetRequiredValue(leader)) is not { } leading) return ExitCode.BadInput;
                if (leading.Servos.Length != arm.Servos.Length)
                {
                    Console.Error.WriteLine($"{Codes.WrongLength} the leader has {leading.Servos.Length} servos and the arm {arm.Servos.Length}. Nothing was moved.");
                    return ExitCode.BadInput;
                }
                if (folder is not null)
                {
                    recording = new(arm, parsed.GetValue(rate));
                    // The Ctrl-C that ends the leading, or one too many, must not end the writing.
                    signals = new(() => { }, () => { });
                }
                Lead(session, leading, parsed.GetValue(leaderPort), recording);
                return ExitCode.Success;
            });
            // What was led before a cable came loose is worth keeping, too.
            using var quiet = signals;
            var written = recording is null ? ExitCode.Success : await WriteAsync(recording, folder!, words!);
            return code == ExitCode.Success ? written : code;
        });
        return command;
    }

    private static void Lead(ArmSession session, SerialArmDescription leading, string? port, TeleopRecording? recording)
    {
        var states = new ServoState[leading.Servos.Length];
        using var bus = ArmBuses.Open(leading, TimeProvider.System, Console.Error.WriteLine, port);
        bus.AllTorqueOff();
        session.Enable();
        Console.Out.WriteLine($"it follows{(recording is null ? "" : ", and is recorded")}; Ctrl-C ends this, and the servos hold");
        var began = TimeProvider.System.GetTimestamp();
        session.Follow(() =>
        {
            bus.ReadStates(states);
            return states.All(state => state.IsFresh) ? [.. states.Select(state => state.PositionRadians)] : null;
        }, recording is null ? null : (goals, were) => recording.Take(TimeProvider.System.GetElapsedTime(began), goals, were));
    }

    private static async Task<int> WriteAsync(TeleopRecording recording, string folder, string task)
    {
        if (recording.Episode(task, EpisodeEntry.Here) is not { } episode)
        {
            Console.Error.WriteLine($"{Codes.Missing} the arm was led for less than two frames. Nothing was recorded.");
            return ExitCode.Failed;
        }
        try
        {
            await new DatasetWriter(recording.Layout, Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))).WriteAsync(folder, [episode], CancellationToken.None);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Codes.MachineRefused} {folder}: {refused.Message.TrimEnd('.')}");
            return ExitCode.Unavailable;
        }
        Console.Out.WriteLine($"recorded {episode.Length} frames, {(double)episode.Length / recording.Layout.FramesPerSecond:0.0} s, as {folder}");
        return ExitCode.Success;
    }

    private static Command Calibrate()
    {
        var import = new Option<string?>("--import") { Description = "A calibration of LeRobot's (JSON): prints the joints as an arm's file has them", HelpName = "FILE" };
        var export = new Option<string?>("--export") { Description = "Writes the arm's calibration as LeRobot has it", HelpName = "FILE" };
        var write = new Option<bool>("--write-homing") { Description = "With --import: writes its homing offsets into the servos, where they are others; the arm must be limp" };
        var command = new Command("calibrate", "Takes over or hands on the calibration of LeRobot") { File, import, export, write, Port };
        command.SetAction(parsed =>
        {
            if (HardwareRun.Read(parsed.GetRequiredValue(File)) is not { } arm) return ExitCode.BadInput;
            if (parsed.GetValue(export) is { } to) return HardwareRun.Guarded(() => Export(arm, to, parsed.GetValue(Port)));
            if (parsed.GetValue(import) is not { } from)
            {
                Console.Error.WriteLine($"{Codes.Missing} say --import FILE (with --write-homing, its offsets are written into the servos) or --export FILE");
                return ExitCode.BadInput;
            }
            var bag = new DiagnosticBag();
            var motors = JobReader.ReadText(from, bag) is { } text ? LerobotCalibration.Read(text, from, bag) : [];
            Views.DiagnosticView.Print(bag);
            foreach (var (servo, homing) in motors)
                Console.Out.WriteLine($"- {{name: {servo.Name}, id: {servo.Id}, zero: {servo.ZeroCounts}, range: [{servo.MinCounts}, {servo.MaxCounts}]{(servo.Direction < 0 ? ", direction: backward" : "")}, max_speed: 2, acceleration: 8}}   # homing_offset {homing}: must stand in the servo");
            if (motors.IsEmpty) return ExitCode.BadInput;
            return parsed.GetValue(write) ? HardwareRun.Guarded(() => WriteHoming(arm, motors, parsed.GetValue(Port))) : ExitCode.Success;
        });
        return command;
    }

    private static int WriteHoming(SerialArmDescription arm, IReadOnlyList<LerobotCalibration.Motor> motors, string? port)
    {
        if (arm.Bus.Make != ServoMake.Feetech)
        {
            Console.Error.WriteLine($"{Codes.NotAChoice} only Feetech servos keep LeRobot's homing offsets. Nothing was written.");
            return ExitCode.BadInput;
        }
        if (motors.FirstOrDefault(motor => Math.Abs(motor.HomingCounts) > HomingOffsets.MostCounts) is { } far)
        {
            Console.Error.WriteLine($"{Codes.OutOfRange} the homing offset of '{far.Servo.Name}', {far.HomingCounts}, is more than its register takes ({HomingOffsets.MostCounts}). Nothing was written.");
            return ExitCode.BadInput;
        }
        using var link = ArmBuses.OpenLink(arm, TimeProvider.System, Console.Error.WriteLine, port);
        var changes = HomingOffsets.Write(new FeetechBus(link, TimeProvider.System), motors);
        foreach (var (joint, id, was, now) in changes) Console.Out.WriteLine($"{joint} (id {id}): homing offset was {was}, is {now}");
        if (changes.Count == 0) Console.Out.WriteLine("the servos hold these homing offsets already: nothing was written");
        return ExitCode.Success;
    }

    private static int Export(SerialArmDescription arm, string to, string? port)
    {
        if (arm.Servos.FirstOrDefault(servo => Math.Abs(servo.ZeroCounts - ((servo.MinCounts + servo.MaxCounts) / 2)) > 1) is { } off)
        {
            Console.Error.WriteLine($"{Codes.OutOfRange} LeRobot's zero is the middle of the range, and that of '{off.Name}' is {off.ZeroCounts}, not {(off.MinCounts + off.MaxCounts) / 2}: its angles would differ. Nothing was written.");
            return ExitCode.BadInput;
        }
        if (arm.Bus.Make != ServoMake.Feetech)
        {
            Console.Error.WriteLine($"{Codes.NotAChoice} only the calibration of Feetech servos is handed on. Nothing was written.");
            return ExitCode.BadInput;
        }
        // The offset stands in the servos; a file that says otherwise would move every zero.
        using var link = ArmBuses.OpenLink(arm, TimeProvider.System, Console.Error.WriteLine, port);
        var bus = new FeetechBus(link, TimeProvider.System);
        System.IO.File.WriteAllText(to, LerobotCalibration.Write(arm.Servos.Select(servo => new LerobotCalibration.Motor(servo, (int)bus.ReadTwice(servo.Id, StsRegisters.Homing)))));
        Console.Out.WriteLine($"wrote {to}, with the homing offsets that stand in the servos");
        return ExitCode.Success;
    }

    private static Command Serve()
    {
        var board = new Option<string?>("--board") { Description = "The port of the safety board", HelpName = "PORT" };
        var mavlink = new Option<string?>("--mavlink") { Description = "The port of a board that speaks MAVLink 2, to listen to: its state and its battery", HelpName = "PORT" };
        var baud = new Option<int>("--mavlink-baud") { Description = "Bits a second of that port", DefaultValueFactory = _ => 57_600, HelpName = "BAUD" };
        var emulated = new Option<bool>("--emulated") { Description = "Emulated servos instead of metal (Linux)" };
        var rosbridge = new Option<string>("--rosbridge") { Description = "Where the rosbridge server listens; port 0 takes a free one", DefaultValueFactory = _ => "127.0.0.1:9090", HelpName = "HOST:PORT" };
        rosbridge.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && ServeArguments.EndpointOf(text) is null) result.AddError($"--rosbridge needs HOST:PORT, such as 127.0.0.1:9090, not '{text}'.");
        });
        var taught = new Option<string?>("--taught") { Description = "Tells on /detections where things stand, as 'arm teach' printed it, for an arm without a camera", HelpName = "FILE" };
        var command = new Command("serve", "Serves the arm as a ROS robot, until Ctrl-C: actions, streamed commands, states and diagnostics, and its description where its file names a URDF, by a rosbridge server of its own") { File, Port, board, mavlink, baud, emulated, rosbridge, taught };
        command.SetAction(parsed => HardwareRun.Guarded(() =>
        {
            if (HardwareRun.Read(parsed.GetRequiredValue(File)) is not { } arm) return ExitCode.BadInput;
            var file = parsed.GetRequiredValue(File);
            var places = parsed.GetValue(taught) is { } objects ? HardwareRun.ReadTaught(arm, file, objects) : null;
            var body = places?.Body ?? (arm.Body is null ? null : HardwareRun.ReadBody(arm, file));
            if ((parsed.GetValue(taught) is not null && places is null) || (arm.Body is not null && body is null)) return ExitCode.BadInput;
            var stop = new StopSwitch();
            using var signals = new StopSignals(stop.Press, () => { });
            try
            {
                var front = RosbridgeFront.With(new RosbridgeServerOptions { Endpoint = ServeArguments.EndpointOf(parsed.GetRequiredValue(rosbridge))! });
                var options = new ArmServeOptions(arm, parsed.GetValue(Port), parsed.GetValue(board), parsed.GetValue(emulated)) { Body = body, Taught = places?.Places, Mavlink = parsed.GetValue(mavlink) is { } port ? (port, parsed.GetValue(baud)) : null };
                new ArmServing(options, [front], Console.Out.WriteLine, stop).Run();
                return ExitCode.Stopped;
            }
            catch (FrontException refused)
            {
                Console.Error.WriteLine($"{Codes.MachineRefused} {refused.Message}. Nothing was started.");
                return ExitCode.Unavailable;
            }
        }));
        return command;
    }

    private static int With(ParseResult parsed, Func<ArmSession, SerialArmDescription, IServoBus, int> act) => HardwareRun.Guarded(() =>
    {
        if (HardwareRun.Read(parsed.GetRequiredValue(File)) is not { } arm) return ExitCode.BadInput;
        using var bus = ArmBuses.Open(arm, TimeProvider.System, Console.Error.WriteLine, parsed.GetValue(Port));
        return HardwareRun.UntilStopped((wait, _) => act(new ArmSession(bus, arm, wait), arm, bus));
    });
}
