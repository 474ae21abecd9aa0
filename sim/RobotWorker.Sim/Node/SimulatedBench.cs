using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Sensors;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>
/// What stands around an arm that somebody else drives and tells of: the room's physics, the camera on its mast with the detector, the clock, the robot's description, and its transforms.
/// The base is fixed.
/// </summary>
public sealed class SimulatedBench : IRobotNode
{
    private const int CameraPeriods = 10, StatePeriods = 2;

    private static readonly double PeriodSeconds = ControlPeriods.Length.TotalSeconds;

    private readonly SimWorld world;
    private readonly SimulatedRobotOptions options;
    private readonly string urdf;
    private readonly (string Parent, string Child, Pose Pose)? insteadOfCamera;
    private readonly RobotState state;
    private readonly RobotFrames frames;
    private readonly JointMotion head;
    private readonly PointHeadServer pointHead;
    private readonly HeadCamera? camera;
    private readonly DescriptionPublisher description;
    private readonly IPublisher<Clock> clock;
    private readonly IPublisher<JointState> joints;
    private readonly RobotStatePublisher states;
    private readonly IDisposable[] offered;
    private readonly ControlPeriods periods;
    private long period;

    /// <param name="world">The caller disposes it. Its arm and gripper are led by torques (<see cref="ArmDrive.SetTorques"/>).</param>
    /// <param name="ros">The bench's own connection; the caller disposes it.</param>
    /// <param name="seed">With <paramref name="episode"/> it keys the sensors' errors.</param>
    /// <param name="insteadOfCamera">The fixed frame of whoever else tells of what is seen; null: there is a camera.</param>
    /// <exception cref="ArgumentException">The robot's base moves.</exception>
    public SimulatedBench(SimWorld world, RobotDescription robot, IRosConnection ros, TimeProvider time, ulong seed, string episode, SimulatedRobotOptions? options = null,
        (string Parent, string Child, Pose Pose)? insteadOfCamera = null)
    {
        if (!robot.Base.IsFixed) throw new ArgumentException($"the base of '{robot.Name}' moves", nameof(robot));
        (this.world, this.options) = (world, options ?? SimulatedRobotOptions.Default);
        urdf = UrdfWriter.Write(robot);
        var sensors = new SensorErrors(seed, episode, this.options.SensorNoise);
        state = new(world, sensors);
        frames = new(RobotFrames.Parse(urdf, robot.Name), state, robot.ArmJointNames);
        head = new(RobotLimits.OfHead(robot.Head), state.Now.Head);
        pointHead = new(head, state, frames);
        this.insteadOfCamera = insteadOfCamera;
        camera = insteadOfCamera is null ? new(ros, world, robot.Head, this.options.Detector, sensors) : null;
        description = new(ros);
        clock = ros.Advertise<Clock>("/clock");
        joints = ros.Advertise<JointState>("/joint_states");
        states = new(ros, frames.Tree);
        offered = [ros.AdvertiseAction("/head_controller/point_head_action", pointHead)];
        periods = new(time, Period);
    }

    /// <summary>Before each physics step, with its length in seconds: whoever gives the arm's torques gives them now.</summary>
    public event Action<double>? StepComing;

    public event Action? StepDone;

    public event Action<RobotTime, SimWorld>? PhysicsStepped;

    public RobotTime Now => RobotState.TimeOf(world);

    public TimeSpan PhysicsTime { get; private set; }

    public void Start()
    {
        description.Publish(urdf, frames.Tree, state.Now.MapFromBase, Now, insteadOfCamera is { } frame ? [frame] : []);
        clock.Publish(new() { Value = Now.ToMessage() });
        periods.Start();
    }

    public void Dispose()
    {
        periods.Dispose();
        foreach (var offer in offered) offer.Dispose();
        camera?.Dispose();
        description.Dispose();
        clock.Dispose();
        joints.Dispose();
        states.Dispose();
    }

    private void Period()
    {
        head.Step(PeriodSeconds);
        world.Head.SetTarget(head.Positions[0], head.Positions[1]);
        var start = options.Stopwatch?.GetTimestamp() ?? 0;
        for (var i = 0; i < SimulatedRobot.StepsPerPeriod; i++)
        {
            StepComing?.Invoke(SimWorld.StepSeconds);
            world.Step();
            StepDone?.Invoke();
        }
        if (options.Stopwatch is { } stopwatch) PhysicsTime += stopwatch.GetElapsedTime(start);
        state.Update();
        period++;
        clock.Publish(new() { Value = Now.ToMessage() });
        if (period % StatePeriods == 0) joints.Publish(new() { Header = new() { Stamp = Now.ToMessage() }, Name = [RobotNames.Pan, RobotNames.Tilt], Position = state.Now.Head, Velocity = state.Now.HeadRates, Effort = [0, 0] });
        if (period % CameraPeriods == 0) camera?.Publish(Now);
        pointHead.Step(PeriodSeconds);
        PhysicsStepped?.Invoke(Now, world);
    }
}
