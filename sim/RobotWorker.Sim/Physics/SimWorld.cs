using RobotWorker.MuJoCo;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>
/// One world in MuJoCo: the robot with its servo loops, the furniture and the loose objects. It knows nothing of ROS. Metres, radians, seconds, newtons;
/// poses are in <c>map</c>. Not thread-safe; <see cref="Step()"/> allocates nothing.
/// </summary>
public sealed class SimWorld : IDisposable
{
    /// <summary>One physics step. 2 ms: objects held by friction slip at larger ones.</summary>
    public const double StepSeconds = 0.002;

    // Motors take seconds to warm up.
    private const int WarmEvery = 10;

    private readonly MjModel model;
    private readonly MjData data;
    private readonly RobotJoints joints;
    private readonly ObjectBodies objects;
    private readonly Frames frames;
    private readonly Sight sight;
    private readonly int hand, baseLink;
    private Impairment impairment = Impairment.None;

    /// <exception cref="MuJoCoUnavailableException">MuJoCo's library cannot be used.</exception>
    public SimWorld(SceneInstance scene, RobotDescription robot)
    {
        (Scene, Robot) = (scene, robot);
        Mjcf = MjcfWriter.Write(scene, robot);
        model = MjModel.FromXml(Mjcf);
        data = new(model);
        joints = new(model, robot);
        objects = new(model, data, scene);
        frames = new(model, data);
        sight = new(data, objects);
        (hand, baseLink) = (model.Id(MjObject.Body, "hand"), model.Id(MjObject.Body, "base_link"));
        Base = robot.Base.IsFixed ? new FixedBase() : new BaseDrive(model, data, robot.Base);
        Arm = new(model, data, joints, robot);
        Gripper = new(model, data, robot.Gripper);
        Head = new(model, data, robot.Head);
        Base.Place(scene.Scene.Start);
        Arm.Place(robot.Posture("stow"));
        Gripper.Place(robot.Gripper.Opening);
        data.Forward();
    }

    public SceneInstance Scene { get; }

    public RobotDescription Robot { get; }

    /// <summary>The model as MuJoCo's XML: what a renderer in another process compiles.</summary>
    public string Mjcf { get; }

    public double TimeSeconds => Steps * StepSeconds;

    /// <summary>Steps made so far; time is counted in these, so that it does not drift.</summary>
    public long Steps { get; private set; }

    public RobotBase Base { get; }

    public ArmDrive Arm { get; }

    public GripperDrive Gripper { get; }

    public HeadDrive Head { get; }

    /// <summary>What of the robot is out of order. Faults set it, between two steps.</summary>
    public Impairment Impairment
    {
        get => impairment;
        set
        {
            impairment = value;
            Base.Impair(value);
            Arm.Impair(value);
            Gripper.Impair(value);
            var push = data.XfrcApplied.Slice(6 * hand, 3);
            (push[0], push[1], push[2]) = (value.HandPush.X, value.HandPush.Y, value.HandPush.Z);
        }
    }

    /// <summary>Whether <see cref="Brake"/> holds.</summary>
    public bool IsBraked { get; private set; }

    /// <summary>MuJoCo's side, for the renderer, the truth and tests.</summary>
    public MjModel Model => model;

    public MjData Data => data;

    /// <summary>Just before MuJoCo's own step, when all that it is made from is set: whoever records what the step is made from.</summary>
    public event Action? Stepping;

    /// <summary>Just after MuJoCo's own step, before anything else is done to its state.</summary>
    public event Action? Stepped;

    /// <summary>Advances by <see cref="StepSeconds"/>, servo loops included.</summary>
    public void Step()
    {
        joints.CompensateGravity(data);
        Base.Drive();
        Arm.Drive();
        Gripper.Drive();
        Head.Drive();
        Stepping?.Invoke();
        data.Step();
        Stepped?.Invoke();
        Steps++;
        Base.Measure();
        Gripper.Measure();
        if (Steps % WarmEvery == 0) Warm();
    }

    public void Step(int count)
    {
        for (var i = 0; i < count; i++) Step();
    }

    /// <summary>
    /// Everything stops and is held where it is: wheels, arm and head. The gripper keeps its grip. Targets given while braked are dropped.
    /// </summary>
    public void Brake()
    {
        IsBraked = true;
        Base.Hold();
        Arm.Hold();
        Head.Hold();
    }

    /// <summary>Lets motion go again; nothing moves until a new target comes.</summary>
    public void ReleaseBrake()
    {
        IsBraked = false;
        Base.Release();
        Arm.Release();
        Head.Release();
    }

    /// <summary>A person takes an object out of the room. Between two steps.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public void TakeAway(string name)
    {
        objects.TakeAway(name);
        data.Forward();
    }

    /// <summary>Where a link or frame of the robot is: <c>base_link</c>, <c>arm_link_3</c>, <c>hand</c>, <c>tool0</c>, <c>head_camera_optical_frame</c>.</summary>
    public Pose LinkPose(string name) => frames.Of(name);

    /// <summary>The camera's optical frame: z forward, x right, y down. <c>overview</c> or <c>head_camera</c>.</summary>
    public Pose CameraPose(string camera) => frames.OfCamera(camera);

    /// <summary>Of the object's centre.</summary>
    public Pose ObjectPose(string name) => objects.Pose(name);

    /// <summary>Of the object's centre, metres a second.</summary>
    public Vec3 ObjectVelocity(string name) => objects.Velocity(name);

    /// <summary>Share of the object's sample points (0 to 1) that a ray from <paramref name="eye"/> reaches first: nothing stands before them.</summary>
    public double VisibleShare(Vec3 eye, string name) => sight.VisibleShare(eye, name);

    /// <summary>Whether less than a third of the object is in free sight.</summary>
    public bool HiddenFrom(Vec3 eye, string name) => VisibleShare(eye, name) < 1.0 / 3;

    /// <summary>
    /// How far level beams reach from a point that turns with the base before they meet anything but the base itself; infinity where there is nothing. The beam of index
    /// i points <paramref name="first"/> + i * <paramref name="step"/> radians to the left of the base's heading.
    /// </summary>
    public void Scan(Vec3 from, double first, double step, Span<double> metres) => sight.Scan(Base.Pose.ToPose().Apply(from), Base.Pose.Yaw + first, step, baseLink, metres);

    /// <summary>How hard something that is not the robot's own presses on the base, newtons: the strongest contact.</summary>
    public double BaseContactForce()
    {
        var strongest = 0.0;
        var contacts = data.Contacts;
        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            var other = model.GeomBody(contact.Geom1) == baseLink ? contact.Geom2 : model.GeomBody(contact.Geom2) == baseLink ? contact.Geom1 : -1;
            if (other >= 0 && (model.GeomContactType[other] & (Physics.Mjcf.World | Physics.Mjcf.Object)) != 0) strongest = Math.Max(strongest, data.ContactNormalForce(i));
        }
        return strongest;
    }

    /// <summary>Length of a saved state.</summary>
    public int StateSize => data.StateSize;

    /// <summary>The whole state as numbers, for <see cref="MjData.LoadState"/> on a model of the same <see cref="Mjcf"/>.</summary>
    public void SaveState(Span<double> state) => data.SaveState(state);

    public double[] SaveState() => data.SaveState();

    private void Warm()
    {
        const double seconds = WarmEvery * StepSeconds;
        Base.Warm(impairment.BaseCelsius, seconds);
        Arm.Warm(seconds);
        Gripper.Warm(impairment.GripperCelsius, seconds);
    }

    public void Dispose()
    {
        data.Dispose();
        model.Dispose();
    }
}
