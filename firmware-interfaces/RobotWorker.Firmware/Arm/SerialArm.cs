using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// An arm on a servo bus as a ROS robot: FollowJointTrajectory, GripperCommand, the streamed command topics, /joint_states, the controller's state and /diagnostics, with no ROS installed. It starts
/// without torque and follows whoever leads it by hand; <see cref="Enable"/> makes it hold. Its default stop decelerates and holds. After anything that stopped it but a goal's own end it takes goals again
/// only once its torque was asked for. It lives on the episode's loop.
/// </summary>
public sealed class SerialArm : IDisposable
{
    /// <summary>Where positions and widths are streamed, as ros2_control's forward command controller takes them.</summary>
    public const string ArmCommands = "/arm_controller/commands", GripperCommands = "/gripper_controller/commands";

    /// <summary>For how long <see cref="Enable"/> goes on asking servos that do not answer yet.</summary>
    public static readonly TimeSpan EnableWithin = TimeSpan.FromSeconds(5);

    // In an emergency each goal lies behind the last by so many seconds of its joint's speed: a hobby servo is a stiff spring with little damping, and a goal that stands still alone lets it run on and swing.
    private const double EmergencyDampingSeconds = 0.04;

    // By then the swing is out, and what is left dies faster by itself: over a bus that is read each 10 ms a light joint would be shaken.
    private const double EmergencyDampingFor = 0.06;

    // Of what the bus lets a goal lie ahead: an obstacle in the way is a tracking error, not a refused goal.
    private const double LeadShare = 0.9;
    private const int DiagnosticsEvery = 5;

    // Below where a servo lets go by itself: the worker has stopped it 10 K before, and it went on getting hotter.
    private const double ParkMarginKelvin = 2.5;

    private const double SettledSeconds = 0.5;

    // Cycles without an answer of every servo: one may be noise.
    private const int MostUnheard = 3;

    private readonly SerialArmDescription arm;
    private readonly IServoPacer pacer;
    private readonly Func<RobotTime> clock;
    private readonly double lead;
    private readonly JointMotion motion;
    private readonly TrajectoryServer trajectory;
    private readonly SerialGripper? gripper;
    private readonly GripperServer? gripping;
    private readonly ProtectiveStop stop;
    private readonly SerialJointStates joints;
    private readonly ControllerStatePublisher controller;
    private readonly SerialArmDiagnostics diagnostics;
    private readonly FaultClearing clearing;
    private readonly TorqueEnabling enabling;
    private readonly BusTelemetry telemetry;
    private readonly ImmutableArray<IDisposable> offered;
    private readonly Sag[] sag;
    private readonly Yielding yielding = new();
    private ServoReadings readings = new([], null, null);
    private JointReadings measured;
    private RobotTime ranAt;
    private long periods;
    private double dampingLeft;
    private int unheard;
    private bool isKnown, isFresh, isStopped, isBraked, parks;
    // Which servo, and why; null: none has since the torque was switched on.
    private string? letGo, tooHot;

