using RobotWorker.Diagnostics;
using RobotWorker.Execution;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Board;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Ros.Messages.StdSrvs;
using RobotWorker.Sim.Physics;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Testing;

/// <summary>An emergency stop that was pressed; times in seconds of the world, angles in radians, by the simulator's truth.</summary>
/// <param name="At">When its contact opened.</param>
/// <param name="Lifted">The block that the arm held; null: none.</param>
public sealed record PressedStop(double At, string? Lifted)
{
    /// <summary>When the host knew.</summary>
    public double? Seen { get; set; }

    /// <summary>From when on every joint was slower than what the worker takes for still: with a hold while the drives had power, without one for good.</summary>
    public double Stood { get; set; }

    /// <summary>When the relay opened.</summary>
    public double? Cut { get; set; }

    /// <summary>Of the fastest joint when it was pressed, and when the relay opened, rad/s.</summary>
    public double Speed { get; init; }

    public double SpeedAtCut { get; set; }

    /// <summary>How far any joint went in as long before the contact's release as from there to the reset, in that time, and from there to the answer.</summary>
    public double MovedBeforeRelease { get; set; }

    public double MovedBeforeReset { get; set; }

    public double MovedAfterReset { get; set; }
}

/// <summary>
/// The real firmware between the supply and the servos of a simulated arm that carries out a plan, and somebody beside it: presses the emergency stop at moments of their choice, waits until they are asked, pulls it out, resets it,
/// and answers that it go on.
/// </summary>
/// <param name="hold">For how long the board leaves the drives their power.</param>
/// <param name="isMoment">Asked after each step of the physics while nothing is pressed: whether to press now.</param>
/// <param name="patience">How long they look on after each thing that they did; null: they pull it out and reset it as soon as the arm has lain still for a while, whoever asks what.</param>
public sealed class EmergencyStops(TimeSpan hold, Func<GuardedArm, bool> isMoment, TimeSpan? patience) : IPerson, IDisposable
{
    // While nothing is pressed the board runs for a control period of the bench in one go: the host hears it no more often.
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(10);

    // A block that is that far above where it lay is in the gripper.
    private const double LiftedMetres = 0.03;

    private const int MostQuestions = 6;

    // Then it does not move any more while its torque comes on.
    private const double LainSeconds = 0.3;

    private readonly EmulatedBoard board = new();
    private readonly List<PressedStop> presses = [];
    private readonly List<Question> questions = [];
    private GuardedArm? beside;
    private EpisodeLoop? loop;
    private TimeSpan owed;
    private bool isPressed;
    private Task releasing = Task.CompletedTask;
    private double lastMoved;
    private (double[] Since, Action<double> Moved)? watched;

    public IReadOnlyList<PressedStop> Presses => presses;

    public IReadOnlyList<Question> Questions => questions;

    /// <summary>How many of them were released and reset since.</summary>
    public int Released { get; private set; }

    /// <summary>Hears how many that are, just before a person says that it go on.</summary>
    public Action<int> Answered { get; init; } = _ => { };

