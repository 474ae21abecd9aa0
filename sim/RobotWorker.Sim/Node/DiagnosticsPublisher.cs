using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>
/// Tells how the hardware fares, on /diagnostics: plain measured numbers. A fault is for the worker's detectors to find in them; a level says only what a drive, a controller
/// or the safety circuit knows of itself: that it is stopped, switched off, or no longer heard.
/// </summary>
internal sealed class DiagnosticsPublisher : IDisposable
{
    private const double CelsiusNoise = 0.05, AmpereNoise = 0.02;

    // An aggregator's usual timeout (diagnostic_aggregator, GenericAnalyzer).
    private const double StaleSeconds = 5;

    private readonly SimWorld world;
    private readonly RobotState state;
    private readonly BaseMotion? platform;
    private readonly GripperDrive gripper;
    private readonly ComputerHealth computer;
    private readonly ErrorStream errors;
    private readonly IPublisher<DiagnosticArray> diagnostics;
    private double armHeard;
    private (double Celsius, double DiskFree, double MemoryAvailable, double Load) health;

    /// <param name="platform">Null: there are neither wheels nor bumper.</param>
    public DiagnosticsPublisher(IRosConnection ros, SimWorld world, RobotState state, BaseMotion? platform, SensorErrors sensors)
    {
        (this.world, this.state, this.platform, gripper) = (world, state, platform, world.Gripper);
        computer = new(world, sensors);
        errors = sensors.Of("diagnostics/noise");
        diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");
    }

    /// <summary>The drives and the safety circuit.</summary>
    /// <param name="stopped">Whether the protective stop holds.</param>
    public void Publish(bool stopped, EmergencyStop emergency, Bumper bumper) => diagnostics.Publish(new()
    {
        Header = new() { Stamp = state.Now.Time.ToMessage() },
        Status = [Gripper(), .. platform is null ? None : [Base(platform, stopped)], .. Arm(stopped), Button(emergency), .. platform is null ? None : [Switch(bumper)]],
    });

    /// <summary>Looks how the computer fares: once a second.</summary>
    public void MeasureComputer() => health = computer.Measure();

    /// <summary>The computer, as it was when it was last looked at.</summary>
    public void PublishComputer()
    {
        var (celsius, disk, memory, load) = health;
        diagnostics.Publish(new()
        {
            Header = new() { Stamp = state.Now.Time.ToMessage() },
            Status =
            [
                Status("computer: health", DiagnosticStatus.OK, "", ("cpu_temperature", celsius), ("disk_free", Math.Round(disk)), ("memory_available", Math.Round(memory)),
                    ("load", load)),
            ],
        });
    }

    public void Dispose() => diagnostics.Dispose();

    private DiagnosticStatus Gripper()
    {
        var now = state.Now.Gripper;
        return Status("gripper: motor", DiagnosticStatus.OK, "", ("commanded_force", now.CommandedForce), ("measured_force", now.MeasuredForce),
            ("commanded_width", gripper.CommandedWidth), ("width", now.Width), ("speed", now.Speed), ("temperature", now.Temperature), ("current", now.Current));
    }

    private DiagnosticStatus Base(BaseMotion platform, bool stopped)
    {
        var speed = state.Now.Speed;
        var (level, message) = world.Impairment.BaseDriveOff ? (DiagnosticStatus.ERROR, "drive fault") : Stopped(stopped);
        return Status("base: drive", level, message, ("commanded_speed", platform.Commanded.Linear.Length), ("measured_speed", speed.Speed),
            ("commanded_turn", platform.Commanded.Turn), ("measured_turn", speed.Turn), ("temperature", world.Base.Celsius + errors.Normal(CelsiusNoise)),
            ("current", world.Base.Current + errors.Normal(AmpereNoise)));
    }

    /// <summary>A controller that is dead says nothing; after a while an aggregator says that of it, without numbers.</summary>
    private ImmutableArray<DiagnosticStatus> Arm(bool stopped)
    {
        if (world.Impairment.ArmControllerDown) return world.TimeSeconds - armHeard < StaleSeconds ? None : [Status("arm: controller", DiagnosticStatus.STALE, "not heard")];
        armHeard = world.TimeSeconds;
        var hottest = 0;
        for (var j = 1; j < world.Arm.JointCount; j++)
            if (world.Arm.Celsius(j) > world.Arm.Celsius(hottest)) hottest = j;
        var (level, message) = world.Impairment.ArmControllerFault ? (DiagnosticStatus.ERROR, "controller fault") : Stopped(stopped);
        return
        [
            Status("arm: controller", level, message, ("speed", Greatest(state.Now.ArmRates.AsSpan())), ("temperature", world.Arm.Celsius(hottest) + errors.Normal(CelsiusNoise)),
                ("hottest", hottest + 1)),
        ];
    }

    private static DiagnosticStatus Button(EmergencyStop emergency) => Status("safety: emergency_stop",
        emergency.Holds ? DiagnosticStatus.ERROR : DiagnosticStatus.OK, emergency.IsPressed ? "pressed" : emergency.Holds ? "latched: reset it at /emergency_stop_reset" : "",
        ("pressed", emergency.IsPressed ? 1 : 0), ("latched", emergency.Holds ? 1 : 0));

    private static DiagnosticStatus Switch(Bumper bumper) =>
        Status("bumper: contact", DiagnosticStatus.OK, bumper.IsPressed ? "pressed" : "", ("pressed", bumper.IsPressed ? 1 : 0));

    private static ImmutableArray<DiagnosticStatus> None => [];

    private static (byte Level, string Message) Stopped(bool stopped) => stopped ? (DiagnosticStatus.WARN, "the protective stop holds") : (DiagnosticStatus.OK, "");

    private static double Greatest(ReadOnlySpan<double> values)
    {
        var greatest = 0.0;
        foreach (var value in values) greatest = Math.Max(greatest, Math.Abs(value));
        return greatest;
    }

    private static DiagnosticStatus Status(string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values) =>
        HardwareStatus.Of("simulated", name, level, message, values);
}
