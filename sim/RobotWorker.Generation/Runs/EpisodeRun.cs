using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Firmware.Arm;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Video;
using RobotWorker.MuJoCo;
using RobotWorker.Plans;
using RobotWorker.Recording;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// One episode from a checked job to its files: the simulated robot on one side of the ROS graph, skills and executor on the other, the recorder listening
/// in, the film made beside it. Everything but the film lives on one loop.
/// </summary>
public sealed class EpisodeRun(Job job, RunOptions options, Func<EpisodeLoop, IPerson> person, StopSwitch stop)
{
    private static readonly string[] OwnEndings = [".mcap", ".mcap.partial", ".mp4"];

    private readonly Episode episode = Episode.Of(job.Plan.Id, job.Plan.Revision, checked((long)options.Seed));
    private readonly MemoryJournal journal = new();
    private readonly List<IEpisodeObserver> observers = [];
    private readonly List<string> notices = [];

    /// <summary>Shows every transition to a view.</summary>
    public void Subscribe(IEpisodeObserver observer) => observers.Add(observer);

    /// <summary>Runs it. Blocks until the episode and its files are whole.</summary>
    /// <exception cref="MuJoCoUnavailableException">There is no simulator.</exception>
    /// <exception cref="RobotNotReadyException">The robot did not tell in time what it is.</exception>
    public RunResult Run()
    {
        var began = options.Stopwatch.GetTimestamp();
        var scene = SceneSampler.Sample(job.Scene, options.Seed);
        using var world = new SimWorld(scene, job.Robot);
        using var film = options.Video == VideoMode.None ? null : Film(world, FilmFormat.Of(options.Video));
        var loop = new EpisodeLoop(options.Pace);
        var set = options.Stopwatch.GetElapsedTime(began);
        var outcome = loop.Run(() => RunOnLoopAsync(loop, scene, world, film));
        var ended = options.Stopwatch.GetElapsedTime(began);
        var filmed = film?.Finish();
        var report = outcome.Report with { Files = Files(filmed, outcome.Recorded) };
        if (WholeFile.TryWrite(FileOf(".json"), ReportJson.Write(report)) is { } unwritten)
        {
            notices.Add($"There is no report: {unwritten}");
            report = report with { Files = report.Files.Remove("report") };
        }
        var total = options.Stopwatch.GetElapsedTime(began);
        return new(report, outcome.State, [.. journal.Events], Timing(outcome, set, ended, total, filmed), [.. notices]);
    }

    /// <summary>Why a job cannot be done in simulation over the bytes of that bus; null: it can.</summary>
    public static string? WhyNotOver(SerialArmDescription arm, Job job) =>
        !job.Robot.Base.IsFixed ? $"the base of '{job.Robot.Name}' drives; an arm on a servo bus alone is screwed down (sim/robots/so101.yaml)"
        : SimServoPlant.WhyNot(arm, job.Robot.ArmJointNames) is { } why ? $"the arm '{arm.Name}' cannot stand for that of '{job.Robot.Name}': {why}"
        : job.Faults.FirstOrDefault(f => !SerialBench.CanBeWrong(f.Kind)) is { } idle ? $"{idle.Kind} is a fault of the simulated robot's own drives and sensors, and does nothing to an arm behind a servo bus; {SerialBench.Faults} do"
        : null;

