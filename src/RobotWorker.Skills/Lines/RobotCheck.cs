using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Policies;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Time;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// Listens to a robot for a while, moves nothing, and says which skills can work there by its profile, and what is missing for the others.
/// </summary>
public sealed class RobotCheck : IDisposable
{
    private static readonly string[] Always = ["clock", "robot_description", "joint_states", "odometry", "tf"];

    private readonly IRosConnection ros;
    private readonly RobotProfile profile;
    private readonly List<IDisposable> held = [];
    private readonly Dictionary<string, int> heard = [];
    private readonly Dictionary<string, string> refused = [];
    private readonly Dictionary<string, string> wanted = [];
    private readonly TransformBuffer transforms;
    private readonly List<(string Key, string Action, string Type, Func<bool> IsThere)> actions = [];
    private string? urdf;
    private JointState? joints;
    private RobotTime? odometryAt;
    private RobotTime? cameraAt;
    private bool odometryHadTransform;
    private bool cameraHadTransform;
    private bool cameraFrameIsKnown;

    /// <param name="ros">A connection that is up; the caller disposes it.</param>
    /// <param name="profile">As it holds on the connection's dialect (<see cref="RobotProfile.On"/>).</param>
    public RobotCheck(IRosConnection ros, RobotProfile profile)
    {
        (this.ros, this.profile) = (ros, profile);
        transforms = new(profile.TransformAge);
        var names = profile.Names;
        if (names.Clock.Length > 0) Hear<Clock>("clock", names.Clock, _ => { });
        Hear<Ros.Messages.StdMsgs.String>("robot_description", names.RobotDescription, m => urdf = m.Data);
        Hear<JointState>("joint_states", names.JointStates, m => joints = Joined(joints, m));
        Hear<TFMessage>("tf", names.Tf, m => Take(m, isStatic: false));
        Hear<TFMessage>("tf_static", names.TfStatic, m => Take(m, isStatic: true));
        if (names.BaseMoves) Hear<Odometry>("odometry", names.Odometry, m =>
        {
            odometryAt = m.Header.Stamp.ToRobotTime();
            odometryHadTransform |= transforms.Lookup(profile.Frames.Map, profile.Frames.Base, odometryAt.Value) is not null;
        });
        Hear<CameraInfo>("camera_info", names.CameraInfo, _ => { });
        Hear<Detection3DArray>("detections", names.Detections, m =>
        {
            cameraAt = m.Header.Stamp.ToRobotTime();
            cameraHadTransform |= transforms.Lookup(profile.Frames.Map, m.Header.FrameId, cameraAt.Value) is not null;
            cameraFrameIsKnown |= transforms.Lookup(profile.Frames.Map, profile.Frames.Camera, cameraAt.Value) is not null;
        });
        Hear<DiagnosticArray>("diagnostics", names.Diagnostics, _ => { });
        if (profile.Navigation.TypeOn(profile.Dialect) == NavigationType.MoveBase) Offered("navigate", MoveBase.Type, names.Navigate);
        else Offered("navigate", NavigateToPose.Type, names.Navigate);
        Offered("follow_joints", FollowJointTrajectory.Type, names.FollowTrajectory);
        Offered("gripper", GripperCommandAction.Type, names.Gripper);
        Offered("look", PointHead.Type, names.PointHead);
    }

