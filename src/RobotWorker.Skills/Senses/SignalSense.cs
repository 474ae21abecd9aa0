using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Faults;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Turns what the robot tells into the signals that the fault monitor watches, named <c>component.value</c>, in SI units; docs/faults.md lists them. It needs nothing but the
/// messages: a recording replayed gives the same signals.
/// </summary>
/// <remarks>A value that is no finite number is no sample: a sensor that says NaN says nothing, and its silence is what the monitor watches for.</remarks>
public sealed class SignalSense(Action<Sample> samples)
{
    private readonly ScanSense scans = new(samples);
    private readonly DriftSense drift = new(samples);
    private readonly SightSense sight = new(samples);
    private readonly QuietSense quiet = new(samples);
    private RobotTime? clock;
    private string? odometryFrame;
    private (RobotTime At, ImmutableArray<double> Velocities)? led;

    /// <summary>Whoever brings the messages of a topic.</summary>
    public interface ISource
    {
        void On<T>(string topic, Action<T> take) where T : IRosMessage<T>;
    }

    /// <summary>Takes in all that it can use.</summary>
    public void Listen(ISource source, RosNames names)
    {
        source.On<DiagnosticArray>(names.Diagnostics, Take);
        source.On<JointState>(names.JointStates, Take);
        if (names.BaseMoves) source.On<Odometry>(names.Odometry, Take);
        source.On<TFMessage>(names.Tf, Take);
        source.On<TFMessage>(names.TfStatic, TakeStatic);
        source.On<Detection3DArray>(names.Detections, Take);
        if (names.Clock.Length > 0) source.On<Clock>(names.Clock, Take);
        ListenBeside(source, names);
    }

    /// <summary>Takes in what nobody else listens to.</summary>
    internal void ListenBeside(ISource source, RosNames names)
    {
        if (names.Battery.Length > 0) source.On<BatteryState>(names.Battery, Take);
        if (names.Scan.Length > 0) source.On<LaserScan>(names.Scan, scans.Take);
        if (names.LocalizationPose.Length > 0) source.On<PoseWithCovarianceStamped>(names.LocalizationPose, drift.Take);
        if (names.ControllerState.Length > 0) source.On<JointTrajectoryControllerState>(names.ControllerState, Take);
    }

    /// <summary><c>clock.step</c>: from one message of the clock to the next, in seconds of its own. A clock that is set shows here.</summary>
    public void Take(Clock message)
    {
        var now = message.Value.ToRobotTime();
        Heard(now);
        if (clock is { } before) samples(new("clock.step", (now.Nanoseconds - before.Nanoseconds) / 1e9, now));
        clock = now;
    }

    /// <summary>Status <c>gripper: motor</c> with value <c>measured_force</c> becomes <c>gripper.measured_force</c>; the status's level <c>gripper.level</c> (0 OK, 1 WARN, 2 ERROR, 3 STALE).</summary>
    public void Take(DiagnosticArray message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        var isHeard = false;
        foreach (var status in message.Status)
        {
            var component = status.Name.Split(':')[0].Trim();
            // The worker would take its own word for the robot's.
            if (component == WorkerDiagnostics.Component) continue;
            if (!isHeard) samples(new("diagnostics.heard", 1, at));
            isHeard = true;
            samples(new($"{component}.level", status.Level, at));
            foreach (var value in status.Values)
                if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                    samples(new($"{component}.{value.Key}", number, at));
        }
    }

    public void Take(JointState message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        samples(new("joints.heard", 1, at));
        Heard(at);
        quiet.HeardJoints(message.Name, at);
        for (var i = 0; i < Math.Min(message.Name.Length, message.Effort.Length); i++) Tell(message.Name[i], "effort", message.Effort[i], at);
        sight.Take(message);
    }

    public void Take(Odometry message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        samples(new("odometry.heard", 1, at));
        Heard(at);
        odometryFrame = message.Header.FrameId;
        drift.Take(message);
        sight.Take(message);
    }

