using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Skills.Profile;

/// <summary>What the skills must know of a robot beyond its URDF: names, thresholds, postures. One record for each robot model.</summary>
/// <param name="Frames">Frame names, REP 103 and 105.</param>
/// <param name="Names">Topics, actions and services.</param>
/// <param name="ArmJoints">Arm joints from the base outwards, as the trajectory controller names them.</param>
/// <param name="Postures">Joint angles in radians by name, in the order of <paramref name="ArmJoints"/>; <c>carry</c> must be there.</param>
/// <param name="Body">What the robot's own arm must not hit: boxes around mast, column and head, in the base frame.</param>
public sealed record RobotProfile(
    string Name, FrameNames Frames, RosNames Names, ImmutableArray<string> ArmJoints, string GripperJoint, GripperProfile Gripper,
    ImmutableSortedDictionary<string, ImmutableArray<double>> Postures, StillThresholds Still, MotionScale Scale, ImmutableArray<BodyBox> Body)
{
    /// <summary>Of an arm of about a metre.</summary>
    public const double UsualApproach = 0.12;

    /// <summary>How far above a thing the tool comes before it goes straight down to it, and how far it goes up again, metres.</summary>
    public double Approach { get; init; } = UsualApproach;

    /// <summary>How it is reached; null where that is given otherwise.</summary>
    public ProfileConnection? Connection { get; init; }

    /// <summary>The dialect that its wire speaks; <see cref="On"/> sets it.</summary>
    public RosDialect Dialect { get; private init; } = RosDialect.Ros2;

    /// <summary>Where the worker gives its signs of life; empty: nowhere.</summary>
    public string Heartbeat { get; init; } = "/worker_alive";

    /// <summary>Which action drives the base.</summary>
    public NavigationBinding Navigation { get; init; } = NavigationBinding.ByDialect;

    /// <summary>Pan and tilt of the head, as the joint states name them.</summary>
    public ImmutableArray<string> HeadJoints { get; init; } = ["head_pan_joint", "head_tilt_joint"];

    /// <summary>Qualities of service to ask for, by topic; where none is given, whatever the publisher offers.</summary>
    public ImmutableSortedDictionary<string, Qos> Qos { get; init; } = ImmutableSortedDictionary<string, Qos>.Empty;

    /// <summary>How much older than what it is used for a transform may be.</summary>
    public TimeSpan TransformAge { get; init; } = TimeSpan.FromMilliseconds(30);    // a base at 1 m/s moves 3 cm in that time

    /// <summary>The base's greatest speed, metres a second; null: not known.</summary>
    public double? MaxSpeed { get; init; }

    /// <summary>Which controllers its actions need.</summary>
    public ControllerNeeds Controllers { get; init; } = ControllerNeeds.None;

    /// <summary>Folders of ROS packages, whose definitions stand for types that are not compiled in and that the robot does not tell.</summary>
    public ImmutableArray<string> Definitions { get; init; } = [];

    /// <summary>The file of the robot's own catalogue of faults, laid over the built-in one; null: the built-in one alone.</summary>
    public string? FaultsFile { get; init; }

    /// <summary>The file of the plan that parks the robot when a person was asked and did not answer; null: it stands still.</summary>
    public string? ParkPlan { get; init; }

    /// <summary>What is done, in this order, when the robot must stop and does not.</summary>
    public ImmutableArray<StopMeasure> StopList { get; init; } = [StopMeasure.ProtectiveStop, StopMeasure.CancelAll, StopMeasure.ZeroVelocity];

    /// <summary>What the robot does by itself when the link is silent.</summary>
    public SilencePolicy Silence { get; init; } = SilencePolicy.Standard;

    /// <summary>The profile as it holds on a wire of this dialect.</summary>
    public RobotProfile On(RosDialect dialect) => this with { Dialect = dialect, Names = Names with { Navigate = Navigation.NameOn(dialect) } };
}

/// <summary>A box that turns with the base: its centre and half of its extents, metres.</summary>
public sealed record BodyBox(Vec3 Centre, Vec3 Half);

public sealed record FrameNames(string Map, string Base, string Tool, string Camera)
{
    public static readonly FrameNames Standard = new("map", "base_link", "tool0", "head_camera_optical_frame");
}