    /// <summary>The plan that puts blocks into a tray, over the arm's bus, until its end.</summary>
    /// <param name="folder">Where the episode's files go.</param>
    /// <param name="plan">Its file.</param>
    public RunResult Run(string plan, ulong seed, string folder, StopSwitch? stop = null)
    {
        var bag = new DiagnosticBag();
        var file = Repository.PathOf("sim/robots/so101-desk.arm.yaml");
        var arm = SerialArmReader.Read(File.ReadAllText(file), file, bag) ?? throw new InvalidOperationException(string.Join('\n', bag.All));
        var job = JobReader.Read(plan, scene: null, bag) ?? throw new InvalidOperationException(string.Join('\n', bag.All));
        board.SetHold(hold);
        var guard = new BenchBoard(() => board, () => board.IsClosed, Pass) { Wired = Stand };
        return new EpisodeRun(job, new(seed, Pace.Virtual, folder, VideoMode.None, []) { SerialArm = arm, Board = guard }, on =>
        {
            loop = on;
            return this;
        }, stop ?? new()).Run();
    }

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        questions.Add(question);
        // Who was asked so often has lost patience.
        if (questions.Count - (2 * presses.Count) > MostQuestions) return null;
        if (isPressed && patience is { } looks) await LetGoOnAsync(presses[^1], looks);
        return question.OptionOf("continue") ?? question.OptionOf("retry");
    }

    public void Dispose() => board.Dispose();

    private async Task LetGoOnAsync(PressedStop press, TimeSpan looks)
    {
        Watch(moved => press.MovedBeforeRelease = Math.Max(press.MovedBeforeRelease, moved));
        await Task.Delay(looks, loop!.Time);
        if (hold == TimeSpan.Zero) press.Stood = lastMoved;
        Watch(moved => press.MovedBeforeReset = Math.Max(press.MovedBeforeReset, moved));
        board.Do("estop closed");
        await Task.Delay(looks, loop.Time);
        Watch(moved => press.MovedAfterReset = Math.Max(press.MovedAfterReset, moved));
        await ResetAsync();
        await Task.Delay(looks, loop.Time);
        watched = null;
        Release();
    }

    private void Release()
    {
        isPressed = false;
        Answered(++Released);
    }

    private async Task ResetAsync()
    {
        var answer = await beside!.Ros.CallServiceAsync(Trigger.Type, "/emergency_stop_reset", new(), TimeSpan.FromSeconds(5));
        if (!answer.Success) throw new InvalidOperationException($"/emergency_stop_reset: {answer.Message}");
    }

    private void Stand(GuardedArm arm)
    {
        beside = arm;
        var world = arm.World;
        arm.Board.StopPressed += _ =>
        {
            if (isPressed) presses[^1].Seen ??= world.TimeSeconds;
        };
        world.Stepped += () => Stepped(arm);
    }

    private void Stepped(GuardedArm arm)
    {
        var world = arm.World;
        if (Fastest(world) >= StillThresholds.Standard.Joint) lastMoved = world.TimeSeconds;
        if (isPressed) Follow(world);
        else if (arm.Arm.IsEnabled && isMoment(arm)) Press(world);
        if (watched is var (since, moved)) moved(Farthest(world.Arm.Positions, since));
    }

    private void Press(SimWorld world)
    {
        RunOwed();
        board.Do("estop open");
        presses.Add(new(world.TimeSeconds, LiftedOf(world)) { Speed = Fastest(world) });
        isPressed = true;
    }

    private void Follow(SimWorld world)
    {
        var press = presses[^1];
        if (press.Cut is not null)
        {
            if (releasing.Exception is { } refused) throw refused;
            if (patience is null && releasing.IsCompleted && world.TimeSeconds - Math.Max(lastMoved, press.Cut.Value) > LainSeconds) releasing = ReleaseAtOnceAsync(press);
            return;
        }
        press.Stood = Math.Max(lastMoved, press.At);
        if (!board.IsClosed) (press.Cut, press.SpeedAtCut) = (world.TimeSeconds, Fastest(world));
    }

    private async Task ReleaseAtOnceAsync(PressedStop press)
    {
        if (hold == TimeSpan.Zero) press.Stood = lastMoved;
        board.Do("estop closed");
        // The board looks at it each 10 ms.
        await Task.Delay(TimeSpan.FromMilliseconds(50), loop!.Time);
        await ResetAsync();
        Release();
    }

    private void Watch(Action<double> moved) => watched = (beside!.World.Arm.Positions.ToArray(), moved);

    /// <summary>The block that the arm holds above the desk; null: none.</summary>
    public static string? LiftedOf(SimWorld world) => world.Scene.Objects.FirstOrDefault(placed => world.ObjectPose(placed.Name).Position.Z > placed.Pose.Position.Z + LiftedMetres)?.Name;

    /// <summary>Of the arm's joints, rad/s.</summary>
    public static double Fastest(SimWorld world)
    {
        var fastest = 0.0;
        foreach (var speed in world.Arm.Velocities) fastest = Math.Max(fastest, Math.Abs(speed));
        return fastest;
    }

    private static double Farthest(ReadOnlySpan<double> now, double[] since)
    {
        var farthest = 0.0;
        for (var j = 0; j < since.Length; j++) farthest = Math.Max(farthest, Math.Abs(now[j] - since[j]));
        return farthest;
    }

    private void Pass(TimeSpan span)
    {
        owed += span;
        if (isPressed || owed >= Coarse) RunOwed();
    }

    private void RunOwed()
    {
        if (owed > TimeSpan.Zero) board.Run(owed);
        owed = TimeSpan.Zero;
    }
}