    /// <summary>Over a wire each topic has its own way: where transforms alone are missing, nobody knows where the robot is, which is not the same as its being lost.</summary>
    public void Take(TFMessage message)
    {
        if (message.Transforms is not [{ Header.Stamp: var stamp }, ..]) return;
        sight.Take(message, isStatic: false);
        var at = stamp.ToRobotTime();
        samples(new("transforms.heard", message.Transforms.Length, at));
        Heard(at);
        // Where odometry's frame lies is what localisation tells.
        foreach (var transform in message.Transforms)
            if (transform.ChildFrameId == odometryFrame) Tell("localization", "heard", 1, at);
    }

    /// <summary>Which frames never move: of a camera in one of them it is known that it stands.</summary>
    public void TakeStatic(TFMessage message) => sight.Take(message, isStatic: true);

    public void Take(Detection3DArray message)
    {
        samples(new("detections.heard", message.Detections.Length, message.Header.Stamp.ToRobotTime()));
        sight.Take(message);
    }

    // Whatever the robot tells often. /diagnostics is not among it: the worker tells there, too.
    private void Heard(RobotTime at) => samples(new("robot.heard", 1, at));

    private void Take(BatteryState message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        Tell("battery", "heard", 1, at);
        Tell("battery", "voltage", message.Voltage, at);
        Tell("battery", "current", message.Current, at);
        Tell("battery", "percentage", message.Percentage, at);
        Tell("battery", "temperature", message.Temperature, at);
    }

    /// <summary>Of each joint where it is wanted, where it is, and how fast; the velocity last.</summary>
    private void Take(JointTrajectoryControllerState message)
    {
        sight.Take(message);
        var at = message.Header.Stamp.ToRobotTime();
        Tell("arm", "state_heard", 1, at);
        quiet.HeardArm(message.JointNames);
        TellError(message.Error.Positions, at);
        TellAcceleration(message, at);
        for (var i = 0; i < message.JointNames.Length; i++)
        {
            var joint = message.JointNames[i];
            if (i < message.Reference.Positions.Length) Tell(joint, "reference", message.Reference.Positions[i], at);
            if (i < message.Reference.Velocities.Length) Tell(joint, "reference_speed", Math.Abs(message.Reference.Velocities[i]), at);
            if (i < message.Error.Positions.Length) Tell(joint, "error", message.Error.Positions[i], at);
            if (i < message.Feedback.Positions.Length) Tell(joint, "position", message.Feedback.Positions[i], at);
            if (i < message.Feedback.Velocities.Length) Tell(joint, "velocity", message.Feedback.Velocities[i], at);
        }
    }

    /// <summary><c>arm.tracking_error</c>: how far the joint that is off farthest is from where it is led, radians.</summary>
    private void TellError(ImmutableArray<double> errors, RobotTime at)
    {
        double? greatest = null;
        foreach (var error in errors)
            if (double.IsFinite(error)) greatest = Math.Max(greatest ?? 0, Math.Abs(error));
        if (greatest is { } most) Tell("arm", "tracking_error", most, at);
    }

    /// <summary><c>arm.reference_acceleration</c>: how hard the arm is led, rad/s², the joint that is led hardest. What a joint bears while that is near 0 is no inertia of its own.</summary>
    private void TellAcceleration(JointTrajectoryControllerState message, RobotTime at)
    {
        var now = message.Reference.Velocities;
        if (led is { } was && was.Velocities.Length == now.Length && now.Length > 0 && at > was.At)
        {
            var most = 0.0;
            for (var i = 0; i < now.Length; i++) most = Math.Max(most, Math.Abs(now[i] - was.Velocities[i]));
            Tell("arm", "reference_acceleration", most / (at - was.At).TotalSeconds, at);
        }
        led = (at, now);
    }

    private void Tell(string component, string value, double number, RobotTime at)
    {
        if (double.IsFinite(number)) samples(new($"{component}.{value}", number, at));
    }
}
