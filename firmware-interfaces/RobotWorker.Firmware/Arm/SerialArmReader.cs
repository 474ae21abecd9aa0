using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Board;
using RobotWorker.Firmware.Servos;
using RobotWorker.Motion;

namespace RobotWorker.Firmware.Arm;

/// <summary>Reads arms of the format robotworker/v1 from YAML or JSON. docs/serial-arm.md describes the fields; what is refused is what any document can have wrong, and RW0240 to RW0249.</summary>
public static class SerialArmReader
{
    public const string Format = "robotworker/v1";

    private const int MostCounts = 65_535;

    /// <returns>The arm, or null where the bag has errors from it.</returns>
    public static SerialArmDescription? Read(string text, string file, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var arm = ReadDocument(text, file, found);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : arm;
    }

    private static SerialArmDescription? ReadDocument(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "an arm", bag) is not { } fields) return null;
        fields.Format("arm", Format);
        var name = fields.Name("name");
        var (bus, period) = ReadBus(fields.Fields("bus", "'bus'"));
        var joints = fields.List("joints").Select(node => FieldReader.Over(node, "a joint", bag)).OfType<FieldReader>().Select(ReadJoint).ToImmutableArray();
        var gripper = fields.OptionalFields("gripper", "'gripper'") is { } g ? ReadGripper(g) : null;
        ImmutableArray<double> park = fields.Has("park") ? fields.Vector("park", joints.Length, -Math.Tau, Math.Tau) : [];
        var falls = fields.OptionalNames("falls");
        foreach (var stranger in falls.Where(joint => joints.All(j => j.Servo.Name != joint)))
            bag.Error(Codes.NotAChoice, fields.PlaceOf("falls"), $"the arm has no joint '{stranger}'", Nearest.Help(stranger, [.. joints.Select(j => j.Servo.Name)]));
        var body = fields.OptionalFields("body", "'body'") is { } b ? ReadBody(b) : null;
        var hold = fields.OptionalFields("board", "'board'") is { } safety ? ReadHold(safety) : null;
        fields.End();
        if (bus is null || bag.HasErrors) return null;
        var arm = new SerialArmDescription(name, bus, period, joints, gripper) { Park = park, Falls = falls, Body = body, BoardHold = hold };
        foreach (var (joint, angle) in joints.Zip(park))
            if (angle < joint.Servo.MinRadians - 0.01 || angle > joint.Servo.MaxRadians + 0.01)
                bag.Error(Codes.BeyondCalibration, fields.PlaceOf("park"), $"{joint.Servo.Name} would park at {angle:0.###} rad, beyond its calibrated range, {joint.Servo.MinRadians:0.###} to {joint.Servo.MaxRadians:0.###}", "lead the arm there by hand, and take what 'robotworker arm teach FILE park' prints");
        var busy = ArmBuses.CycleSeconds(bus.Make, arm.Servos.Length, bus.Baud);
        if (busy > period)
            bag.Error(Codes.OutOfRange, fields.PlaceOf("bus"), $"a cycle of {arm.Servos.Length} servos keeps the wire busy for {busy * 1000:0.0} ms at {bus.Baud} baud, longer than the period of {period * 1000:0.0} ms",
                "raise 'baud' (in the servos too), or lower 'rate'");
        Twice(arm.Servos.GroupBy(servo => $"id {servo.Id}"), fields);
        Twice(arm.Servos.GroupBy(servo => $"the name '{servo.Name}'"), fields);
        return arm;
    }

    private static (SerialBusDescription? Bus, double Period) ReadBus(FieldReader? fields)
    {
        if (fields is null) return (null, 0);
        var make = fields.Choice("make", "feetech", "dynamixel") == "feetech" ? ServoMake.Feetech : ServoMake.Dynamixel;
        var bus = new SerialBusDescription(make, fields.Text("port"), fields.OptionalInteger("baud", 9600, 4_000_000) ?? 1_000_000, fields.OptionalNumber("supply", 3, 30), fields.OptionalFlag("echo") ?? false, fields.OptionalFlag("fast_read") ?? true);
        if (make == ServoMake.Feetech && fields.Has("fast_read"))
            fields.Bag.Error(Codes.NotAChoice, fields.PlaceOf("fast_read"), "a Feetech bus has one sync read, and no fast one", "leave 'fast_read' out");
        var rate = fields.OptionalNumber("rate", 50, 200) ?? 100;
        fields.End();
        return (bus, 1 / rate);
    }

    private static TimeSpan? ReadHold(FieldReader fields)
    {
        var hold = fields.Duration("hold");
        if (hold > BoardHold.Most || hold.Ticks % TimeSpan.TicksPerMillisecond != 0)
            fields.Bag.Error(Codes.OutOfRange, fields.PlaceOf("hold"), $"the board would hold for {hold.TotalMilliseconds:0.###} ms after an emergency stop", $"whole milliseconds, at most {BoardHold.Most.TotalMilliseconds:0}: it opens its relay then, whatever the host does");
        fields.End();
        return hold;
    }

    private static SerialArmBody ReadBody(FieldReader fields)
    {
        const double far = 100;
        var (urdf, tool) = (fields.Text("urdf"), fields.OptionalText("tool") ?? "tool0");
        var at = fields.Has("at") ? fields.Vector("at", 3, -far, far) : [0, 0, 0];
        var yaw = fields.OptionalNumber("yaw", -Math.Tau, Math.Tau) ?? 0;
        fields.End();
        return new(urdf, tool, new(new(at[0], at[1], at[2]), Quat.FromAxisAngle(Vec3.UnitZ, yaw)));
    }

    private static SerialJoint ReadJoint(FieldReader fields)
    {
        var joint = new SerialJoint(ReadServo(fields), fields.Number("max_speed", 0.01, 20), fields.Number("acceleration", 0.1, 200), fields.OptionalNumber("max_torque", 0.01, 1000));
        fields.End();
        return joint;
    }

    private static SerialGripperDescription ReadGripper(FieldReader fields)
    {
        var servo = ReadServo(fields);
        var (closed, open) = (fields.Number("closed", -Math.Tau, Math.Tau), fields.Number("open", -Math.Tau, Math.Tau));
        var gripper = new SerialGripperDescription(servo, closed, open, fields.Number("opening", 0.001, 1), fields.Number("max_force", 0.1, 1000), fields.Number("max_speed", 0.01, 20));
        if (Math.Abs(open - closed) < 0.01) fields.Bag.Error(Codes.EmptyGripper, fields.PlaceOf("open"), "the gripper is as wide open as closed", "give the servo's angle at either end");
        foreach (var (field, end) in new[] { ("closed", closed), ("open", open) })
            if (servo.MinCounts < servo.MaxCounts && (end < servo.MinRadians - 0.01 || end > servo.MaxRadians + 0.01))
                fields.Bag.Error(Codes.BeyondCalibration, fields.PlaceOf(field), $"{end:0.###} rad is beyond the calibrated range, {servo.MinRadians:0.###} to {servo.MaxRadians:0.###}");
        fields.End();
        return gripper;
    }

    private static ServoCalibration ReadServo(FieldReader fields)
    {
        var range = fields.Vector("range", 2, -MostCounts, MostCounts);
        var servo = new ServoCalibration((byte)fields.Integer("id", 0, 252), fields.Name("name"), fields.Integer("zero", -MostCounts, MostCounts),
            fields.OptionalChoice("direction", "forward", "backward") == "backward" ? -1 : 1, (int)range[0], (int)range[1]);
        if (range[0] >= range[1])
            fields.Bag.Error(Codes.EmptyCalibration, fields.PlaceOf("range"), $"the range of '{servo.Name}', {range[0]:0} to {range[1]:0} counts, is empty", "calibrate the arm: robotworker arm calibrate");
        return servo;
    }

    private static void Twice(IEnumerable<IGrouping<string, ServoCalibration>> groups, FieldReader fields)
    {
        foreach (var group in groups.Where(group => group.Count() > 1))
            fields.Bag.Error(Codes.GivenTwice, fields.PlaceOf("joints"), $"{group.Key} belongs to {string.Join(" and ", group.Select(servo => $"'{servo.Name}'"))}", "each servo has its own");
    }
}
