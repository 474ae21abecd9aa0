using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Sim.Variation;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Generation.Parity;

/// <summary>One side of a comparison, read and checked: running it leaves a recording behind.</summary>
/// <param name="Names">Its topics, for whoever reads the recording.</param>
public abstract record ParityEpisode(RosNames Names, FrameNames Frames)
{
    /// <param name="bag">Hears what is wrong, before anything moves.</param>
    /// <param name="wire">Hears what a wire finds wrong.</param>
    /// <returns>Null where the bag says why.</returns>
    public static ParityEpisode? Prepare(ParitySource source, ParityOptions options, DiagnosticBag bag, Action<string> wire) => source switch
    {
        ParitySource.Simulated sim => ReadSimulated(sim, options, bag),
        ParitySource.Wired wired => ReadWired(wired, options, bag, wire),
        ParitySource.Recorded recorded => ReadRecorded(recorded, options, bag),
        _ => throw new InvalidOperationException($"no such side: {source.GetType().Name}"),
    };

    /// <summary>Runs it. Blocks until the episode and its recording are whole.</summary>
    /// <param name="folder">Where its files go; made where it is missing.</param>
    /// <returns>The recording's file; null where it was stopped first.</returns>
    /// <exception cref="RobotNotReadyException">The robot was not reached, or did not tell in time what it is.</exception>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public abstract string? Run(string folder, StopSwitch stop, IEpisodeObserver observer);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no recording of an episode that ended.</exception>
    public RecordedRun Read(string recording) => RecordedRunReader.Read(recording, Names, Frames);

    // A question that nobody answers ends the run: whom one robot asks more often than the other is part of what is compared.
    private static AnswersPerson Nobody => new([], _ => { });

    private static Simulated? ReadSimulated(ParitySource.Simulated source, ParityOptions options, DiagnosticBag bag)
    {
        if (JobReader.Read(options.Plan!, source.Scene ?? options.Scene, bag) is not { } job) return null;
        var profile = Site.ProfileOf(job.Robot);
        // What the plan's simulation lets go wrong is its demonstration; a robot behind a wire would not have it.
        return new(job.WithoutFaults(), options, profile.Names, profile.Frames);
    }

    private static Wired? ReadWired(ParitySource.Wired source, ParityOptions options, DiagnosticBag bag, Action<string> wire)
    {
        if (RobotJobReader.Read(options.Plan!, options.Scene, options.Profile, source.Address, bag) is not { } job) return null;
        job = job with { Profile = job.Profile with { Connection = job.Profile.Connection?.Believing(options.TokenFile, options.CaFile) } };
        return RobotLines.Of(job.Profile, wire, bag) is { } line ? new(job, line, options) : null;
    }

    private static Recorded? ReadRecorded(ParitySource.Recorded source, ParityOptions options, DiagnosticBag bag)
    {
        if (!File.Exists(source.File)) bag.Error(Codes.UnreadFile, new(source.File, 0, 0), "there is no such recording", "an episode's folder holds one: PLAN-SEED.mcap");
        var profile = options.Profile is { } file ? RobotJobReader.ReadProfile(file, bag)?.Profile : null;
        return bag.HasErrors ? null : new(source.File, profile?.Names ?? RosNames.Standard, profile?.Frames ?? FrameNames.Standard);
    }

    private static string? RecordingOf(RunResult result) => result.Report.Outcome == Episodes.EpisodeOutcome.Stopped ? null
        : result.Report.Files.GetValueOrDefault("mcap") ?? throw new IOException(string.Join("; ", result.Notices));

    private sealed record Simulated(Job Job, ParityOptions Options, RosNames Names, FrameNames Frames) : ParityEpisode(Names, Frames)
    {
        public override string? Run(string folder, StopSwitch stop, IEpisodeObserver observer)
        {
            var draw = VariationDraw.None with { Values = Options.Shifts };
            var place = VariedWorkplace.Of(new(Job.Scene, Job.Robot), draw);
            var options = new RunOptions(Options.Seed, Pace.Virtual, folder, VideoMode.None, []) { SensorNoise = draw[Axes.SensorNoise], SensorRate = draw[Axes.SensorRate] };
            var run = new EpisodeRun(Job with { Scene = place.Scene, Robot = place.Robot }, options, _ => Nobody, stop);
            run.Subscribe(observer);
            return RecordingOf(run.Run());
        }
    }

    private sealed record Wired(RobotJob Job, RobotLine Line, ParityOptions Options) : ParityEpisode(Job.Profile.Names, Job.Profile.Frames)
    {
        public override string? Run(string folder, StopSwitch stop, IEpisodeObserver observer)
        {
            var run = new RobotRun(Job, Line, new(Options.Seed, folder) { Rate = Options.Rate, Wall = Options.Wall }, _ => Nobody, stop);
            run.Subscribe(observer);
            return RecordingOf(run.Run());
        }
    }

    private sealed record Recorded(string File, RosNames Names, FrameNames Frames) : ParityEpisode(Names, Frames)
    {
        public override string Run(string folder, StopSwitch stop, IEpisodeObserver observer) => File;
    }
}

/// <summary>How one side is run.</summary>
/// <param name="Plan">The plan's file; null where both sides are recordings.</param>
public sealed record ParityOptions(string? Plan)
{
    /// <summary>A scene's file instead of the plan's; for a robot behind a wire, the map of its site.</summary>
    public string? Scene { get; init; }

    /// <summary>Of a robot behind a wire: its profile's file.</summary>
    public string? Profile { get; init; }

    public string? TokenFile { get; init; }

    public string? CaFile { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>How fast the time of a served simulated robot passes.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The clock by which a robot behind a wire is driven.</summary>
    public WallClock Wall { get; init; } = WallClock.Real;

    /// <summary>Of the simulated robot: what differs from its description, by <see cref="Axes"/>. The worker is not told.</summary>
    public ImmutableSortedDictionary<string, double> Shifts { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
