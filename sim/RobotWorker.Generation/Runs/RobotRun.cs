using System.Collections.Immutable;
using System.Text.Json;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Lines;
using RobotWorker.Generation.Policies;
using RobotWorker.Generation.Wire;
using RobotWorker.Recording;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Lines;
using RobotWorker.Time;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// One episode on a robot behind a wire: the same executor, skills and recorder as in simulation, at the pace of the wall. There is no film, and no truth to hold
/// the goal against: it was seen to hold, or not.
/// </summary>
public sealed class RobotRun(RobotJob job, RobotLine line, RobotRunOptions options, Func<EpisodeLoop, IPerson> person, StopSwitch stop)
{
    private static readonly TimeSpan LastStop = TimeSpan.FromSeconds(3);

    private readonly Episode episode = options.Journal?.Entry.Episode ?? Episode.Of(job.Plan.Id, job.Plan.Revision, checked((long)options.Seed), options.Stopwatch.GetUtcNow());
    private readonly MemoryJournal journal = new(options.Journal, options.Journal?.History);
    private readonly List<IEpisodeObserver> observers = [];
    private readonly List<string> notices = [];
    private WorkerSide? side;

    /// <summary>The robot's clock as last heard; from any thread.</summary>
    public RobotTime Now => Volatile.Read(ref side)?.Now ?? default;

    /// <summary>Shows every transition to a view.</summary>
    public void Subscribe(IEpisodeObserver observer) => observers.Add(observer);

    /// <summary>Runs it. Blocks until the episode and its files are whole.</summary>
    /// <exception cref="RobotNotReadyException">The robot was not reached, or did not tell in time what it is.</exception>
    public RunResult Run()
    {
        var began = options.Stopwatch.GetTimestamp();
        var loop = new EpisodeLoop(Pace.Wall, wall: options.Wall, rate: options.Rate);
        var (result, seconds, recorded) = OnLoop(loop);
        var files = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("report", FileOf(".json"));
        var report = result.Report with { Files = recorded ? files.Add("mcap", FileOf(Recording)) : files };
        if (WholeFile.TryWrite(FileOf(".json"), ReportJson.Write(report)) is { } unwritten)
        {
            notices.Add($"There is no report: {unwritten}");
            report = report with { Files = report.Files.Remove("report") };
        }
        options.Journal?.End(report);
        var total = options.Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new(report, result.State, [.. journal.Events], new(seconds, total, 0, 0, 0, 0, 0, 0, 0), [.. notices]);
    }

    private (EpisodeResult Result, double Seconds, bool Recorded) OnLoop(EpisodeLoop loop)
    {
        try
        {
            return loop.Run(() => RunOnLoopAsync(loop));
        }
        catch (Exception) when (stop.Harder is { } stops && side is { IsOurs: true })
        {
            // The loop itself is broken, and nobody on it can stop the robot any more: its stop has a thread of its own.
            stops.PressAndWait(LastStop);
            throw;
        }
    }

    private async Task<(EpisodeResult Result, double Seconds, bool Recorded)> RunOnLoopAsync(EpisodeLoop loop)
    {
        using var outside = loop.ExpectOutside();
        var wire = new RosLoop(loop.Time, loop, loop.Inbox.Post);
        var ros = line.Open(wire, options.Node);
        try
        {
            if (await RobotLine.ReachAsync(ros, options.ConnectDeadline, CancellationToken.None) is not { } dialect)
                throw new RobotNotReadyException(line.WhyNotReached(options.ConnectDeadline));
            return await WorkAsync(loop, ros, dialect);
        }
        finally
        {
            await RobotLine.LeaveAsync(ros);
        }
    }

    private async Task<(EpisodeResult Result, double Seconds, bool Recorded)> WorkAsync(EpisodeLoop loop, IRosConnection ros, RosDialect dialect)
    {
        var told = job with { Profile = job.Profile.On(dialect) };
        var stops = stop.Harder = await StopThread.StartAsync(line, options.Node + "_stop", told.Profile, loop.Inbox, options.Rate);
        try
        {
            return await WorkAsync(loop, ros, told, stops);
        }
        finally
        {
            stop.Harder = null;
            await stops.DisposeAsync();
        }
    }

    private async Task<(EpisodeResult Result, double Seconds, bool Recorded)> WorkAsync(EpisodeLoop loop, IRosConnection ros, RobotJob told, StopThread stops)
    {
        using var recorder = new EpisodeRecorder(
            FileOf(Recording), () => Now, new(episode.Id, job.Plan.Id, options.Seed, job.Profile.Name, line.Address.Wire.ToString().ToLowerInvariant()));
        foreach (var document in job.Documents) recorder.Attach(document.Name, "application/yaml", document.Text);
        var tap = new TimedTap(recorder, options.Stopwatch);
        using var tapped = ros.Tap(tap);
        using var worker = new WorkerSide(told, episode, options.Seed, loop, ros, stops, journal, person(loop), new EventRecorder(recorder, tap), observers, options.Journal, Age, options.WaitsForAnswers, new PoliciesByName(options.Seed));
        Volatile.Write(ref side, worker);
        using var ear = Listen(loop, worker);
        using var alive = Heartbeat.Of(ros, told.Profile);
        var result = await worker.RunAsync(options.ConnectDeadline, loop, stop);
        // What the connection says on its way out comes after the end of the recording.
        tapped.Dispose();
        var first = journal.Events.Select(e => e.Now).FirstOrDefault();
        recorder.Attach("report.json", "application/json", ReportJson.Write(result.Report));
        recorder.Dispose();
        if (recorder.Failure is { } failure) notices.Add(failure);
        return (result, (worker.Now - first).TotalSeconds, recorder.Failure is null);
    }

    private LineServer? Listen(EpisodeLoop loop, WorkerSide worker)
    {
        try
        {
            return options.Control is { } path ? new(path, line => Obey(worker, line), loop.Inbox.Post) : null;
        }
        catch (IOException e)
        {
            notices.Add($"Other processes cannot pause it or answer for it: {e.Message}");
            return null;
        }
    }

    private string Obey(WorkerSide worker, string line)
    {
        try
        {
            return new ControlReply(worker.Obey(ControlRequest.Read(line), stop)).Write();
        }
        catch (JsonException e)
        {
            return new ControlReply($"that is no request: {e.Message}").Write();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever another process says must not end this one.
            return new ControlReply($"it cannot be done: {e.Message}").Write();
        }
    }

    // In the loop's seconds; while no process ran it went on.
    private TimeSpan Age => options.Journal is { Entry: var entry } ? (options.Stopwatch.GetUtcNow() - entry.Began) * options.Rate : TimeSpan.Zero;

    // Each process that works on an episode records what it hears; a later one does not destroy what an earlier one has.
    private string Recording => options.Journal is { History: { Count: > 0 } history } ? $".{history.OfType<Event.ProcessRestarted>().Count() + 2}.mcap" : ".mcap";

    private string FileOf(string ending) => EpisodeRun.FileOf(job.Plan, options.Folder, options.Seed, ending);
}