    /// <param name="pacer">Runs the bus.</param>
    /// <param name="clock">The robot's clock, which stamps its messages.</param>
    /// <param name="lead">How far ahead of a servo the bus lets a goal lie, radians (<see cref="ServoBusOptions.MaxLeadRadians"/>).</param>
    public SerialArm(SerialArmDescription arm, IServoPacer pacer, IRosConnection ros, Func<RobotTime> clock, double lead)
    {
        (this.arm, this.pacer, this.clock, this.lead) = (arm, pacer, clock, lead * LeadShare);
        sag = new Sag[arm.Joints.Length];
        motion = new(arm.Bounds, [.. arm.Joints.Select(_ => 0.0)]);
        measured = new(clock(), motion.Positions, motion.Velocities);
        trajectory = new(motion, () => measured) { IsStopped = true };
        if (arm.Gripper is { } described)
        {
            gripper = new(described, arm.Joints.Length, pacer.Enqueue);
            gripping = new(gripper, described.OpeningMetres, described.MaxNewtons) { IsStopped = true };
        }
        stop = new(ros, () => Hold("the protective stop ended it"), Release);
        joints = new(ros, arm);
        controller = new(ros, () => measured, motion);
        telemetry = new(arm, pacer, why => Trouble?.Invoke(why));
        diagnostics = new(ros, arm, telemetry);
        clearing = new(arm, pacer);
        enabling = new(arm, pacer, clock, Enabled, why => Trouble?.Invoke(why));
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

    /// <summary>Whether the bus can be reached.</summary>
    public bool IsLinkUp => readings.IsLinkUp;

    /// <summary>
    /// Whether its bus was run within the last 100 ms, by the robot's clock: a heartbeat may say so. Switching a servo on takes some forty exchanges, on a slow adapter longer than that: meanwhile nothing
    /// is moved, and <see cref="EnableWithin"/> bounds it.
    /// </summary>
    public bool IsAlive => enabling.IsGoingOn || clock() - ranAt <= ThreadPacer.MostStale;

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
    /// Switches the torque on, servo by servo and without a jump; it holds where it is, and takes goals. Servos that have just got their power take a second until they answer: those are asked again for
    /// <see cref="EnableWithin"/>. What a servo refuses is not tried again by itself.
    /// </summary>
    /// <param name="told">Hears when it is done, or why not.</param>
    public void Enable(Action<string?>? told = null)
    {
        enabling.Ask(told);
        // Its servos hold already, after a stop: then it goes on from there. One that its watchdog stopped takes no goals before it is switched on again.
        if (IsEnabled && First(IsTripped) is null) TakeOver();
    }

    /// <summary>Lets it go limp: support or park it before.</summary>
    /// <param name="told">Hears when every servo has let go, or why not. A link that is down is waited for.</param>
    public void Disable(Action<string?>? told = null)
    {
        LetGo("the torque was switched off");
        pacer.Enqueue(new(bus => bus.AllTorqueOff(), refused => told?.Invoke(refused?.Message)));
    }

    /// <summary>Makes servos that have latched a fault forget it, where nothing can fall: the arm is limp, or parked. Its torque is not switched on by that.</summary>
    /// <param name="told">Hears when none of them reports anything any more, or why not.</param>
    public void ClearFaults(Action<string?> told)
    {
        if (FaultClearing.WhyNot(arm, readings) is { } why)
        {
            told(why);
            return;
        }
        if (IsEnabled) LetGo("the servos' faults are cleared");
        clearing.Ask(readings, clock(), told);
    }

    /// <summary>Comes to rest and holds, what is gripped included; goals are refused until <see cref="Enable"/>.</summary>
    public void Stop(string why)
    {
        isStopped = true;
        Hold(why);
    }

    /// <summary>The same as hard as the servos can: somebody pressed the emergency stop.</summary>
    public void EmergencyStop(string why)
    {
        isStopped = true;
        // A board says it twice, by its contact and by its state.
        if (isBraked) return;
        Hold(why, atOnce: true);
        (isBraked, dampingLeft) = (true, EmergencyDampingFor);
    }

    /// <summary>The supply was cut by the board: goals end, and nothing is asked of the servos until <see cref="PowerBack"/>.</summary>
    public void PowerLost(string why) => LetGo(why);

    /// <summary>Somebody has switched the supply on: the arm holds where it is, and moves no farther by itself.</summary>
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

    private void OnReadings(ServoReadings now)
    {
        // A bus that is gone leads nothing: a board that guards the arm is to cut its power.
        if (now.IsLinkUp) ranAt = clock();
        var wasUp = readings.IsLinkUp;
        readings = now;
        if (now.LinkTrouble is { } trouble) Trouble?.Invoke(trouble);
        if (now.IsLinkUp) Take(now);
        else if (wasUp) LetGo("the bus is gone");
        if (isKnown && now.IsLinkUp) Move();
        enabling.Step(now);
        clearing.Step(now, clock());
        telemetry.Step(now, clock());
        Publish();
    }

    private void Take(ServoReadings now)
    {
        var count = arm.Joints.Length;
        isFresh = now.States.All(state => state.IsFresh);
        unheard = isFresh ? 0 : unheard + 1;
        if (isFresh)
        {
            measured = new(now.At ?? clock(), [.. now.States.Take(count).Select(state => state.PositionRadians)], [.. now.States.Take(count).Select(state => state.VelocityRadiansPerSecond)]);
            if (gripper is not null) gripper.Take(now.States[count]);
            isKnown = true;
        }
        if (!IsEnabled) return;
        if (First(state => (state.Flags & ServoFlags.TorqueLost) != 0) is { } limp) ServoLetGo(arm.Servos[limp].Name, now.States[limp].Flags);
        else if (!enabling.IsGoingOn && First(IsTripped) is { } stalled) StopOnce($"{arm.Servos[stalled].Name} was stopped by its watchdog: nothing was heard on the bus for too long");
        else if (now.Refused is { } refused) StopOnce(refused.Message);
        else if (unheard >= MostUnheard && First(state => !state.IsFresh) is { } mute) StopOnce($"{arm.Servos[mute].Name} does not answer");
    }

    /// <summary>The first servo of which it is so; null: there is none.</summary>
    private int? First(Predicate<ServoState> isSo)
    {
        for (var i = 0; i < readings.States.Length; i++)
            if (isSo(readings.States[i])) return i;
        return null;
    }

    private void ServoLetGo(string servo, ServoFlags flags)
    {
        letGo = $"{servo} let go by itself ({flags.Text()})";
        Trouble?.Invoke($"{letGo}; {arm.WhatFalls} may fall: support it, call /torque_off, see to the servo, then /clear_faults and /torque_on");
        LetGo("a servo let go");
    }

    private void StopOnce(string why)
    {
        if (isStopped) return;
        Trouble?.Invoke($"{why}; the arm holds, and takes goals again once its torque is asked for");
        Stop(why);
    }

    private static bool IsTripped(ServoState state) => (state.Flags & ServoFlags.WatchdogTripped) != 0;

    /// <summary>Its servos are on. Where they are must be known before they are led.</summary>
    private bool Enabled()
    {
        if (!isKnown || !isFresh) return false;
        TakeOver();
        return true;
    }

    private void TakeOver()
    {
        if (!IsEnabled) Array.Clear(sag);
        (IsEnabled, isStopped, isBraked, dampingLeft, letGo) = (true, false, false, 0, null);
        motion.Hold(measured.Positions);
        gripper?.RenewLimit();
        Release();
        enabling.End(null);
    }

    private void Move()
    {
        if (!IsEnabled)
        {
            motion.Hold(measured.Positions);
            return;
        }
        ParkIfTooHot();
        motion.Step(arm.PeriodSeconds);
        GoOnParking();
        if (!IsEnabled) return;
        if (isFresh) yielding.Step(motion, measured, isLed: trajectory.IsBusy || motion.IsStreaming || parks);
        var grip = gripper?.Step(arm.PeriodSeconds);
        // What stops it, and what it cannot hear, teaches nothing of what it bears.
        for (var j = 0; j < sag.Length; j++) sag[j] = sag[j].After(motion.Positions[j] - measured.Positions[j], motion.Velocities[j], isFresh && !isStopped && !stop.Holds, arm.PeriodSeconds);
        var damping = dampingLeft > 0 ? EmergencyDampingSeconds : 0;
        dampingLeft = Math.Max(0, dampingLeft - arm.PeriodSeconds);
        pacer.Goals =
        [
            .. motion.Positions.Select((p, j) => Streamed(p + sag[j].Radians - (damping * measured.Rates[j]), measured.Positions[j], arm.Joints[j].Servo)),
            .. grip is { } g ? [Math.Clamp(g, arm.Gripper!.Servo.MinRadians, arm.Gripper.Servo.MaxRadians)] : ImmutableArray<double>.Empty,
        ];
        trajectory.Step(arm.PeriodSeconds);
        gripping?.Step(arm.PeriodSeconds);
    }

    /// <summary>Holding a weight heats. Of a servo that is about to let go the arm falls from wherever it is; led to where it lies, and let go there, it does not.</summary>
    private void ParkIfTooHot()
    {
        if (parks || arm.Park.IsEmpty) return;
        var hot = telemetry.Hottest(readings.States);
        if (telemetry.MarginKelvin(hot, readings.States[hot]) > ParkMarginKelvin) return;
        tooHot = $"{arm.Servos[hot].Name} is at {readings.States[hot].Celsius:0} degC";
        Trouble?.Invoke($"{tooHot}, and would let go by itself: the arm parks, and is let go there");
        Stop(tooHot);
        parks = true;
    }

    private void GoOnParking()
    {
        if (!parks || motion.Overtime < 0) return;
        if (motion.End != arm.Park)
        {
            motion.Follow(Parking.To(arm.Park, motion.Positions, motion.Joints));
            return;
        }
        if (motion.Overtime < SettledSeconds) return;
        letGo = $"{tooHot}: it was parked and let go";
        Trouble?.Invoke($"{letGo}; let it cool down, then ask for its torque");
        Disable();
    }

    // Into the range last: a limp joint rests where it likes, and one that rests a hair outside must not keep the others from moving.
    private double Streamed(double wanted, double at, ServoCalibration servo) => Math.Clamp(Math.Clamp(wanted, at - lead, at + lead), servo.MinRadians, servo.MaxRadians);

    private void Publish()
    {
        if (isKnown && isFresh && readings.IsLinkUp)
        {
            joints.Publish(measured, readings, gripper);
            controller.Publish();
        }
        if (periods++ % DiagnosticsEvery == 0) diagnostics.Publish(clock(), readings, measured, gripper, IsEnabled, stop.Holds || isStopped, letGo);
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

    /// <summary>Goals end, joints brake and hold; what is gripped stays gripped, and an empty gripper stands.</summary>
    private void Hold(string why, bool atOnce = false)
    {
        parks = false;
        EndGoals(why);
        if (atOnce) motion.Hold(motion.Positions);
        else motion.Brake();
        // A limp one is told nothing: it would do so once its torque is on, from wherever it was moved meanwhile.
        if (IsEnabled) gripping?.HoldOrKeepGripping();
    }

    /// <summary>Nothing leads it any more.</summary>
    private void LetGo(string why)
    {
        EndGoals(why);
        (IsEnabled, isBraked, parks) = (false, false, false);
        gripper?.Forget();
        pacer.Goals = Nothing();
        enabling.End(why);
    }

    private void EndGoals(string why)
    {
        trajectory.IsStopped = true;
        trajectory.End(why);
        if (gripping is null) return;
        gripping.IsStopped = true;
        gripping.End(why);
    }

    private void Release()
    {
        if (stop.Holds || isStopped || !IsEnabled) return;
        trajectory.IsStopped = false;
        if (gripping is not null) gripping.IsStopped = false;
    }

    private ImmutableArray<double> Nothing() => [.. arm.Servos.Select(_ => double.NaN)];
}
