using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Links;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// A simulated arm behind the bytes of its servo bus: goals go to <see cref="SerialArm"/>, from it as bytes to emulated servos, from these as torques to the simulated joints, and back the same way. What stands
/// around it, its camera included, is a <see cref="SimulatedBench"/>. A safety board may stand before the servos' supply.
/// </summary>
internal sealed class SerialBench : IRobotNode
{
    // How fast a fault heats a servo's winding.
    private const double HeatingSeconds = 3;

    // A board is heard within some 20 ms; servos that have just got their power answer after 300.
    private static readonly TimeSpan PowerWithin = TimeSpan.FromSeconds(5);

    private static readonly string[] Felt = ["ARM_HOT", "CAMERA_SILENT", "CAMERA_FROZEN", "CAMERA_NOISY", "CAMERA_MISALIGNED", "CAMERA_LATE", "LINK_SILENT", "ARM_COLLISION", ObjectTaken.Name];

    private readonly SimWorld world;
    private readonly IRosConnection ros, arms;
    private readonly TimeProvider time;
    private readonly SimulatedBench bench;
    private readonly SimServoPlant plant;
    private readonly SerialArm arm;
    private readonly ServoTerminal? terminal;
    private readonly TaughtDetector? detector;
    private readonly BenchBoard? safety;
    private readonly BoardNode? board;
    private readonly double volts;

    // The bus's thread reads the room's clock.
    private long nanoseconds;

    /// <param name="ros">The bench's connection; the caller disposes it.</param>
    /// <param name="post">At wall pace, how another thread enters the episode's loop: the bus is then a serial port (a pseudo-terminal), and read by a thread of its own. Null: it is memory, and the loop reads it.</param>
    /// <param name="taught">Stands in the place of the camera; null: there is a camera.</param>
    /// <param name="safety">Between the servos and their supply; null: they have power all the time.</param>
    /// <exception cref="IOException">The system gives no pseudo-terminal.</exception>
    public SerialBench(
        SimWorld world, RobotDescription robot, SerialArmDescription description, InProcessGraph graph, IRosConnection ros, ulong seed, string episode, SimulatedRobotOptions options, Action<Action>? post,
        TaughtArm? taught = null, BenchBoard? safety = null)
    {
        (this.world, this.ros, this.safety, time) = (world, ros, safety, graph.Time);
        if (SimServoPlant.WhyNot(description, robot.ArmJointNames) is { } why) throw new ArgumentException($"the arm '{description.Name}' cannot stand for that of '{robot.Name}': {why}", nameof(description));
        detector = taught is null ? null : new(ros, taught.Body, description.Gripper!.Servo.Name, taught.Places, text => Notice?.Invoke(text));
        bench = new(world, robot, ros, graph.Time, seed, episode, options, detector?.Camera);
        plant = new(world, description);
        plant.Feel();
        Servos = EmulatedArm.Over(plant, description);
        volts = Servos.SupplyVolts;
        bench.StepComing += Step;
        arms = graph.Connect("arm");
        if (post is not null && OperatingSystem.IsLinux()) Port = (terminal = new(Servos, time: null, description.Bus.Echoes)).Port;
        arm = new(description, Pacer(), arms, () => bench.Now, ArmBuses.OptionsOf(description).MaxLeadRadians);
        if (safety is not null)
        {
            board = new(safety.Open, arms, time, () => bench.Now, () => arm.IsAlive);
            ArmGuard.Join(board, arm, _ => { });
            safety.Wired(new(arm, board, ros, world));
        }

        IServoPacer Pacer()
        {
            var period = TimeSpan.FromSeconds(description.PeriodSeconds);
            var wall = options.Stopwatch ?? TimeProvider.System;
            return Port is not null
                ? new ThreadPacer(() => ArmBuses.Open(description, wall, port: Port), wall, period, post!, () => new(Volatile.Read(ref nanoseconds)), seed)
                : new LoopPacer(() => ArmBuses.Over(new MemoryLink("memory", Servos, description.Bus.Baud), description with { Bus = description.Bus with { Echoes = false } }, graph.Time), graph.Time, period, seed);
        }
    }

