using System.Globalization;
using RobotWorker.Faults;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Turns what the robot tells into the signals that the fault monitor watches, named <c>component.value</c>, in SI units; docs/faults.md lists them. It needs nothing but the
/// messages: a recording replayed gives the same signals.
/// </summary>
/// <remarks>A value that is no finite number is no sample: a sensor that says NaN says nothing, and its silence is what the monitor watches for.</remarks>
public sealed class SignalSense(Action<Sample> samples)
{
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
        source.On<Odometry>(names.Odometry, Take);
        source.On<TFMessage>(names.Tf, Take);
        source.On<Detection3DArray>(names.Detections, Take);
    }

    /// <summary>Status <c>gripper: motor</c> with value <c>measured_force</c> becomes <c>gripper.measured_force</c>; the status's level <c>gripper.level</c> (0 OK, 1 WARN, 2 ERROR, 3 STALE).</summary>
    public void Take(DiagnosticArray message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        foreach (var status in message.Status)
        {
            var component = status.Name.Split(':')[0].Trim();
            samples(new($"{component}.level", status.Level, at));
            foreach (var value in status.Values)
                if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                    samples(new($"{component}.{value.Key}", number, at));
        }
    }

    public void Take(JointState message) => samples(new("joints.heard", 1, message.Header.Stamp.ToRobotTime()));

    public void Take(Odometry message) => samples(new("odometry.heard", 1, message.Header.Stamp.ToRobotTime()));

    /// <summary>Over a wire each topic has its own way: where transforms alone are missing, nobody knows where the robot is, which is not the same as its being lost.</summary>
    public void Take(TFMessage message)
    {
        if (message.Transforms is [{ Header.Stamp: var stamp }, ..]) samples(new("transforms.heard", message.Transforms.Length, stamp.ToRobotTime()));
    }

    public void Take(Detection3DArray message) => samples(new("detections.heard", message.Detections.Length, message.Header.Stamp.ToRobotTime()));
}
