using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Skills.Profile;

/// <summary>
/// Reads robot profiles of the format robotworker/v1 from YAML or JSON. docs/robot-profile.md describes the fields, docs/diagnostics.md lists what is
/// refused (RW0220 to RW0239, and what any document can have wrong).
/// </summary>
public static class ProfileReader
{
    public const string Format = "robotworker/v1";

    /// <returns>The profile, or null where the bag has errors from it.</returns>
    public static RobotProfile? Read(string text, string file, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        var profile = ReadDocument(text, file, found);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : profile;
    }

    private static RobotProfile? ReadDocument(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a robot profile", bag) is not { } fields) return null;
        fields.Format("profile", Format);
        var name = fields.Name("name");
        var connection = ReadConnection(fields);
        var (frames, age) = ReadFrames(fields);
        var graph = GraphNameReader.Read(fields);
        var definitions = fields.OptionalTexts("definitions");
        var (armJoints, postures) = ProfileArmReader.Read(fields);
        var (gripperJoint, gripper) = ProfileArmReader.ReadGripper(fields);
        var head = ReadHead(fields);
        var profile = new RobotProfile(
            name, frames, graph.Names, armJoints, gripperJoint, gripper, postures, ProfileMotionReader.ReadStill(fields), ProfileMotionReader.ReadScale(fields),
            ProfileMotionReader.ReadBody(fields))
        {
            Connection = connection, Navigation = graph.Navigation, Qos = graph.Qos, Controllers = graph.Controllers, TransformAge = age,
            MaxSpeed = ProfileMotionReader.ReadMaxSpeed(fields), StopList = ProfileMotionReader.ReadStopList(fields),
            Silence = ProfileMotionReader.ReadSilence(fields, postures), Definitions = definitions, Approach = fields.OptionalNumber("approach", 0.02, 0.5) ?? RobotProfile.UsualApproach, ParkPlan = fields.OptionalText("park"),
            FaultsFile = fields.OptionalText("faults"),
        };
        if (!head.IsEmpty) profile = profile with { HeadJoints = head };
        if (graph.Heartbeat is { } heartbeat) profile = profile with { Heartbeat = heartbeat };
        fields.End();
        return profile;
    }

    private static ProfileConnection? ReadConnection(FieldReader profile)
    {
        if (profile.OptionalFields("connection", "'connection'") is not { } fields) return null;
        var text = fields.Text("address");
        var address = RobotAddress.Parse(text);
        if (address is null && text.Length > 0)
            fields.Bag.Error(Codes.NotAnAddress, fields.PlaceOf("address"), $"'{text}' is not a robot's address", RobotAddress.Forms);
        var token = fields.OptionalText("token_file");
        if (token is not null && address is { Wire: RobotWire.Ros1 })
            fields.Bag.Error(Codes.UnknownField, fields.PlaceOf("token_file"), "a ROS 1 graph asks for no token", "leave 'token_file' out, or connect through rosbridge");
        var authority = fields.OptionalText("ca_file");
        if (authority is not null && address is not { Uri.Scheme: "wss" } and not null)
            fields.Bag.Error(Codes.UnknownField, fields.PlaceOf("ca_file"), $"{address} asks for no certificate", "leave 'ca_file' out, or connect to wss://");
        RosDialect? dialect = fields.OptionalChoice("dialect", "auto", "ros1", "ros2") switch
        {
            "ros1" => RosDialect.Ros1,
            "ros2" => RosDialect.Ros2,
            _ => null,
        };
        if (dialect == RosDialect.Ros2 && address is { Wire: RobotWire.Ros1 })
            fields.Bag.Error(Codes.NotAChoice, fields.PlaceOf("dialect"), "ros1:// speaks the dialect of ROS 1", "leave 'dialect' out");
        fields.End();
        return address is null ? null : new(address, token, dialect) { CaFile = authority };
    }

    /// <summary>Pan and tilt; empty: their usual names.</summary>
    private static ImmutableArray<string> ReadHead(FieldReader profile)
    {
        if (profile.OptionalFields("head", "'head'") is not { } fields) return [];
        var joints = fields.OptionalTexts("joints");
        if (joints.Length != 2) fields.Bag.Error(Codes.WrongLength, fields.PlaceOf("joints"), $"the head has {joints.Length} joints, and must have two", "name pan and tilt, as the joint states do");
        fields.End();
        return joints;
    }

    private static (FrameNames Frames, TimeSpan Age) ReadFrames(FieldReader profile)
    {
        var standard = FrameNames.Standard;
        var age = TimeSpan.FromMilliseconds(30);
        if (profile.OptionalFields("frames", "'frames'") is not { } fields) return (standard, age);
        var frames = new FrameNames(
            fields.OptionalText("map") ?? standard.Map, fields.OptionalText("base") ?? standard.Base, fields.OptionalText("tool") ?? standard.Tool,
            fields.OptionalText("camera") ?? standard.Camera);
        age = fields.OptionalDuration("max_age", TimeSpan.FromMilliseconds(1)) ?? age;
        fields.End();
        return (frames, age);
    }
}