    /// <summary>Listens, then says what there is.</summary>
    public async Task<RobotCheckReport> RunAsync(string address, TimeSpan listen, CancellationToken cancel)
    {
        await Task.Delay(listen, ros.Time, cancel);
        var topics = ros.Topics.ToImmutableArray();
        var services = await ServicesAsync(cancel);
        // A robot that names none of these takes no streamed targets, and that is no fault of it: few do.
        ImmutableArray<string> streams = SkillNeeds.Streams.Any(key => profile.Names.CommandsOf(key).Length > 0) ? SkillNeeds.Streams : [];
        ImmutableArray<CheckFinding> findings =
        [
            ClockFinding(topics), Description(topics), JointFinding(topics), .. profile.Names.BaseMoves ? [Heard("odometry", profile.Names.Odometry, topics)] : ImmutableArray<CheckFinding>.Empty, Transform(), CameraTransform(),
            Heard("camera_info", profile.Names.CameraInfo, topics), Heard("detections", profile.Names.Detections, topics),
            Heard("diagnostics", profile.Names.Diagnostics, topics) is { IsRight: false } silent
                ? silent with { Right = $"{silent.Right}; without it no fault of the robot's own is seen" }
                : Heard("diagnostics", profile.Names.Diagnostics, topics),
            .. actions.Select(a => ActionFinding(a.Key, a.Action, a.Type, a.IsThere(), topics)),
            .. SkillNeeds.Actions.Where(key => profile.Names.ActionOf(key).Length == 0).Select(key => new CheckFinding($"actions.{key}", false, "none, as the profile says", "if the robot has one, name it there")),
            .. await ControllerFindings.AskAsync(ros, profile.Controllers, cancel),
            .. streams.Select(key => StreamFinding(key, profile.Names.CommandsOf(key), topics)),
            .. profile.Names.Velocity.Length == 0 ? [] : Told("topics.velocity", profile.Names.Velocity, MessageType.Of<Ros.Messages.GeometryMsgs.Twist>().Name, topics, "the base is commanded to stand still there"),
            .. profile.Heartbeat.Length > 0 ? Told("topics.worker_alive", profile.Heartbeat, MessageType.Of<Ros.Messages.StdMsgs.Bool>().Name, topics, "the robot would miss its worker, and react as to silence") : [],
            .. await StopFindingsAsync(services, cancel),
        ];
        return new(profile.Name, address, profile.Dialect, findings, [.. SkillNeeds.BySkill.Where(n => n.Key != IPolicySource.Skill || !streams.IsEmpty).Select(n => SkillFinding(n.Key, n.Value, findings))]);
    }

    public void Dispose() => held.ForEach(h => h.Dispose());

    private static SkillCheck SkillFinding(string skill, string[] needs, ImmutableArray<CheckFinding> findings)
    {
        var missing = findings.Where(f => !f.IsRight && (needs.Contains(ControllerFindings.ActionOf(f.Subject)) || Always.Contains(f.Subject))).Select(f => f.Subject).ToImmutableArray();
        return new(skill, missing.IsEmpty, missing);
    }

    private CheckFinding ClockFinding(ImmutableArray<TopicInfo> topics) => profile.Names.Clock.Length > 0
        ? Heard("clock", profile.Names.Clock, topics) is { IsRight: false } silent ? silent with { Right = $"{silent.Right}; a robot without one says 'clock: none' in its profile" } : Heard("clock", profile.Names.Clock, topics)
        : new("clock", true, "none: the stamps of joint states and odometry are the robot's time");

    private CheckFinding Description(ImmutableArray<TopicInfo> topics)
    {
        if (urdf is null) return Heard("robot_description", profile.Names.RobotDescription, topics);
        var bag = new DiagnosticBag();
        if (Urdf.Parse(urdf, profile.Names.RobotDescription, bag) is not { } model) return new("robot_description", false, bag.All[0].ToString(), "a URDF that can be read");
        try
        {
            var chain = KinematicChain.Between(model, profile.Frames.Base, profile.Frames.Tool);
            return chain.JointNames.SequenceEqual(profile.ArmJoints, StringComparer.Ordinal)
                ? new("robot_description", true, $"a URDF with {chain.Count} moving joints from {profile.Frames.Base} to {profile.Frames.Tool}")
                : new("robot_description", false, $"the joints from {profile.Frames.Base} to {profile.Frames.Tool} are {string.Join(", ", chain.JointNames)}",
                    $"the profile's arm has {string.Join(", ", profile.ArmJoints)}");
        }
        catch (ArgumentException e)
        {
            return new("robot_description", false, $"no chain from {profile.Frames.Base} to {profile.Frames.Tool}: {e.Message}", "correct 'frames' in the profile");
        }
    }

