using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// An arm on a servo bus as a ROS robot: FollowJointTrajectory, GripperCommand, the streamed command topics, /joint_states, the controller's state and /diagnostics, with no ROS installed. It starts
/// without torque and follows whoever leads it by hand; <see cref="Enable"/> makes it hold. Its default stop decelerates and holds. It lives on the episode's loop.
/// </summary>
public sealed class SerialArm : IDisposable
{
    /// <summary>Where positions and widths are streamed, as ros2_control's forward command controller takes them.</summary>
    public const string ArmCommands = "/arm_controller/commands", GripperCommands = "/gripper_controller/commands";

    /// <summary>For how long <see cref="Enable"/> goes on trying.</summary>
    public static readonly TimeSpan EnableWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan EnableAgain = TimeSpan.FromSeconds(0.25);

    // Of what the bus lets a goal lie ahead: an obstacle in the way is a tracking error, not a refused goal.
    private const double LeadShare = 0.9;
    private const int DiagnosticsEvery = 5;

    private readonly SerialArmDescription arm;
    private readonly IServoPacer pacer;
    private readonly Func<RobotTime> clock;
    private readonly double lead;
    private readonly JointMotion motion;
    private readonly TrajectoryServer trajectory;
    private readonly SerialGripper? gripper;
    private readonly GripperServer? gripping;
    private readonly ProtectiveStop stop;
    private readonly IPublisher<JointState> joints;
    private readonly ControllerStatePublisher controller;
    private readonly SerialArmDiagnostics diagnostics;
    private readonly ImmutableArray<IDisposable> offered;
    private ServoReadings readings = new([], null, 0);
    private JointReadings measured;
    private long periods;
    private bool isKnown;

    /// <param name="pacer">Runs the bus.</param>
    /// <param name="clock">The robot's clock, which stamps its messages.</param>
    /// <param name="lead">How far ahead of a servo the bus lets a goal lie, radians (<see cref="ServoBusOptions.MaxLeadRadians"/>).</param>
    public SerialArm(SerialArmDescription arm, IServoPacer pacer, IRosConnection ros, Func<RobotTime> clock, double lead)
    {
        (this.arm, this.pacer, this.clock, this.lead) = (arm, pacer, clock, lead * LeadShare);
        motion = new(arm.Bounds, [.. arm.Joints.Select(_ => 0.0)]);
        measured = new(clock(), motion.Positions, motion.Velocities);
        trajectory = new(motion, () => measured) { IsStopped = true };
        if (arm.Gripper is { } described)
        {
            gripper = new(described, arm.Joints.Length, pacer.Enqueue);
            gripping = new(gripper, described.OpeningMetres, described.MaxNewtons) { IsStopped = true };
        }
        stop = new(ros, () => Hold("the protective stop ended it"), Release);
        joints = ros.Advertise<JointState>("/joint_states");
        controller = new(ros, () => measured, motion);
        diagnostics = new(ros, arm);
        offered =
        [
            ros.AdvertiseAction("/arm_controller/follow_joint_trajectory", trajectory),
            ros.Subscribe<Float64MultiArray>(ArmCommands, OnArmCommand),
            .. gripping is null ? ImmutableArray<IDisposable>.Empty :
            [
                ros.AdvertiseAction("/gripper_controller/gripper_cmd", gripping),
                ros.Subscribe<Float64MultiArray>(GripperCommands, OnGripperCommand),
            ],
        ];
    }

    /// <summary>Whether its servos hold it.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Whether the bus answers.</summary>
    public bool IsLinkUp => readings.IsLinkUp;

    /// <summary>Measured angles, radians; the controller's order.</summary>
    public ImmutableArray<double> Positions => measured.Positions;

    public double? GripperWidth => gripper?.MeasuredWidth;

    /// <summary>What went wrong, for a person: a servo that let go, a link that is gone.</summary>
    public event Action<string>? Trouble;

    public void Start()
    {
        pacer.Goals = Nothing();
        pacer.Start(OnReadings);
    }

    /// <summary>
    /// Switches the torque on, servo by servo and without a jump; it holds where it is. Servos that have just got their power take a second until they answer: what refuses is tried again, for
    /// <see cref="EnableWithin"/>.
    /// </summary>
    public void Enable() => (enableUntil, triedAt) = (periods + Periods(EnableWithin), periods - Periods(EnableAgain));

    /// <summary>Lets it go limp: support or park it before.</summary>
    public void Disable()
    {
        LetGo("the torque was switched off");
        pacer.Enqueue(bus => bus.AllTorqueOff());
    }

    /// <summary>The supply was cut by the board: goals end, and nothing is asked of the servos until <see cref="PowerBack"/>.</summary>
    public void PowerLost(string why) => LetGo(why);

    /// <summary>The supply is back: the arm holds where it is, and moves no farther by itself.</summary>
    public void PowerBack() => Enable();

    public void Dispose()
    {
        pacer.Dispose();
        foreach (var offer in offered) offer.Dispose();
        stop.Dispose();
        joints.Dispose();
        controller.Dispose();
        diagnostics.Dispose();
    }

