using System.Globalization;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Sim.Controllers.Arm;
using RobotWorker.Sim.Controllers.Floor;

namespace RobotWorker.Sim.Node;

/// <summary>
/// Tells how the hardware fares, on /diagnostics: plain measured numbers. A fault of the hardware is for the worker's detectors to find in
/// them; the level says only whether the protective stop holds.
/// </summary>
internal sealed class DiagnosticsPublisher(IRosConnection ros, RobotState state, BaseMotion platform, JointMotion arm) : IDisposable
{
    private readonly IPublisher<DiagnosticArray> diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");

    public void Publish(bool stopped)
    {
        var now = state.Now;
        var gripper = now.Gripper;
        var level = stopped ? DiagnosticStatus.WARN : DiagnosticStatus.OK;
        var message = stopped ? "the protective stop holds" : "";
        diagnostics.Publish(new()
        {
            Header = new() { Stamp = now.Time.ToMessage() },
            Status =
            [
                Status("gripper: motor", DiagnosticStatus.OK, "", ("commanded_force", gripper.CommandedForce), ("measured_force", gripper.MeasuredForce),
                    ("width", gripper.Width), ("speed", gripper.Speed), ("temperature", gripper.Temperature)),
                Status("base: drive", level, message, ("commanded_speed", platform.Commanded.Linear.Length), ("measured_speed", now.Velocity.Linear.Length),
                    ("commanded_turn", platform.Commanded.Turn), ("measured_turn", now.Velocity.Turn)),
                Status("arm: controller", level, message, ("tracking_error", TrackingError(now)), ("speed", now.ArmRates.Max(Math.Abs))),
            ],
        });
    }

    public void Dispose() => diagnostics.Dispose();

    /// <summary>The greatest distance of a joint from where it is commanded, radians.</summary>
    private double TrackingError(RobotReadings now)
    {
        var greatest = 0.0;
        for (var j = 0; j < now.Arm.Length; j++) greatest = Math.Max(greatest, Math.Abs(now.Arm[j] - arm.Positions[j]));
        return greatest;
    }

    private static DiagnosticStatus Status(string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values)
    {
        var pairs = new KeyValue[values.Length];
        for (var i = 0; i < values.Length; i++)
            pairs[i] = new() { Key = values[i].Key, Value = values[i].Value.ToString("0.####", CultureInfo.InvariantCulture) };
        return new() { Level = level, Name = name, Message = message, HardwareId = "simulated", Values = [.. pairs] };
    }
}