    private CheckFinding JointFinding(ImmutableArray<TopicInfo> topics)
    {
        if (joints is null) return Heard("joint_states", profile.Names.JointStates, topics);
        var missing = profile.ArmJoints.Append(profile.GripperJoint).Where(j => !joints.Name.Contains(j)).ToList();
        return missing.Count == 0
            ? new("joint_states", true, $"all {profile.ArmJoints.Length} joints of the arm, and {profile.GripperJoint}")
            : new("joint_states", false, $"tells of {string.Join(", ", joints.Name)}, and not of {string.Join(", ", missing)}", "correct 'arm' and 'gripper' in the profile");
    }

    private CheckFinding Transform() => profile.Names.BaseMoves ? MovingTransform()
        : transforms.Lookup(profile.Frames.Map, profile.Frames.Base, RobotTime.Zero) is not null ? new("tf", true, $"{profile.Frames.Base} stands in {profile.Frames.Map}")
        : new("tf", false, $"where {profile.Frames.Base} stands in {profile.Frames.Map} is not on {profile.Names.TfStatic}", "publish it there, latched: a base without odometry does not move");

    private CheckFinding MovingTransform() => odometryHadTransform
        ? new("tf", true, $"{profile.Frames.Base} in {profile.Frames.Map} at the odometry's stamps")
        : new("tf", false, odometryAt is null ? "no odometry to hold it against" : $"{profile.Frames.Base} in {profile.Frames.Map} is not known at the odometry's stamps, within {profile.TransformAge.TotalMilliseconds:0} ms",
            "localisation must be running, and 'frames' right in the profile");

    private CheckFinding CameraTransform() => cameraHadTransform && !cameraFrameIsKnown
        ? new("tf to the camera", false, $"'frames.camera' is {profile.Frames.Camera}, and where that is in {profile.Frames.Map} is not known at the detections' stamps", "correct 'frames.camera' in the profile: looks are pointed by it")
        : cameraHadTransform
        ? new("tf to the camera", true, "where the camera is in the map is known at the detections' stamps")
        : new("tf to the camera", false, cameraAt is null ? "no detections to hold it against" : $"where the camera is in {profile.Frames.Map} is not known at the detections' stamps, within {profile.TransformAge.TotalMilliseconds:0} ms",
            "the detections' frame must be on /tf, and young enough");

    /// <summary>A topic from which something came, or why nothing did.</summary>
    private CheckFinding Heard(string subject, string topic, ImmutableArray<TopicInfo> topics)
    {
        if (refused.TryGetValue(subject, out var problem)) return new(subject, false, problem, "the type that the profile's format says");
        if (heard.GetValueOrDefault(subject) is > 0 and var count) return new(subject, true, $"{topic}: {count} messages");
        return topics.FirstOrDefault(t => t.Name == topic) is null
            ? new(subject, false, $"{topic} is not there", Nearest.To(topic, topics.Select(t => t.Name)) is { } near ? $"did you mean {near}?" : "start what publishes it, or correct the name in the profile")
            : new(subject, false, $"{topic}: nothing came", topics.Where(t => t.Name != topic && t.RosType == wanted[subject]).Select(t => t.Name).ToList() is { Count: > 0 } like
                ? $"{wanted[subject]} is on {string.Join(", ", like)}: correct the name in the profile, or see that the publisher runs"
                : "see that its publisher runs, and that type and quality of service fit");
    }

    private static CheckFinding ActionFinding(string key, string action, string type, bool isThere, ImmutableArray<TopicInfo> topics)
    {
        var known = GraphTour.Actions(topics);
        if (known.TryGetValue(action, out var its) && its != type)
            return new($"actions.{key}", false, $"{action} is of type {its}", $"the profile says {type}");
        if (isThere) return new($"actions.{key}", true, $"{action}: its server is there");
        return new($"actions.{key}", false, $"{action} has no server", Nearest.To(action, known.Keys) is { } near && near != action ? $"did you mean {near}?" : "start its controller, or correct the name in the profile");
    }

