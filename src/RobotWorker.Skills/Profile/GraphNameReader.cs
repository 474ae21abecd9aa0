using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Skills.Profile;

/// <summary>What a profile says of the robot's part of the ROS graph.</summary>
internal sealed record GraphNames(
    RosNames Names, NavigationBinding Navigation, ImmutableSortedDictionary<string, Qos> Qos, ControllerNeeds Controllers, string? Heartbeat);

/// <summary>
/// Reads <c>topics</c>, <c>services</c> and <c>actions</c> of a profile. What is left out has its usual name. A topic is a name, or a name with the quality of
/// service to ask for; an action is a name, or a name with its type and the controllers behind it.
/// </summary>
internal sealed class GraphNameReader
{
    private readonly ImmutableSortedDictionary<string, Qos>.Builder qos = ImmutableSortedDictionary.CreateBuilder<string, Qos>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder controllers =
        ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);

    private string? heartbeat;
    private NavigationBinding navigation = NavigationBinding.ByDialect;

    private GraphNameReader()
    {
    }

    public static GraphNames Read(FieldReader profile)
    {
        var reader = new GraphNameReader();
        var names = Services(profile, reader.Actions(profile, reader.Topics(profile, RosNames.Standard)));
        // A base that stands drives nowhere, whatever else is left out.
        if (!names.BaseMoves)
        {
            if (names.Velocity == RosNames.Standard.Velocity) names = names with { Velocity = "" };
            if (reader.navigation == NavigationBinding.ByDialect) reader.navigation = new("", null);
        }
        else if (names.Velocity.Length == 0)
            profile.Bag.Error(Codes.OutOfRange, profile.PlaceOf("topics"), "'velocity: none' with odometry: a base that moves must be told to stand still", "name the topic, or say 'odometry: none' of a base that is screwed down");
        var manager = profile.OptionalText("controller_manager");
        if (manager is not null) CheckName(manager, profile.PlaceOf("controller_manager"), profile.Bag);
        return new(names, reader.navigation, reader.qos.ToImmutable(), new(manager ?? ControllerNeeds.None.Manager, reader.controllers.ToImmutable()), reader.heartbeat);
    }

    private RosNames Topics(FieldReader profile, RosNames standard)
    {
        if (profile.OptionalFields("topics", "'topics'") is not { } fields) return standard;
        var names = standard with
        {
            Clock = Topic(fields, "clock", standard.Clock, mayBeNone: true),
            RobotDescription = Topic(fields, "robot_description", standard.RobotDescription),
            JointStates = Topic(fields, "joint_states", standard.JointStates),
            Tf = Topic(fields, "tf", standard.Tf),
            TfStatic = Topic(fields, "tf_static", standard.TfStatic),
            Odometry = Topic(fields, "odometry", standard.Odometry, mayBeNone: true),
            Velocity = Topic(fields, "velocity", standard.Velocity, mayBeNone: true),
            Diagnostics = Topic(fields, "diagnostics", standard.Diagnostics),
            Detections = Topic(fields, "detections", standard.Detections),
            CameraInfo = Topic(fields, "camera_info", standard.CameraInfo),
            ArmCommands = Topic(fields, "arm_commands", standard.ArmCommands, mayBeNone: true),
            GripperCommands = Topic(fields, "gripper_commands", standard.GripperCommands, mayBeNone: true),
            HeadCommands = Topic(fields, "head_commands", standard.HeadCommands, mayBeNone: true),
            Mode = Topic(fields, "mode", standard.Mode, mayBeNone: true),
            Battery = Topic(fields, "battery", standard.Battery, mayBeNone: true),
            Scan = Topic(fields, "scan", standard.Scan, mayBeNone: true),
            LocalizationPose = Topic(fields, "localization_pose", standard.LocalizationPose, mayBeNone: true),
            ControllerState = Topic(fields, "controller_state", standard.ControllerState, mayBeNone: true),
        };
        if (fields.Has("worker_alive")) heartbeat = Plain(fields, "worker_alive", "", mayBeNone: true);
        fields.End();
        return names;
    }

    private static RosNames Services(FieldReader profile, RosNames standard)
    {
        if (profile.OptionalFields("services", "'services'") is not { } fields) return standard;
        var names = standard with
        {
            ProtectiveStop = Plain(fields, "protective_stop", standard.ProtectiveStop),
            ProtectiveStopRelease = Plain(fields, "protective_stop_release", standard.ProtectiveStopRelease),
        };
        fields.End();
        return names;
    }

    private RosNames Actions(FieldReader profile, RosNames standard)
    {
        if (profile.OptionalFields("actions", "'actions'") is not { } fields) return standard;
        var (navigate, type) = Action(fields, "navigate", "nav2_msgs/NavigateToPose", "move_base_msgs/MoveBase");
        navigation = new(navigate, type switch
        {
            "nav2_msgs/NavigateToPose" => NavigationType.NavigateToPose,
            "move_base_msgs/MoveBase" => NavigationType.MoveBase,
            _ => null,
        });
        var names = standard with
        {
            Navigate = navigate ?? standard.Navigate,
            FollowTrajectory = Action(fields, "follow_joints", "control_msgs/FollowJointTrajectory").Name ?? standard.FollowTrajectory,
            Gripper = Action(fields, "gripper", "control_msgs/GripperCommand").Name ?? standard.Gripper,
            PointHead = Action(fields, "look", "control_msgs/PointHead").Name ?? standard.PointHead,
        };
        fields.End();
        return names;
    }

    private string Topic(FieldReader fields, string key, string standard, bool mayBeNone = false)
    {
        if (fields.Mapping[key] is not MappingNode) return Plain(fields, key, standard, mayBeNone);
        var topic = fields.Fields(key, $"the topic '{key}'")!;
        var name = Plain(topic, "name", standard);
        if (Quality(topic.OptionalChoice("qos", "reliable", "sensor_data", "latched")) is { } quality) qos[name] = quality;
        topic.End();
        return name;
    }

    private (string? Name, string? Type) Action(FieldReader fields, string key, params string[] types)
    {
        if (fields.Mapping[key] is not MappingNode) return (fields.OptionalNode(key) is null ? null : Plain(fields, key, "", mayBeNone: true), null);
        var action = fields.Fields(key, $"the action '{key}'")!;
        var name = action.Has("name") ? Plain(action, "name", "") : null;
        var type = action.OptionalChoice("type", types);
        if (action.OptionalNames("controllers") is { IsEmpty: false } needed) controllers[key] = needed;
        action.End();
        return (name, type);
    }

    /// <summary>A name, or its usual one where there is none.</summary>
    /// <param name="mayBeNone">Whether the word <c>none</c> says that the robot has no such thing.</param>
    private static string Plain(FieldReader fields, string key, string standard, bool mayBeNone = false)
    {
        if (fields.OptionalText(key) is not { } name) return standard;
        if (mayBeNone && name == "none") return "";
        CheckName(name, fields.PlaceOf(key), fields.Bag);
        return name;
    }

    private static void CheckName(string name, Place place, DiagnosticBag bag)
    {
        if (Ros.Graph.RosNames.Problem(name) is { } problem) bag.Error(Codes.NotARosName, place, problem, "an absolute ROS name such as /joint_states");
    }

    private static Qos? Quality(string? word) => word switch
    {
        "reliable" => Ros.Graph.Qos.Default,
        "sensor_data" => Ros.Graph.Qos.SensorData,
        "latched" => Ros.Graph.Qos.Latched,
        _ => null,
    };
}
