using System.Collections.Immutable;
using RobotWorker.Controllers.Joints;
using RobotWorker.Controllers.Servers;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>Tells on /diagnostics how the servos fare, in the names that the fault catalogue watches (docs/faults.md), and each servo by itself.</summary>
internal sealed class SerialArmDiagnostics(IRosConnection ros, SerialArmDescription arm, BusTelemetry telemetry) : IDisposable
{
    private readonly IPublisher<DiagnosticArray> diagnostics = ros.Advertise<DiagnosticArray>("/diagnostics");

    public void Publish(RobotTime now, ServoReadings readings, JointReadings measured, SerialGripper? gripper, bool enabled, bool stopped, string? letGo) => diagnostics.Publish(new()
    {
        Header = new() { Stamp = now.ToMessage() },
        Status =
        [
            Controller(readings, measured, enabled, stopped, letGo),
            .. gripper is null || !readings.IsLinkUp ? ImmutableArray<DiagnosticStatus>.Empty : [Gripper(gripper, telemetry.MarginKelvin(arm.Joints.Length, readings.States[arm.Joints.Length]))],
            .. readings.IsLinkUp ? [Link(readings)] : ImmutableArray<DiagnosticStatus>.Empty,
            .. readings.States.Select((state, i) => Servo(arm.Servos[i], state)),
        ],
    });

    public void Dispose() => diagnostics.Dispose();

    private DiagnosticStatus Controller(ServoReadings readings, JointReadings measured, bool enabled, bool stopped, string? letGo)
    {
        // As an aggregator tells of what it no longer hears: no numbers.
        if (!readings.IsLinkUp) return Status("arm: controller", DiagnosticStatus.STALE, "the bus is not heard");
        var hottest = telemetry.Hottest(readings.States, arm.Joints.Length);
        var hot = readings.States[hottest];
        var (level, message) = letGo is not null ? (DiagnosticStatus.ERROR, letGo) : !enabled ? (DiagnosticStatus.WARN, "the torque is off") : stopped ? (DiagnosticStatus.WARN, "the protective stop holds") : (DiagnosticStatus.OK, "");
        return Status("arm: controller", level, message, ("speed", measured.Rates.Select(Math.Abs).DefaultIfEmpty().Max()), ("temperature", hot.Celsius), ("thermal_margin", telemetry.MarginKelvin(hottest, hot)), ("hottest", hottest + 1), ("let_go", letGo is null ? 0 : 1));
    }

    private static DiagnosticStatus Gripper(SerialGripper gripper, double margin) => Status("gripper: motor", DiagnosticStatus.OK, "", ("commanded_force", gripper.DemandedForce),
        ("measured_force", gripper.MeasuredForce), ("commanded_width", gripper.CommandedWidth), ("width", gripper.MeasuredWidth), ("speed", gripper.MeasuredSpeed),
        ("temperature", gripper.Celsius), ("thermal_margin", margin), ("current", gripper.CurrentAmperes));

    // What no single servo tells: how the wire fares, and how many of them complain of what.
    private DiagnosticStatus Link(ServoReadings readings)
    {
        var (rates, states) = (telemetry.Rates, readings.States);
        int Count(ServoFlags flags) => states.Count(state => (state.Flags & flags) != 0);
        var offVoltage = Math.Max(Count(ServoFlags.Voltage), SupplyCheck.Problem(arm, states) is null ? 0 : 1);
        return Status("servo_bus: link", DiagnosticStatus.OK, "", ("timeouts", rates.Timeouts), ("bad_checks", rates.BadChecks), ("foreign_goals", rates.ForeignGoals), ("repairs", rates.Repairs),
            ("silent_servos", states.Count(state => !state.IsFresh)), ("off_voltage", offVoltage), ("overloaded", Count(ServoFlags.Overload | ServoFlags.Overcurrent)));
    }

    private static DiagnosticStatus Servo(ServoCalibration servo, in ServoState state)
    {
        var level = (state.Flags & ServoFlagsText.OwnFaults) != 0 || !state.IsFresh ? DiagnosticStatus.ERROR : state.Flags != ServoFlags.None ? DiagnosticStatus.WARN : DiagnosticStatus.OK;
        return Status($"servo_{servo.Id}: {servo.Name}", level, state.Flags == ServoFlags.None ? "" : state.Flags.Text(), ("position", state.PositionRadians), ("load", state.Load),
            ("voltage", state.Volts), ("temperature", state.Celsius), ("torque_on", state.TorqueOn ? 1 : 0));
    }

    private static DiagnosticStatus Status(string name, byte level, string message, params ReadOnlySpan<(string Key, double Value)> values) =>
        HardwareStatus.Of("servo bus", name, level, message, values);
}