    /// <summary>The injected faults that are felt here.</summary>
    public static string Faults => string.Join(", ", Felt);

    public static bool CanBeWrong(string fault) => Felt.Contains(fault);

    /// <summary>The serial port that the bus is; null: it is memory.</summary>
    public string? Port { get; }

    /// <summary>The servos, for tests and faults.</summary>
    public ServoBench Servos { get; }

    /// <summary>Something that a person should know afterwards.</summary>
    public event Action<string>? Notice;

    public event Action? StepDone
    {
        add => bench.StepDone += value;
        remove => bench.StepDone -= value;
    }

    public event Action<RobotTime, SimWorld>? PhysicsStepped
    {
        add => bench.PhysicsStepped += value;
        remove => bench.PhysicsStepped -= value;
    }

    public RobotTime Now => bench.Now;

    public TimeSpan PhysicsTime => bench.PhysicsTime;

    /// <summary>Everything runs, and the arm holds where it stands; behind a safety board, once <see cref="PowerOnAsync"/> has asked for power.</summary>
    public void Start()
    {
        bench.Start();
        arm.Start();
        board?.Start();
        if (board is null) arm.Enable(refused =>
        {
            plant.IsSupported = refused is not null;
            if (refused is not null) throw new RobotNotReadyException($"the arm's servos could not be switched on: {refused}");
        });
    }

    /// <summary>Behind a safety board: somebody asks for power, and supports the arm until it holds.</summary>
    /// <exception cref="RobotNotReadyException">It does not get any.</exception>
    public async Task PowerOnAsync()
    {
        if (board is null) return;
        await UntilAsync(() => board.IsHeard, "the safety board is not heard");
        var answer = await ros.CallServiceAsync(Trigger.Type, "/power_on", new(), PowerWithin);
        if (!answer.Success) throw new RobotNotReadyException($"the arm gets no power: {answer.Message}");
        await UntilAsync(() => arm.IsEnabled, "the arm's servos could not be switched on");
        plant.IsSupported = false;
    }

    public void Dispose()
    {
        board?.Dispose();
        arm.Dispose();
        if (OperatingSystem.IsLinux()) terminal?.Dispose();
        arms.Dispose();
        detector?.Dispose();
        bench.Dispose();
    }

    private void Step(double seconds)
    {
        Volatile.Write(ref nanoseconds, bench.Now.Nanoseconds);
        if (terminal is null || !OperatingSystem.IsLinux()) Advance(seconds);
        else terminal.Between(() => Advance(seconds));
    }

    private void Advance(double seconds)
    {
        plant.Feel();
        if (safety is not null) Supply(safety, seconds);
        foreach (var (number, joint) in world.Impairment.Joints)
            if (joint.Celsius is { } celsius && Servos.Celsius(Servos.Servos[number - 1].Id) is var now && now < celsius) Servos.SetCelsius(Servos.Servos[number - 1].Id, now + ((celsius - now) * seconds / HeatingSeconds));
        Servos.Advance(seconds);
    }

    /// <summary>Without power the servos are dead, and when they get it they start anew.</summary>
    private void Supply(BenchBoard from, double seconds)
    {
        from.Pass(TimeSpan.FromSeconds(seconds));
        var isClosed = from.IsClosed();
        if (isClosed && Servos.SupplyVolts == 0) Servos.PowerCycle();
        Servos.SupplyVolts = isClosed ? volts : 0;
    }

    private async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        for (var waited = TimeSpan.Zero; !holds(); waited += BoardNode.Period)
        {
            if (waited > PowerWithin) throw new RobotNotReadyException(otherwise);
            await Task.Delay(BoardNode.Period, time);
        }
    }
}
