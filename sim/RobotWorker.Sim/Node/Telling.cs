using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>All that the robot tells, each at its rate. docs/simulated-robot.md has the table.</summary>
internal sealed class Telling : IDisposable
{
    // Control periods between two scans, and in a second.
    private const int ScanPeriods = 10, SecondPeriods = 100;

    private readonly SimWorld world;
    private readonly RobotState state;
    private readonly BatteryPack? battery;
    private readonly IPublisher<Clock> clock;
    private readonly StatePublisher joints;
    private readonly ControllerStatePublisher arm;
    private readonly DiagnosticsPublisher diagnostics;
    private readonly LocalizationPublisher? localization;
    private readonly BatteryPublisher? batteryState;
    private readonly HeadCamera camera;
    private readonly Lidar? lidar;
    private readonly double rate;
    private long period;

    /// <param name="platform">Null: the base is fixed, and on mains.</param>
    /// <param name="rate">Share of the usual rate at which sensors tell.</param>
    public Telling(
        IRosConnection ros, SimWorld world, RobotDescription robot, RobotState state, RobotFrames frames, BaseMotion? platform, JointMotion motion, DetectorNoise detector,
        SensorErrors sensors, double rate)
    {
        (this.world, this.state, this.rate) = (world, state, rate);
        clock = ros.Advertise<Clock>("/clock");
        joints = new(ros, state, frames, robot.ArmJointNames, baseMoves: platform is not null);
        arm = new(ros, () => new(state.Now.Time, state.Now.Arm, state.Now.ArmRates), motion);
        diagnostics = new(ros, world, state, platform, sensors);
        if (platform is not null)
        {
            localization = new(ros, state);
            battery = new(world, sensors);
            batteryState = new(ros, state, battery);
        }
        camera = new(ros, world, robot.Head, detector, sensors);
        lidar = robot.Lidar is { } description ? new(ros, world, description, sensors, Between(ScanPeriods) * ControlPeriods.Length.TotalSeconds) : null;
    }

    /// <summary>A control period later.</summary>
    public void Step(double seconds)
    {
        period++;
        battery?.Step(seconds);
    }

    /// <summary>The clock first, so that who hears of a state knows its time. What comes ten times a second comes in different periods.</summary>
    /// <param name="stopped">Whether the protective stop holds.</param>
    public void Publish(bool stopped, EmergencyStop emergency, Bumper bumper)
    {
        clock.Publish(new() { Value = state.Now.Time.ToMessage() });
        var wrong = world.Impairment;
        if (IsDue(2)) joints.Publish(wrong);
        if (IsDue(2) && !wrong.ArmControllerDown && !wrong.ArmStateSilent) arm.Publish();
        if (IsDue(5) && !wrong.DiagnosticsSilent) diagnostics.Publish(stopped, emergency, bumper);
        if (period % SecondPeriods == 1) diagnostics.MeasureComputer();
        if (IsDue(SecondPeriods, 1) && !wrong.DiagnosticsSilent) diagnostics.PublishComputer();
        if (IsDue(10)) camera.Publish(state.Now.Time);
        if (IsDue(ScanPeriods, 4)) lidar?.Publish(state.Now.Time);
        if (IsDue(10, 6) && !wrong.LocalizationSilent) localization?.Publish();
        if (IsDue(20, 8) && !wrong.BatterySilent) batteryState?.Publish();
    }

    /// <summary>Whether this is the period of something that comes once in so many at the usual rate.</summary>
    /// <param name="offset">Which of them it is.</param>
    private bool IsDue(int every, int offset = 0) => period % Between(every) == offset;

    /// <summary>Periods at the robot's own rate; nothing comes in parts of one.</summary>
    private int Between(int every) => (int)Math.Round(every / rate);

    public void Dispose()
    {
        lidar?.Dispose();
        camera.Dispose();
        batteryState?.Dispose();
        localization?.Dispose();
        diagnostics.Dispose();
        arm.Dispose();
        joints.Dispose();
        clock.Dispose();
    }
}
