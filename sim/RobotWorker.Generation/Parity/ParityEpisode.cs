using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Video;
using RobotWorker.Sim.Variation;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Generation.Parity;

/// <summary>One side of a comparison, read and checked: an episode that is to be run, or was.</summary>
/// <param name="Plan">The plan's id.</param>
public abstract record ParityEpisode(string Plan)
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

    /// <summary>Whether something is run; false: it was recorded before.</summary>
    public virtual bool Moves => true;

    /// <summary>Runs it, where it is not one that was recorded before, and reads its recording. Blocks until the episode is whole.</summary>
    /// <param name="folder">Where its files go; made where it is missing.</param>
    /// <returns>Null where it was stopped first.</returns>
    /// <exception cref="RobotNotReadyException">The robot was not reached, or did not tell in time what it is.</exception>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public abstract RecordedRun? Run(string folder, StopSwitch stop, IEpisodeObserver observer);

    private const string Hint = "give what an episode left behind: PLAN-SEED.mcap, or its folder";

    // A question that nobody answers ends the run: whom one robot asks more often than the other is part of what is compared.
    private static AnswersPerson Nobody => new([], _ => { });

    // What the plan's simulation lets go wrong is its demonstration; a robot behind a wire would not have it.
    private static Simulated? ReadSimulated(ParitySource.Simulated source, ParityOptions options, DiagnosticBag bag) =>
        JobReader.Read(options.Plan!, source.Scene ?? options.Scene, bag) is { } job ? new(job.WithoutFaults(), options) : null;

    private static Wired? ReadWired(ParitySource.Wired source, ParityOptions options, DiagnosticBag bag, Action<string> wire)
    {
        if (RobotJobReader.Read(options.Plan!, options.Scene, options.Profile, source.Address, bag) is not { } job) return null;
        job = job with { Profile = job.Profile with { Connection = job.Profile.Connection?.Believing(options.TokenFile, options.CaFile) } };
        return RobotLines.Of(job.Profile, wire, bag) is { } line ? new(job, line, options) : null;
    }

    private static Recorded? ReadRecorded(ParitySource.Recorded source, ParityOptions options, DiagnosticBag bag)
    {
        if (!File.Exists(source.File)) bag.Error(Codes.UnreadFile, new(source.File, 0, 0), "there is no such recording", Hint);
        var profile = options.Profile is { } file ? RobotJobReader.ReadProfile(file, bag)?.Profile : null;
        if (bag.HasErrors) return null;
        try
        {
            return new(RecordedRunReader.Read(source.File, profile?.Names ?? RosNames.Standard, profile?.Frames ?? FrameNames.Standard));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            bag.Error(Codes.UnreadFile, new(source.File, 0, 0), e.Message, Hint);
            return null;
        }
    }

    private static RecordedRun? RecordingOf(RunResult result, RobotProfile profile) => result.Report.Outcome == EpisodeOutcome.Stopped ? null
        : RecordedRunReader.Read(result.Report.Files.GetValueOrDefault("mcap") ?? throw new IOException(string.Join("; ", result.Notices)), profile.Names, profile.Frames);

    private sealed record Simulated(Job Job, ParityOptions Options) : ParityEpisode(Job.Plan.Id)
    {
        public override RecordedRun? Run(string folder, StopSwitch stop, IEpisodeObserver observer)
        {
            var draw = VariationDraw.None with { Values = Options.Shifts };
            var place = VariedWorkplace.Of(new(Job.Scene, Job.Robot), draw);
            var options = new RunOptions(Options.Seed, Pace.Virtual, folder, VideoMode.None, []) { SensorNoise = draw[Axes.SensorNoise], SensorRate = draw[Axes.SensorRate] };
            var run = new EpisodeRun(Job with { Scene = place.Scene, Robot = place.Robot }, options, _ => Nobody, stop);
            run.Subscribe(observer);
            return RecordingOf(run.Run(), Site.ProfileOf(Job.Robot));
        }
    }

    private sealed record Wired(RobotJob Job, RobotLine Line, ParityOptions Options) : ParityEpisode(Job.Plan.Id)
    {
        public override RecordedRun? Run(string folder, StopSwitch stop, IEpisodeObserver observer)
        {
            var run = new RobotRun(Job, Line, new(Options.Seed, folder) { Rate = Options.Rate }, _ => Nobody, stop);
            run.Subscribe(observer);
            return RecordingOf(run.Run(), Job.Profile);
        }
    }

    private sealed record Recorded(RecordedRun Before) : ParityEpisode(Before.Plan)
    {
        public override bool Moves => false;

        public override RecordedRun Run(string folder, StopSwitch stop, IEpisodeObserver observer) => Before;
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

    /// <summary>Of the simulated robot: what differs from its description, by <see cref="Axes"/>. The worker is not told.</summary>
    public ImmutableSortedDictionary<string, double> Shifts { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
