using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Sim.Controllers.Arm;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>All that the robot tells, each at its rate. docs/simulated-robot.md has the table.</summary>
internal sealed class Telling : IDisposable
{
    private readonly SimWorld world;
    private readonly RobotState state;
    private readonly BatteryPack battery;
    private readonly IPublisher<Clock> clock;
    private readonly StatePublisher joints;
    private readonly ArmStatePublisher arm;
    private readonly DiagnosticsPublisher diagnostics;
    private readonly LocalizationPublisher localization;
    private readonly BatteryPublisher batteryState;
    private readonly HeadCamera camera;
    private readonly Lidar? lidar;
    private long period;

    public Telling(
        IRosConnection ros, SimWorld world, RobotDescription robot, RobotState state, RobotFrames frames, BaseMotion platform, JointMotion motion, DetectorNoise detector,
        ulong seed, string episode)
    {
        (this.world, this.state) = (world, state);
        battery = new(world, seed, episode);
        clock = ros.Advertise<Clock>("/clock");
        joints = new(ros, state, frames, robot.ArmJointNames);
        arm = new(ros, state, motion, robot.ArmJointNames);
        diagnostics = new(ros, world, state, platform, motion, seed, episode);
        localization = new(ros, state);
        batteryState = new(ros, state, battery);
        camera = new(ros, world, robot.Head, detector, seed, episode);
        lidar = robot.Lidar is { } description ? new(ros, world, description, seed, episode) : null;
    }

    /// <summary>A control period later.</summary>
    public void Step(double seconds)
    {
        period++;
        battery.Step(seconds);
    }

    /// <summary>The clock first, so that who hears of a state knows its time. What comes ten times a second comes in different periods.</summary>
    /// <param name="stopped">Whether the protective stop holds.</param>
    public void Publish(bool stopped, EmergencyStop emergency, Bumper bumper)
    {
        clock.Publish(new() { Value = state.Now.Time.ToMessage() });
        if (period % 2 == 0) joints.Publish(world.Impairment);
        if (period % 2 == 0 && !world.Impairment.ArmControllerDown) arm.Publish();
        if (period % 5 == 0) diagnostics.Publish(stopped, emergency, bumper);
        if (period % 100 == 1) diagnostics.PublishComputer();
        if (period % 10 == 0) camera.Publish(state.Now.Time);
        if (period % 10 == 4) lidar?.Publish(state.Now.Time);
        if (period % 10 == 6) localization.Publish();
        if (period % 20 == 8) batteryState.Publish();
    }

    public void Dispose()
    {
        lidar?.Dispose();
        camera.Dispose();
        batteryState.Dispose();
        localization.Dispose();
        diagnostics.Dispose();
        arm.Dispose();
        joints.Dispose();
        clock.Dispose();
    }
}
