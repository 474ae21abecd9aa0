using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Sim.Controllers.Floor;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Sensors;
using RobotWorker.Time;

namespace RobotWorker.Sim.Node;

/// <summary>
/// The simulated robot as a ROS node: another robot like any of metal, behind the same topics, services and actions. It lives on the
/// episode's loop; each control period of 10 ms moves the controllers, five physics steps, the open goals and the publishers, in this order.
/// </summary>
public sealed class SimulatedRobot : IRobotNode
{
    /// <summary>Physics steps in a control period.</summary>
    public const int StepsPerPeriod = 5;

    private static readonly double PeriodSeconds = ControlPeriods.Length.TotalSeconds;

    private readonly SimWorld world;
    private readonly SimulatedRobotOptions options;
    private readonly string urdf;
    private readonly RobotState state;
    private readonly BaseMotion? platform;
    private readonly JointMotion arm;
    private readonly JointMotion head;
    private readonly NavigateServer? navigate;
    private readonly TrajectoryServer trajectory;
    private readonly GripperServer gripper;
    private readonly PointHeadServer pointHead;
    private readonly ForwardCommands commands;
    private readonly DescriptionPublisher description;
    private readonly Telling telling;
    private readonly ProtectiveStop stop;
    private readonly EmergencyStop emergency;
    private readonly Bumper bumper;
    private readonly ControlPeriods periods;
    private readonly RobotFrames frames;
    private readonly LinkSilence silence;
    private readonly ImmutableArray<double> parking;
    private readonly ImmutableArray<IDisposable> offered;
    private readonly IRosConnection ros;
    private ImmutableArray<IDisposable>? navigation;
    private IDisposable? gripping;
    private bool parks, armIsDown;

    /// <param name="world">The physics; the caller disposes it.</param>
    /// <param name="ros">The robot's own connection; the caller disposes it.</param>
    /// <param name="time">The episode's loop.</param>
    /// <param name="seed">Of the run: with <paramref name="episode"/> it keys the sensors' errors.</param>
    public SimulatedRobot(
        SimWorld world, RobotDescription robot, SceneInstance scene, IRosConnection ros, TimeProvider time, ulong seed, string episode,
        SimulatedRobotOptions? options = null)
    {
        this.world = world;
        this.options = options ?? SimulatedRobotOptions.Default;
        urdf = UrdfWriter.Write(robot);
        var sensors = new SensorErrors(seed, episode, this.options.SensorNoise);
        state = new(world, sensors);
        frames = new(RobotFrames.Parse(urdf, robot.Name), state, robot.ArmJointNames);
        arm = new(RobotLimits.OfArm(robot), state.Now.Arm);
        head = new(RobotLimits.OfHead(robot.Head), state.Now.Head);

        if (!robot.Base.IsFixed)
        {
            var (drive, driving) = RobotLimits.OfBase(robot.Base);
            platform = new(drive);
            navigate = new(new FloorPlanner(SceneFloor.Of(scene.Scene, robot)), driving, platform, state, () => !world.Impairment.OdometrySilent);
        }
        trajectory = new(arm, () => new(state.Now.Time, state.Now.Arm, state.Now.ArmRates));
        gripper = new(new MeasuredGripper(world.Gripper, state), robot.Gripper.Opening, robot.Gripper.MaxForce);
        pointHead = new(head, state, frames);
        commands = new(ros, arm, trajectory, gripper, head, pointHead);
        description = new(ros);
        stop = new(ros, () => Hold("the protective stop ended it"), Release);
        emergency = new(ros, () => Hold("the emergency stop ended it"), Release);
        bumper = new(world);
        telling = new(ros, world, robot, state, frames, platform, arm, this.options.Detector, sensors, this.options.SensorRate);
        offered =
        [
            ros.AdvertiseAction("/arm_controller/follow_joint_trajectory", trajectory),
            ros.AdvertiseAction("/head_controller/point_head_action", pointHead),
            .. platform is not null ? [OfBase(ros, platform)] : ImmutableArray<IDisposable>.Empty,
        ];
        this.ros = ros;
        OfferNavigation(isThere: true);
        OfferGripper(isThere: true);
        parking = robot.Posture(this.options.Silence.Posture);
        silence = new(ros, time, this.options.Silence, this.options.SilentFor, Rest, Park, StopParking);
        periods = new(time, Period);
    }