    private async Task<LoopOutcome> RunOnLoopAsync(EpisodeLoop loop, SceneInstance scene, SimWorld world, FilmStream? film)
    {
        var graph = new InProcessGraph(loop.Time, options.ThroughCdr);
        using var workerSide = graph.Connect("worker");
        using var side = new SimulatedSide(
            world, job.Robot, scene, graph, options.Seed, episode.Id,
            new() { Stopwatch = options.Stopwatch, Detector = options.Detector, SensorNoise = options.SensorNoise, SensorRate = options.SensorRate }, job.Faults, options.SerialArm,
            loop.Pace == Pace.Wall ? loop.Inbox.Post : null, options.Taught, options.Board);
        var (metal, truth) = (side.Robot, side.Truth);
        if (film is not null) Show(metal, film);
        var bench = metal as SerialBench;
        if (bench is not null) bench.Notice += notices.Add;
        if (bench?.Port is { } port) notices.Add($"The arm's bus was a serial port, {port}.");

        using var recorder = new EpisodeRecorder(FileOf(".mcap"), () => metal.Now, Info());
        foreach (var document in job.Documents) recorder.Attach(document.Name, "application/yaml", document.Text);
        var tap = new TimedTap(recorder, options.Stopwatch);
        using var tapped = workerSide.Tap(tap);

        var profile = Site.ProfileOf(job.Robot);
        var told = new RobotJob(job.Plan, job.Catalogue, job.Site, options.Taught is null ? profile : TaughtArm.Without(profile), job.Documents);
        using var worker = new WorkerSide(
            told, episode, options.Seed, loop, workerSide, stop: null, journal, person(loop), new EventRecorder(recorder, tap), observers, policies: new PoliciesByName(options.Seed));
        metal.Start();
        if (bench is not null) await bench.PowerOnAsync();
        var result = await worker.RunAsync(options.ConnectDeadline, loop, stop);
        var report = result.Report with { GoalMet = job.Plan.Goal is { } goal ? new GoalTruth(world, truth).Holds(goal) : null, Truth = Truth(truth) };
        tap.Measure(() => recorder.Attach("report.json", "application/json", ReportJson.Write(report)));
        tap.Measure(recorder.Dispose);
        if (recorder.Failure is { } failure) notices.Add(failure);
        return new(report, result.State, metal.Now, metal.PhysicsTime, tap.Taken, recorder.Failure is null);
    }

    private FilmStream Film(SimWorld world, FilmFormat format) =>
        new(new(world.Mjcf, "overview", format.Width, format.Height, format.FramesPerSecond, FileOf(".mp4")), options.RenderCommand);

    private void Show(IRobotNode robot, FilmStream film)
    {
        var ticks = new Ticks(FilmFormat.Of(options.Video).PeriodSeconds);
        robot.PhysicsStepped += (now, world) =>
        {
            if (ticks.IsDue(now)) film.Add(world.SaveState());
        };
    }

    private EpisodeInfo Info() => new(
        episode.Id, job.Plan.Id, options.Seed, job.Robot.Name, "mujoco", $"MuJoCo {MuJoCoLibrary.VersionText}", "implicit");

    private static TruthReport Truth(TruthLog log) => new([.. log.Slips.Select(s => new SlipReport(
        s.Object, RobotTime.FromSeconds(s.LostContactSeconds ?? 0), Math.Round(s.FellMetres, 4), Math.Round(s.DisplacedMetres, 4)))]);

    private ImmutableSortedDictionary<string, string> Files(FilmResult? filmed, bool recorded)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (recorded) files["mcap"] = FileOf(".mcap");    // an older file of that name is not this episode's
        files["report"] = FileOf(".json");
        if (filmed?.Statistics is { } film) files["video"] = Path.Combine(options.Folder, Path.GetFileName(film.Path));    // the encoder tells the full path
        if (filmed?.Problem is { } problem) notices.Add($"There is no film: {problem}");
        if (filmed?.Notice is { } notice) notices.Add(notice);
        return files.ToImmutable();
    }

    /// <summary>The files that an episode writes beside its report.</summary>
    public static IEnumerable<string> FilesOf(Plan plan, string folder, ulong seed) => OwnEndings.Select(ending => FileOf(plan, folder, seed, ending));

    private string FileOf(string ending) => FileOf(job.Plan, options.Folder, options.Seed, ending);

    internal static string FileOf(Plan plan, string folder, ulong seed, string ending) => Path.Combine(folder, $"{plan.Id}-{seed}{ending}");

    private static RunTiming Timing(LoopOutcome outcome, TimeSpan set, TimeSpan ended, TimeSpan total, FilmResult? filmed)
    {
        var loop = ended - set;
        return new(
            outcome.End.Seconds, total.TotalSeconds, set.TotalSeconds, outcome.Physics.TotalSeconds,
            (loop - outcome.Physics - outcome.Recording).TotalSeconds, outcome.Recording.TotalSeconds,
            filmed?.Statistics?.RenderingSeconds ?? 0, filmed?.Statistics?.EncodingSeconds ?? 0, (total - ended).TotalSeconds);
    }

    private sealed record LoopOutcome(EpisodeReport Report, PlanState State, RobotTime End, TimeSpan Physics, TimeSpan Recording, bool Recorded);
}