    /// <summary>A topic that targets are streamed on: somebody must listen there.</summary>
    private static CheckFinding StreamFinding(string key, string topic, ImmutableArray<TopicInfo> topics)
    {
        var (subject, type) = ($"topics.{key}", MessageType.Of<Ros.Messages.StdMsgs.Float64MultiArray>().Name);
        if (topic.Length == 0) return new(subject, false, "none, as the profile says", "name the topic of its forward command controller there; only policies need it");
        if (topics.FirstOrDefault(t => t.Name == topic) is not { } there) return new(subject, false, $"{topic} is not there", "start its forward command controller, or correct the name in the profile; only policies need it");
        return RosTypes.Full(there.RosType, "msg") == type ? new(subject, true, $"{topic} is there") : new(subject, false, $"{topic} carries {there.RosType}", $"it must be {type}");
    }

    /// <summary>A topic that the worker publishes: the wrong type is found where others use it already.</summary>
    private static IEnumerable<CheckFinding> Told(string subject, string topic, string type, ImmutableArray<TopicInfo> topics, string why) =>
        topics.FirstOrDefault(t => t.Name == topic) is { RosType: var its } && RosTypes.Full(its, "msg") != type
            ? [new(subject, false, $"{topic} carries {its}", $"the profile's format says {type}: {why}")]
            : [];

    private async Task<IEnumerable<CheckFinding>> StopFindingsAsync(ImmutableArray<string>? services, CancellationToken cancel)
    {
        if (!profile.StopList.Contains(StopMeasure.ProtectiveStop) || services is not { } there) return [];
        return
        [
            await ServiceFindingAsync("services.protective_stop", profile.Names.ProtectiveStop, there, cancel),
            await ServiceFindingAsync("services.protective_stop_release", profile.Names.ProtectiveStopRelease, there, cancel),
        ];
    }

    private async Task<CheckFinding> ServiceFindingAsync(string subject, string service, ImmutableArray<string> there, CancellationToken cancel)
    {
        const string LeaveOut = "leave protective_stop out of the profile's 'stop'";
        if (!there.Contains(service)) return new(subject, false, $"{service} is not offered", $"offer it, or {LeaveOut}");
        try
        {
            var type = await GraphTour.Of(ros).TypeOfServiceAsync(service, null, cancel);
            return type.Name == Trigger.Type.Name ? new(subject, true, $"{service} is offered") : new(subject, false, $"{service} is of type {type.Name}", $"it must be {Trigger.Type.Name}; correct the name, or {LeaveOut}");
        }
        catch (GraphTourException)
        {
            return new(subject, true, $"{service} is offered");    // of which type, nobody tells
        }
    }

    private async Task<ImmutableArray<string>?> ServicesAsync(CancellationToken cancel)
    {
        try
        {
            return await GraphTour.Of(ros).ServicesAsync(cancel);
        }
        catch (GraphTourException)
        {
            return null;    // nobody tells: nothing can be said of services
        }
    }

    private void Hear<T>(string subject, string topic, Action<T> take) where T : IRosMessage<T>
    {
        wanted[subject] = MessageType.Of<T>().Name;
        try
        {
            held.Add(ros.Subscribe<T>(
                topic,
                m =>
                {
                    heard[subject] = heard.GetValueOrDefault(subject) + 1;
                    take(m);
                },
                profile.Qos.GetValueOrDefault(topic)));
        }
        catch (RosGraphException e)
        {
            refused[subject] = e.Message;
        }
    }

    private void Offered<TGoal, TResult, TFeedback>(string key, ActionType<TGoal, TResult, TFeedback> type, string action)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        if (action.Length == 0) return;
        var client = ros.ActionClient(type, action);
        held.Add(client);
        actions.Add((key, action, type.Name, () => client.ServerIsThere));
    }

    private void Take(TFMessage message, bool isStatic)
    {
        foreach (var t in message.Transforms)
            transforms.Set(t.Header.FrameId, t.ChildFrameId, t.Transform.ToPose(), t.Header.Stamp.ToRobotTime(), isStatic);
    }

    // A robot may tell of arm and gripper in messages of their own.
    private static JointState Joined(JointState? before, JointState now) =>
        before is null ? now : now with { Name = [.. now.Name.Union(before.Name, StringComparer.Ordinal)] };
}
