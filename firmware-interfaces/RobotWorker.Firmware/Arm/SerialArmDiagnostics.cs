using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>Tells on /diagnostics how the servos fare, in the names that the fault catalogue watches (docs/faults.md), and each servo by itself.</summary>
internal sealed class SerialArmDiagnostics(IRosConnection ros, SerialArmDescription arm) : IDisposable
{
    // Where servos of both makes switch their torque off by themselves, as they come from the factory: some Dynamixels only at 80.
    public const double LetsGoAtCelsius = 70;

    private readonly IPublisher<DiagnosticArray> diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");

    public void Publish(RobotTime now, ServoReadings readings, JointReadings measured, SerialGripper? gripper, bool enabled, bool stopped, string? letGo) => diagnostics.Publish(new()
    {
        Header = new() { Stamp = now.ToMessage() },
        Status =
        [
            Controller(readings, measured, enabled, stopped, letGo),
            .. gripper is null || !readings.IsLinkUp ? ImmutableArray<DiagnosticStatus>.Empty : [Gripper(gripper)],
            .. readings.States.Select((state, i) => Servo(arm.Servos[i], state)),
        ],
    });

    public void Dispose() => diagnostics.Dispose();

    private DiagnosticStatus Controller(ServoReadings readings, JointReadings measured, bool enabled, bool stopped, string? letGo)
    {
        // As an aggregator tells of what it no longer hears: no numbers.
        if (!readings.IsLinkUp) return Status("arm: controller", DiagnosticStatus.STALE, "the bus is not heard");
        var joints = readings.States.Take(arm.Joints.Length).ToArray();
        var hottest = Array.IndexOf(joints, joints.MaxBy(state => state.Celsius));
        var (level, message) = letGo is not null ? (DiagnosticStatus.ERROR, letGo) : !enabled ? (DiagnosticStatus.WARN, "the torque is off") : stopped ? (DiagnosticStatus.WARN, "the protective stop holds") : (DiagnosticStatus.OK, "");
        return Status("arm: controller", level, message, ("speed", measured.Rates.Select(Math.Abs).DefaultIfEmpty().Max()), ("temperature", joints[hottest].Celsius), ("thermal_margin", LetsGoAtCelsius - joints[hottest].Celsius), ("hottest", hottest + 1), ("let_go", letGo is null ? 0 : 1));
    }

    private static DiagnosticStatus Gripper(SerialGripper gripper) => Status("gripper: motor", DiagnosticStatus.OK, "", ("commanded_force", gripper.DemandedForce),
        ("measured_force", gripper.MeasuredForce), ("commanded_width", gripper.CommandedWidth), ("width", gripper.MeasuredWidth), ("speed", gripper.MeasuredSpeed),
        ("temperature", gripper.Celsius), ("thermal_margin", LetsGoAtCelsius - gripper.Celsius), ("current", gripper.CurrentAmperes));

    private static DiagnosticStatus Servo(ServoCalibration servo, in ServoState state)
    {
        var level = (state.Flags & ServoFlagsText.OwnFaults) != 0 || !state.IsFresh ? DiagnosticStatus.ERROR : state.Flags != ServoFlags.None ? DiagnosticStatus.WARN : DiagnosticStatus.OK;
        return Status($"servo_{servo.Id}: {servo.Name}", level, state.Flags == ServoFlags.None ? "" : state.Flags.Text(), ("position", state.PositionRadians), ("load", state.Load),
            ("voltage", state.Volts), ("temperature", state.Celsius), ("torque_on", state.TorqueOn ? 1 : 0));
    }

    private static DiagnosticStatus Status(string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values) =>
        HardwareStatus.Of("servo bus", name, level, message, values);
}
