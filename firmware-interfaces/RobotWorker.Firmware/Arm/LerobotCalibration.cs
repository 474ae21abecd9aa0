using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// LeRobot's calibration of an arm: JSON with a motor's id, drive_mode, homing_offset, range_min and range_max by its name. There the middle of the range is zero degrees, and a drive mode of 1 turns
/// the sign; the homing offset stands in the servo's own register and is no part of our counts, so that both programs can use one arm.
/// </summary>
public static class LerobotCalibration
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One motor's, with what the servo's homing register should hold.</summary>
    public sealed record Motor(ServoCalibration Servo, int HomingCounts);

    /// <returns>In the file's order; empty where the bag has errors from it.</returns>
    public static ImmutableArray<Motor> Read(string text, string file, DiagnosticBag bag)
    {
        // JSON is YAML: so every complaint has its line.
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a calibration", bag) is not { } fields) return [];
        var errors = bag.All.Count;
        var motors = ImmutableArray.CreateBuilder<Motor>();
        foreach (var (name, node) in fields.Mapping.Fields.Select(field => (field.Name, field.Value)))
            if (FieldReader.Over(node, $"the motor '{name}'", bag) is { } motor) motors.Add(ReadMotor(name, motor));
        return bag.All.Skip(errors).Any(d => d.Severity == Severity.Error) ? [] : motors.ToImmutable();
    }

    /// <summary>As LeRobot writes it.</summary>
    public static string Write(IEnumerable<Motor> motors)
    {
        var all = new JsonObject();
        foreach (var (servo, homing) in motors)
            all[servo.Name] = new JsonObject
            {
                ["id"] = servo.Id, ["drive_mode"] = servo.Direction < 0 ? 1 : 0, ["homing_offset"] = homing, ["range_min"] = servo.MinCounts, ["range_max"] = servo.MaxCounts,
            };
        return all.ToJsonString(Indented) + "\n";
    }

    private static Motor ReadMotor(string name, FieldReader motor)
    {
        _ = motor.Node("id");
        var (low, high) = (motor.Integer("range_min", 0, 65_535), motor.Integer("range_max", 0, 65_535));
        var read = new Motor(new((byte)motor.Integer("id", 0, 252), name, (low + high) / 2, motor.Integer("drive_mode", 0, 1) == 1 ? -1 : 1, low, high), motor.Integer("homing_offset", -4095, 4095));
        if (low >= high) motor.Bag.Error(Codes.EmptyCalibration, motor.PlaceOf("range_max"), $"the range of '{name}', {low} to {high} counts, is empty", "calibrate the arm again");
        motor.End();
        return read;
    }
}
