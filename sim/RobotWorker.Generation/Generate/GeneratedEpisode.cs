using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Chance;
using RobotWorker.Episodes;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Replay;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.MuJoCo;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Recording.Video;
using RobotWorker.Recovery;
using RobotWorker.Ros.Graph;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.Sim.Variation;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Policies;
using RobotWorker.Time;

namespace RobotWorker.Generation.Generate;

/// <summary>Makes one episode of a data set: the worker does the task on the simulated robot at virtual pace, and each frame is kept.</summary>
/// <param name="render">Program and arguments that render a film.</param>
/// <param name="version">Of this program, for the provenance.</param>
/// <param name="time">Measures where the time goes.</param>
internal sealed class GeneratedEpisode(GenerateSpec spec, IReadOnlyList<string> render, string version, TimeProvider time)
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(5);

    // A step that fails at once would end the twin without recovery in the very frame of the onset: what the fault does to the world is to be seen.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    /// <summary>Makes it on the calling thread.</summary>
    /// <param name="draw">From 0.</param>
    /// <param name="role">Which of the episodes of the draw: <see cref="PairRole.Faulted"/> is the one that was drawn, whether a fault strikes it or not.</param>
    /// <param name="drawn">That one, of which a twin is made; null: it is the one.</param>
    /// <param name="folder">Where its films and its certificate of replay go.</param>
    /// <exception cref="VideoException">There is no film.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    /// <exception cref="InvalidDataException">A twin is not one.</exception>
    public (DatasetEpisode Episode, EpisodeTiming Timing) Make(int draw, PairRole role, DatasetEpisode? drawn, string folder, CancellationToken stop)
    {
        var seed = spec.SeedOf(draw);
        var episode = Episode.Of(spec.Job.Plan.Id, spec.Job.Plan.Revision, checked((long)seed));
        var (task, wording) = spec.Wording(seed);
        var fault = role == PairRole.FaultFree ? null : Fault(seed);
        var varied = VariationDraw.Of(spec.Vary, spec.Name, seed, spec.IsHeldOut);
        var place = VariedWorkplace.Of(new(spec.Job.Scene, spec.Job.Robot), varied);
        var scene = SceneSampler.Sample(place.Scene, seed);
        using var world = new SimWorld(scene, place.Robot);
        using var certificate = new CertificateRecorder(world);
        var films = spec.Cameras.Select(c => (Camera: c, Stream: Film(world, c, folder))).ToList();
        try
        {
            var loop = new EpisodeLoop(Pace.Virtual);
            var begin = time.GetTimestamp();
            var ran = loop.Run(() => RunAsync(seed, episode, varied, world, loop, fault, role == PairRole.NoRecovery, [.. films.Select(f => f.Stream)], stop));
            var simulating = time.GetElapsedTime(begin).TotalSeconds;
            stop.ThrowIfCancellationRequested();
            if (ran.Frames.Length == 0) throw new InvalidDataException($"the episode with seed {seed} ended before its first frame");
            CertificateFile.Write(Path.Combine(folder, CertificateFile.Name), certificate.Finish(ran.Frames.Steps));
            var filmed = films.ToDictionary(f => f.Camera.Name, f => Filmed(world, f.Camera, f.Stream.Finish(), folder, ran.Frames.Length));
            foreach (var camera in spec.Cameras.Where(c => c.Moves)) ran.Columns[camera.Pose.Key] = filmed[camera.Name].Statistics.Camera!.Poses;
            var made = new DatasetEpisode(
                ran.Frames.Length, task, ran.Columns, [.. ran.Frames.Subtasks], filmed.ToDictionary(f => f.Key, f => f.Value.Film),
                ran.Provenance with
                {
                    Wording = wording, Weight = drawn is null ? varied.Weight : 0, Variation = InWords(varied), Stratum = varied.Stratum, HeldOut = spec.IsHeldOut, FaultFile = fault?.Document.Name ?? "",
                    Renderer = filmed.Values.FirstOrDefault().Statistics?.Backend ?? "", Pair = Pair(role, drawn?.Provenance ?? ran.Provenance),
                });
            if (drawn is not null && TwinFrames.WhyNot(spec.Layout, drawn, made) is { } difference) throw new InvalidDataException($"the seed {seed} does not make the same episode twice: {difference}. No twin can be made of it");
            return (made, new(ran.Frames.Length, simulating, filmed.Values.Sum(f => f.Statistics.RenderingSeconds), filmed.Values.Sum(f => f.Statistics.EncodingSeconds)));
        }
        finally
        {
            foreach (var film in films) film.Stream.Dispose();
        }
    }

    private EpisodePair? Pair(PairRole role, EpisodeProvenance drawn) => spec.HasPairs && drawn.FaultOnset is { } onset ? new(role, onset) : null;

    // The floor and what is not there are drawn as well.
    private static string InWords(VariationDraw draw)
    {
        var all = new JsonObject();
        foreach (var (axis, value) in draw.Values) all[axis] = value;
        if (draw.Floor is { } floor) all["floor"] = floor.Name;
        if (!draw.Absent.IsEmpty) all["absent"] = string.Join(',', draw.Absent);
        return all.ToJsonString();
    }

    /// <summary>Whether a fault strikes, and which.</summary>
    private FaultFile? Fault(ulong seed)
    {
        var chance = RandomStream.For(seed, spec.Name, "faults");
        return chance.NextDouble() < spec.FaultShare ? spec.Faults[chance.NextInt(spec.Faults.Length)] : null;
    }

    private FilmStream Film(SimWorld world, DatasetCamera camera, string folder)
    {
        var training = new TrainingFilm(camera.Shadows, Beside(SidecarKind.Depth), Beside(SidecarKind.Segmentation), spec.Layout.Segments);
        return new(new(world.Mjcf, camera.Name, camera.Width, camera.Height, spec.FramesPerSecond, Path.Combine(folder, $"{camera.Name}.mp4"), training), render);

        string? Beside(SidecarKind kind) => camera.Sidecars.Contains(kind) ? FileOf(folder, camera, kind) : null;
    }

    private static string FileOf(string folder, DatasetCamera camera, SidecarKind kind) => Path.Combine(folder, $"{camera.Name}.{kind.Word()}.mkv");

    private static (EpisodeFilm Film, FilmStatistics Statistics) Filmed(SimWorld world, DatasetCamera camera, FilmResult film, string folder, int frames)
    {
        if (film.Statistics is not { Histogram: { } histogram, Camera: { } from } made) throw new VideoException($"there is no film: {film.Problem}");
        if (made.Frames != frames) throw new VideoException($"the film has {made.Frames} frames for {frames}");
        return (new(made.Path, frames, histogram)
        {
            Calibration = CameraMount.Of(world, camera.Name, from.DepthLimit),
            Sidecars = [.. camera.Sidecars.Select(kind => Sidecar(kind, FileOf(folder, camera, kind)))],
        }, made);
    }

    private static FilmSidecar Sidecar(SidecarKind kind, string file)
    {
        using var bytes = File.OpenRead(file);
        return new(kind, file, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private async Task<(FrameRecorder Frames, Dictionary<string, double[]> Columns, EpisodeProvenance Provenance)> RunAsync(
        ulong seed, Episode episode, VariationDraw varied, SimWorld world, EpisodeLoop loop, FaultFile? fault, bool withoutRecovery, ImmutableArray<FilmStream> films, CancellationToken stop)
    {
        var graph = new InProcessGraph(loop.Time, throughCdr: false);
        using var workerSide = graph.Connect("worker");
        using var recorderSide = graph.Connect("dataset");
        var options = new SimulatedRobotOptions { SensorNoise = varied[Axes.SensorNoise], SensorRate = varied[Axes.SensorRate] };
        using var side = new SimulatedSide(world, world.Robot, world.Scene, graph, seed, episode.Id, options, fault?.Faults ?? []);
        var profile = Site.ProfileOf(spec.Job.Robot);
        using var told = new RobotTold(recorderSide, profile);
        var labels = new EpisodeLabels(spec.Job.Scene);
        var frames = new FrameRecorder(spec.Layout, told, labels, side.Injector, films);
        side.Robot.PhysicsStepped += frames.Step;
        var job = new RobotJob(spec.Job.Plan, spec.Job.Catalogue, spec.Job.Site, profile, spec.Job.Documents);
        var cut = withoutRecovery ? new RecoveryCut(new(spec.Job.Plan, spec.Job.Catalogue, episode.Id, attempts: 1, labels.Begins)) : null;
        // Nobody answers: a question is where a person would come.
        using var worker = new WorkerSide(job, episode, seed, loop, workerSide, stop: null, new MemoryJournal(), new AnswersPerson([], _ => { }), labels, [], policies: new PoliciesByName(seed), cut: cut);
        var pressed = new StopSwitch();
        await using var pressing = stop.Register(pressed.Press);
        if (cut is not null) side.Injector.Changed += _ => Cut();
        side.Robot.Start();
        var result = await worker.RunAsync(ConnectDeadline, loop, pressed);
        var outcome = cut is { IsCut: true } ? await GoOnAsync(cut, loop, stop) : result.Report.Outcome;
        var met = new GoalTruth(world, side.Truth).Holds(spec.Job.Plan.Goal!) == true;
        var failure = FailureMode(outcome, met);
        return (frames, frames.Columns(failure == "none"), Provenance(result.Report with { Outcome = outcome }, seed, met, failure, side.Injector, frames));

        // The first fault that strikes ends the worker's part.
        void Cut()
        {
            if (cut.IsCut) return;
            cut.Cut();
            labels.Cut();
            pressed.Press();
        }
    }

    private static async Task<EpisodeOutcome> GoOnAsync(RecoveryCut cut, EpisodeLoop loop, CancellationToken stop)
    {
        using var stopping = new CancellationTokenSource();
        await using var pressing = stop.Register(() => loop.Inbox.Post(stopping.Cancel));
        var outcome = (await cut.GoOnAsync(loop.Time, stopping.Token)).Outcome;
        if (outcome == EpisodeOutcome.Failed) await Task.Delay(Aftermath, loop.Time, stopping.Token);
        return outcome;
    }

    private EpisodeProvenance Provenance(EpisodeReport report, ulong seed, bool met, string failure, FaultInjector injector, FrameRecorder frames)
    {
        ImmutableArray<InjectedFault> struck = [.. injector.Faults.Where(f => f.StartSeconds is not null)];
        var began = frames.Began?.Seconds ?? 0;
        var documents = spec.Job.Documents;
        return new(
            checked((long)seed), spec.Sum, GenerateSpecReader.Sum(documents[..^2].Select(d => d.Text)), GenerateSpecReader.Sum(documents[^2..].Select(d => d.Text)), spec.Job.Robot.Name,
            $"MuJoCo {MuJoCoLibrary.VersionText}", "", version, 0, JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Outcome.ToString()), met, failure, "", string.Join(", ", struck.Select(f => f.Fault.Kind)),
            struck.Select(f => f.StartSeconds - began).Min(), struck.Any(f => f.EndSeconds is null) ? null : struck.Select(f => f.EndSeconds - began).Max(), frames.RecoveringFrom, frames.RecoveringUntil,
            report.Recoveries.Count(r => r.Decision is Decision.Retry or Decision.Resume or Decision.Repair), 1, "", "", HeldOut: false);
    }

    private static string FailureMode(EpisodeOutcome outcome, bool met) => outcome switch
    {
        EpisodeOutcome.Succeeded => met ? "none" : "false_success",
        EpisodeOutcome.NeedsPerson => "asked_a_person",
        EpisodeOutcome.Stopped => "stopped",
        _ => "gave_up",
    };
}