    public event Action? StepDone;

    public event Action<RobotTime, SimWorld>? PhysicsStepped;

    public RobotTime Now => RobotState.TimeOf(world);

    /// <summary>How long its worker has not been heard, by the loop's clock; null while it has none.</summary>
    public TimeSpan? SilentFor => silence.SilentFor;

    public TimeSpan PhysicsTime { get; private set; }

    public void Start()
    {
        description.Publish(urdf, frames.Tree, platform is null ? state.Now.MapFromBase : null, state.Now.Time);
        telling.Publish(stop.Holds, emergency, bumper);
        periods.Start();
    }

    public void Dispose()
    {
        periods.Dispose();
        silence.Dispose();
        foreach (var offer in offered.Concat(navigation ?? [])) offer.Dispose();
        gripping?.Dispose();
        commands.Dispose();
        stop.Dispose();
        emergency.Dispose();
        telling.Dispose();
        description.Dispose();
    }

    private void Period()
    {
        silence.Step();
        Command();
        var start = options.Stopwatch?.GetTimestamp() ?? 0;
        for (var i = 0; i < StepsPerPeriod; i++)
        {
            world.Step();
            StepDone?.Invoke();
        }
        if (options.Stopwatch is { } stopwatch) PhysicsTime += stopwatch.GetElapsedTime(start);
        state.Update();
        telling.Step(PeriodSeconds);
        Safety();
        telling.Publish(stop.Holds, emergency, bumper);
        if (!world.Impairment.NavigationHangs) navigate?.Step(PeriodSeconds);
        trajectory.Step(PeriodSeconds);
        gripper.Step(PeriodSeconds);
        pointHead.Step(PeriodSeconds);
        PhysicsStepped?.Invoke(Now, world);
    }

    /// <summary>The controllers' wishes of this period, to the drives.</summary>
    private void Command()
    {
        GoOnParking();
        commands.Step(PeriodSeconds);
        var now = state.Now;
        if (platform is not null)
        {
            var velocity = platform.Step(now.Yaw, PeriodSeconds);
            var inBase = velocity.Linear.Turned(-now.Yaw);
            world.Base.SetVelocity(inBase.X, inBase.Y, velocity.Turn);
        }
        arm.Step(PeriodSeconds);
        world.Arm.SetTarget(arm.Positions.AsSpan(), arm.Velocities.AsSpan());
        head.Step(PeriodSeconds);
        world.Head.SetTarget(head.Positions[0], head.Positions[1]);
    }

    /// <summary>What the safety circuit and a dying controller do by themselves.</summary>
    private void Safety()
    {
        emergency.Step(world.Impairment.EmergencyStop);
        if (platform is not null) bumper.Step(PeriodSeconds);
        if (bumper.Brakes) world.Base.Hold();
        else if (!IsHeld) world.Base.Release();
        OfferNavigation(!world.Impairment.NavigationDown);
        OfferGripper(!world.Impairment.GripperControllerDown);
        var (dead, faulty) = (world.Impairment.ArmControllerDown, world.Impairment.ArmControllerFault);
        if (armIsDown == (dead || faulty)) return;
        armIsDown = dead || faulty;
        if (armIsDown) DropArm(dead ? "the controller is gone" : "the controller has a fault");
        else if (!IsHeld) TakeUpArm();
    }