    // The attempt whose last servo has its torque: set on the bus's thread, read with the readings of the same cycle. What was broken off meanwhile has an older number.
    private volatile int enabled;
    private int attempt = 1;

    // By the count of periods.
    private long enableUntil, triedAt;

    private void OnReadings(ServoReadings now)
    {
        var wasUp = readings.IsLinkUp;
        readings = now;
        if (now.Trouble is { } trouble) Trouble?.Invoke(trouble);
        if (now.IsLinkUp) Take(now);
        else if (wasUp) LetGo("the bus is gone");
        if (isKnown && now.IsLinkUp) Move();
        TryToEnable();
        Publish();
    }

    private void TryToEnable()
    {
        if (IsEnabled || !isKnown || !readings.IsLinkUp || periods >= enableUntil || periods < triedAt + Periods(EnableAgain)) return;
        triedAt = periods;
        var mine = ++attempt;
        for (var i = 0; i < arm.Servos.Length; i++)
        {
            var servo = i;
            pacer.Enqueue(bus => bus.SafeTorqueOn(servo));
        }
        pacer.Enqueue(_ => enabled = mine);
    }

    private long Periods(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds / arm.PeriodSeconds);

    private void Take(ServoReadings now)
    {
        var count = arm.Joints.Length;
        if (!now.States.All(state => double.IsFinite(state.PositionRadians))) return;
        measured = new(clock(), [.. now.States.Take(count).Select(state => state.PositionRadians)], [.. now.States.Take(count).Select(state => state.VelocityRadiansPerSecond)]);
        if (gripper is not null) gripper.Take(now.States[count]);
        isKnown = true;
        if (now.States.FirstOrDefault(state => state.Flags.HasFlag(ServoFlags.TorqueLost)) is { Flags: not ServoFlags.None } && IsEnabled) LetGo("a servo let go");
        if (IsEnabled || enableUntil == 0 || enabled != attempt) return;
        enableUntil = 0;
        motion.Hold(measured.Positions);
        gripper?.Hold();
        IsEnabled = true;
        Release();
    }

    private void Move()
    {
        if (!IsEnabled)
        {
            motion.Hold(measured.Positions);
            return;
        }
        motion.Step(arm.PeriodSeconds);
        var grip = gripper?.Step(arm.PeriodSeconds);
        pacer.Goals = [.. motion.Positions.Select((p, j) => Math.Clamp(p, measured.Positions[j] - lead, measured.Positions[j] + lead)), .. grip is { } g ? [g] : ImmutableArray<double>.Empty];
        trajectory.Step(arm.PeriodSeconds);
        gripping?.Step(arm.PeriodSeconds);
    }

    private void Publish()
    {
        if (isKnown && readings.IsLinkUp)
        {
            joints.Publish(new()
            {
                Header = new() { Stamp = Ros.Messages.BuiltinInterfaces.Time.FromNanoseconds(measured.Time.Nanoseconds) },
                Name = [.. arm.Servos.Select(servo => servo.Name)],
                Position = [.. measured.Positions, .. gripper is null ? ImmutableArray<double>.Empty : [gripper.MeasuredWidth]],
                Velocity = [.. measured.Rates, .. gripper is null ? ImmutableArray<double>.Empty : [gripper.MeasuredSpeed]],
                Effort = [.. readings.States.Select(state => double.IsNaN(state.Load) ? 0 : state.Load)],
            });
            controller.Publish();
        }
        if (periods++ % DiagnosticsEvery == 0) diagnostics.Publish(clock(), readings, measured, motion, gripper, IsEnabled, stop.Holds);
    }

    private void OnArmCommand(Float64MultiArray message)
    {
        if (!trajectory.IsStopped && !trajectory.IsBusy && message.Data.Length == arm.Joints.Length && message.Data.All(double.IsFinite)) motion.Stream(message.Data);
    }

    private void OnGripperCommand(Float64MultiArray message)
    {
        if (gripping!.IsStopped || gripping.IsBusy || message.Data.Length is not (1 or 2) || !message.Data.All(double.IsFinite)) return;
        gripping.Command(message.Data[0], message.Data.Length > 1 ? Math.Max(0, message.Data[1]) : 0);
    }

    /// <summary>Goals end, joints brake and hold; what is gripped stays gripped.</summary>
    private void Hold(string why)
    {
        End(why);
        motion.Brake();
    }

    /// <summary>Nothing holds it any more.</summary>
    private void LetGo(string why)
    {
        End(why);
        IsEnabled = false;
        enableUntil = 0;
        attempt++;
        pacer.Goals = Nothing();
    }

    private void End(string why)
    {
        trajectory.IsStopped = true;
        trajectory.End(why);
        if (gripping is null) return;
        gripping.IsStopped = true;
        gripping.End(why);
    }

    private void Release()
    {
        if (stop.Holds || !IsEnabled) return;
        trajectory.IsStopped = false;
        if (gripping is not null) gripping.IsStopped = false;
    }

    private ImmutableArray<double> Nothing() => [.. arm.Servos.Select(_ => double.NaN)];
}
