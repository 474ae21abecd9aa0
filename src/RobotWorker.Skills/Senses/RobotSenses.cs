using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Joins the robot's topics to the senses. Everything that is believed of the robot and its world enters here.</summary>
internal sealed class RobotSenses : SignalSense.ISource, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly IRosConnection ros;
    // The farthest that an object lies from tool0 while the fingers hold it.
    private const double InHandMetres = 0.12;

    // How far the hand carries something before it is told anew.
    private const double CarriedMetres = 0.1;

    private readonly RobotProfile profile;
    private readonly TransformBuffer transforms;
    private readonly Waiting waiting;
    private Vec3? carriedTo;

    public RobotSenses(
        IRosConnection ros, RobotProfile profile, SiteMap site, PredicateTable predicates, IWorkerInbox inbox, Action<Sample> samples)
    {
        (this.ros, this.profile) = (ros, profile);
        Gate = new(inbox, predicates);
        transforms = new(profile.TransformAge);
        Joints = new(profile);
        Base = new(profile, site, transforms, Gate, ros.Time);
        Objects = new(profile, site, transforms, Gate);
        Gripper = new(profile, site, Joints, Gate);
        Postures = new(profile, Joints, Gate);
        Still = new(profile, Clock, ros.Time, Joints, Base, Gate);
        Reach = new(profile, site, Objects, Base, Gate);
        waiting = new(ros.Time);
        Voice = new(ros.Time, () => VoiceChanged?.Invoke());
        var signals = new SignalSense(samples);
        var names = profile.Names;
        if (names.Clock.Length > 0) On<Clock>(names.Clock, m =>
        {
            Clock.Set(m.Value.ToRobotTime());
            signals.Take(m);
        });
        On<TFMessage>(names.Tf, m =>
        {
            Take(m, isStatic: false);
            signals.Take(m);
        });
        On<TFMessage>(names.TfStatic, m =>
        {
            Take(m, isStatic: true);
            signals.TakeStatic(m);
        });
        On<JointState>(names.JointStates, m =>
        {
            Joints.Take(m);
            TakeStamp(m.Header.Stamp.ToRobotTime());
            signals.Take(m);
            // Who stands for good is where it is whenever anything is heard.
            if (!names.BaseMoves) Base.Stand(m.Header.Stamp.ToRobotTime());
            Still.Update();
            Voice.Take(Still.IsHeard);
            Postures.Tell();
            Gripper.Tell((name, since) => IsSeenElsewhere(name, since));
            TellWhatIsCarried();
            if (!names.BaseMoves) TellOfBase();
            Heard?.Invoke();
        });
        if (names.BaseMoves) On<Odometry>(names.Odometry, m =>
        {
            Base.Take(m);
            TakeStamp(Base.At);
            signals.Take(m);
            Still.Update();
            Voice.Take(Still.IsHeard);
            TellOfBase();
        });
        On<CameraInfo>(names.CameraInfo, Objects.Take);
        On<Detection3DArray>(names.Detections, m =>
        {
            Objects.Take(m);
            signals.Take(m);
        });
        On<DiagnosticArray>(names.Diagnostics, signals.Take);
        signals.ListenBeside(this, names);
        if (names.Mode.Length > 0)
        {
            var mode = new ModeSense(names.Mode, inbox);
            On<Ros.Messages.StdMsgs.String>(names.Mode, m => mode.Take(m.Data));
        }

        void TellOfBase()
        {
            Base.Tell();
            Reach.Tell(Still.Since is not null, Base.At);
        }

        // Without a clock topic the robot's time is the latest that its messages bear.
        void TakeStamp(RobotTime stamp)
        {
            if (names.Clock.Length == 0 && stamp > Clock.Now) Clock.Set(stamp);
        }
    }

    /// <summary>Raised many times a second while the robot speaks.</summary>
    public event Action? Heard;

    /// <summary>Raised when the robot falls silent, and when it speaks again.</summary>
    public event Action? VoiceChanged;

    /// <summary>Whether it is in reach.</summary>
    public VoiceSense Voice { get; }

    public RobotClock Clock { get; } = new();

    public FactGate Gate { get; }

    public JointSense Joints { get; }

    public BaseSense Base { get; }

    public ObjectSense Objects { get; }

    public GripperSense Gripper { get; }

    public PostureSense Postures { get; }

    public StillSense Still { get; }

    public ReachSense Reach { get; }

    /// <summary>Who looks through the head's camera, one after another.</summary>
    public Turns Head { get; } = new();

    /// <summary>Waits for something to be sensed; false when the deadline passed first.</summary>
    public Task<bool> UntilAsync(Func<bool> sensed, TimeSpan deadline, CancellationToken cancel) => waiting.UntilAsync(sensed, deadline, cancel);

    public void Dispose()
    {
        subscriptions.ForEach(s => s.Dispose());
        Voice.Dispose();
    }

    void SignalSense.ISource.On<T>(string topic, Action<T> take) => On(topic, take);

    private void On<T>(string topic, Action<T> take) where T : Ros.Messages.IRosMessage<T> => subscriptions.Add(ros.Subscribe<T>(
        topic,
        m =>
        {
            try
            {
                take(m);
            }
            catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidOperationException)
            {
                // A message that makes no sense, as a bad wire may deliver one, is as good as none: that too little is heard, the fault monitor finds.
                return;
            }
            waiting.Changed();
        },
        profile.Qos.GetValueOrDefault(topic)));

    private void Take(TFMessage message, bool isStatic)
    {
        foreach (var t in message.Transforms)
            transforms.Set(t.Header.FrameId, t.ChildFrameId, t.Transform.ToPose(), t.Header.Stamp.ToRobotTime(), isStatic);
        Base.Locate();
    }

    /// <summary>What the hand holds is where the hand is: told as it goes, since from its old place nobody shall expect it.</summary>
    private void TellWhatIsCarried()
    {
        if (Gripper.Holding is not { } name)
        {
            carriedTo = null;
            return;
        }
        if (transforms.Lookup(profile.Frames.Map, profile.Frames.Tool, Joints.At) is not { } tool) return;
        if (carriedTo is { } before && (before - tool.Position).Length < CarriedMetres) return;
        carriedTo = tool.Position;
        Gate.Post(new(Atom.Of("located", name), Truth.True, Joints.At, "gripper", Where: new(profile.Frames.Map, tool), Evidence: "in the hand"));
    }

    /// <summary>How an object lies in tool0's frame, as the camera has seen it between the fingers since they closed; null when it did not.</summary>
    public Pose? InHand(string name) =>
        Objects.WhereIs(name) is { } e && Gripper.Grasped is { } grasped && e.At > grasped.At && transforms.Lookup(profile.Frames.Map, profile.Frames.Tool, e.At) is { } tool && (tool.Position - e.Pose.Position).Length <= InHandMetres
            ? tool.Inverse() * e.Pose
            : null;

    /// <summary>The camera has seen an object away from the hand after the fingers closed on it: then they hold something else, or air.</summary>
    private bool IsSeenElsewhere(string name, RobotTime since)
    {
        if (Objects.WhereIs(name) is not { } e || e.At <= since + TimeSpan.FromSeconds(1)) return false;
        var tool = transforms.Lookup(profile.Frames.Map, profile.Frames.Tool, e.At);
        return tool is { } t && (t.Position - e.Pose.Position).Length > InHandMetres;
    }
}
