using System.Globalization;
using RobotWorker.Faults;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Skills.Lines;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Turns /diagnostics into samples: status <c>gripper: motor</c> with value <c>measured_force</c> becomes the signal
/// <c>gripper.measured_force</c>; the status's level becomes <c>gripper.level</c> (0 OK, 1 WARN, 2 ERROR, 3 STALE).
/// What the worker says of itself is skipped: it would take its own word for the robot's. A value that is no finite number is no sample: a sensor that says NaN says nothing, and its silence is what the monitor watches for.
/// </summary>
internal sealed class TelemetrySense(Action<Sample> samples)
{
    public void Take(DiagnosticArray message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        foreach (var status in message.Status)
        {
            var component = status.Name.Split(':')[0].Trim();
            if (component == WorkerDiagnostics.Component) continue;
            samples(new($"{component}.level", status.Level, at));
            foreach (var value in status.Values)
                if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                    samples(new($"{component}.{value.Key}", number, at));
        }
    }
}