    /// <summary>A process that dies leaves its goals to nobody, and one that is started anew knows of none.</summary>
    private void OfferNavigation(bool isThere)
    {
        if (navigate is null || isThere != (navigation is null)) return;
        if (isThere)
        {
            navigation = [.. OfNavigation(navigate)];
            return;
        }
        foreach (var offer in navigation!) offer.Dispose();
        navigation = null;
        navigate.End("navigation is gone");
    }

    /// <summary>The same of the gripper: what it holds it goes on holding, by its spindle.</summary>
    private void OfferGripper(bool isThere)
    {
        if (isThere != (gripping is null)) return;
        commands.GripperIsGone = !isThere;
        if (isThere)
        {
            gripping = ros.AdvertiseAction("/gripper_controller/gripper_cmd", gripper);
            return;
        }
        gripping!.Dispose();
        gripping = null;
        gripper.End("the gripper's controller is gone");
        gripper.HoldOrKeepGripping();
    }

    private bool IsHeld => stop.Holds || emergency.Holds;

    /// <summary>Without a controller the arm's brakes fall in.</summary>
    private void DropArm(string why)
    {
        parks = false;
        world.Arm.Hold();
        trajectory.IsStopped = true;
        trajectory.End(why);
    }

    private void TakeUpArm()
    {
        arm.Hold(state.Now.Arm);
        world.Arm.Release();
        trajectory.IsStopped = false;
    }

    private IDisposable OfBase(IRosConnection ros, BaseMotion wheels) => ros.Subscribe<Twist>("/cmd_vel", twist =>
    {
        var wanted = new FloorVelocity(new(twist.Linear.X, twist.Linear.Y), twist.Angular.Z);
        if (!IsHeld && double.IsFinite(wanted.Linear.Length) && double.IsFinite(wanted.Turn)) wheels.Twist(wanted);
    });

    private IEnumerable<IDisposable> OfNavigation(NavigateServer server)
    {
        yield return ros.AdvertiseAction("/navigate_to_pose", server);
        if (options.OffersMoveBase) yield return ros.AdvertiseAction("/move_base", new MoveBaseServer(server));
    }

    private void Hold(string why)
    {
        world.Brake();
        parks = false;
        commands.EndGripping();
        gripper.HoldOrKeepGripping();
        Stop(true);
        trajectory.IsStopped = true;
        platform?.Halt();
        arm.Hold(state.Now.Arm);
        head.Hold(state.Now.Head);
        EndGoals(why);
    }

    private void Stop(bool stopped)
    {
        navigate?.IsStopped = stopped;
        (gripper.IsStopped, pointHead.IsStopped) = (stopped, stopped);
    }

    private void EndGoals(string why)
    {
        navigate?.End(why);
        trajectory.End(why);
        gripper.End(why);
        pointHead.End(why);
    }

    /// <summary>The link is silent: everything comes to rest within its accelerations, and what is held stays held.</summary>
    private void Rest()
    {
        EndGoals("the link to the worker is silent");
        platform?.Halt();
        arm.Brake();
        head.Brake();
        commands.EndGripping();
        gripper.HoldOrKeepGripping();
    }

    private void Park()
    {
        Rest();
        parks = true;
    }

    /// <summary>The worker takes over again: from where the arm has got to.</summary>
    private void StopParking()
    {
        if (parks) arm.Brake();
        parks = false;
    }

    /// <summary>Once the arm has come to rest it moves to its parking posture; a goal or a command that comes meanwhile goes before.</summary>
    private void GoOnParking()
    {
        if (!parks || arm.Overtime < 0) return;
        parks = !trajectory.IsBusy && !arm.IsStreaming && arm.End != parking;
        if (parks) arm.Follow(Parking.To(parking, arm.Positions, arm.Joints));
    }

    /// <summary>Of two stops that hold, the second one's release lets motion go.</summary>
    private void Release()
    {
        if (IsHeld) return;
        head.Hold(state.Now.Head);
        world.ReleaseBrake();
        Stop(false);
        if (armIsDown) world.Arm.Hold();
        else TakeUpArm();
    }
}