/// <summary>Topics, actions and services of the robot.</summary>
/// <param name="Clock">Empty: the robot has no clock of its own on a topic, its messages' stamps are its time.</param>
/// <param name="Odometry">Empty: the base stands for good, and where it stands in the map is a static transform.</param>
/// <param name="Velocity">Empty: nothing drives the base.</param>
/// <param name="Navigate">This and the other actions: empty where the robot has none, and cannot do the skills that need it.</param>
public sealed record RosNames(
    string Clock, string RobotDescription, string JointStates, string Tf, string TfStatic, string Odometry, string Velocity, string Diagnostics,
    string Detections, string CameraInfo, string Navigate, string FollowTrajectory, string Gripper, string PointHead, string ProtectiveStop,
    string ProtectiveStopRelease)
{
    /// <summary>Where the robot tells its operating mode (std_msgs/String, the words of VDA 5050); empty: nowhere.</summary>
    public string Mode { get; init; } = "";

    /// <summary>Where targets are streamed (std_msgs/Float64MultiArray), as forward command controllers take them: the arm's joints; empty: nowhere.</summary>
    public string ArmCommands { get; init; } = "";

    /// <summary>The gripper's opening and greatest force.</summary>
    public string GripperCommands { get; init; } = "";

    /// <summary>The head's joints.</summary>
    public string HeadCommands { get; init; } = "";

    /// <summary>sensor_msgs/BatteryState; empty: there is none. It and the next three are for the fault monitor alone.</summary>
    public string Battery { get; init; } = "/battery_state";

    /// <summary>sensor_msgs/LaserScan.</summary>
    public string Scan { get; init; } = "/scan";

    /// <summary>geometry_msgs/PoseWithCovarianceStamped in the map, as AMCL has it.</summary>
    public string LocalizationPose { get; init; } = "/amcl_pose";

    /// <summary>control_msgs/JointTrajectoryControllerState of the arm.</summary>
    public string ControllerState { get; init; } = "/arm_controller/controller_state";

    public static readonly RosNames Standard = new(
        "/clock", "/robot_description", "/joint_states", "/tf", "/tf_static", "/odom", "/cmd_vel", "/diagnostics", "/detections",
        "/head_camera/camera_info", "/navigate_to_pose", "/arm_controller/follow_joint_trajectory", "/gripper_controller/gripper_cmd",
        "/head_controller/point_head_action", "/protective_stop", "/protective_stop_release");

    /// <summary>Whether the base can move.</summary>
    public bool BaseMoves => Odometry.Length > 0;

    /// <summary>The names of a robot whose base is screwed down: nothing of wheels, of localisation, of a battery.</summary>
    public RosNames WithoutBase() => this with { Odometry = "", Velocity = "", Navigate = "", Battery = "", Scan = "", LocalizationPose = "" };

    /// <summary>The actions that the robot has.</summary>
    public IEnumerable<string> Actions => new[] { Navigate, FollowTrajectory, Gripper, PointHead }.Where(name => name.Length > 0);

    /// <summary>A topic that targets are streamed on, by its key in the profile.</summary>
    public string CommandsOf(string key) => key switch
    {
        "arm_commands" => ArmCommands,
        "gripper_commands" => GripperCommands,
        "head_commands" => HeadCommands,
        _ => throw new ArgumentException($"no such topic: {key}", nameof(key)),
    };

    /// <summary>The name of an action by its key in the profile.</summary>
    public string ActionOf(string key) => key switch
    {
        "navigate" => Navigate,
        "follow_joints" => FollowTrajectory,
        "gripper" => Gripper,
        "look" => PointHead,
        _ => throw new ArgumentException($"no such action: {key}", nameof(key)),
    };
}

/// <param name="OpenWidth">Opening between the pads in metres, fully open.</param>
/// <param name="EmptyWidth">Below this opening (metres) the closed gripper holds nothing.</param>
/// <param name="GraspForce">Commanded when grasping, in newtons.</param>
/// <param name="HoldForce">Measured force (newtons) from which the pads are taken to press on something.</param>
/// <param name="FingerReach">How far the finger tips reach beyond tool0, in metres.</param>
public sealed record GripperProfile(double OpenWidth, double EmptyWidth, double GraspForce, double HoldForce, double FingerReach);

/// <summary>Below all of these, freshly and for the dwell time, the robot stands still.</summary>
/// <param name="Linear">Base, metres a second.</param>
/// <param name="Angular">Base, radians a second.</param>
/// <param name="Joint">Arm joints, radians a second.</param>
public sealed record StillThresholds(double Linear, double Angular, double Joint, TimeSpan Dwell)
{
    public static readonly StillThresholds Standard = new(0.02, 0.03, 0.03, TimeSpan.FromMilliseconds(300));
}

/// <summary>How much of the URDF's limits a motion uses, 0 to 1.</summary>
/// <param name="Linear">Speed of the tool on straight lines, metres a second.</param>
public sealed record MotionScale(double Velocity, double Acceleration, double Linear);
