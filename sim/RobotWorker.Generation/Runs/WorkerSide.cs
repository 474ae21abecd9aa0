using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Faults;
using RobotWorker.Generation.Lines;
using RobotWorker.Planners.Symbolic;
using RobotWorker.Plans;
using RobotWorker.Recording;
using RobotWorker.Recording.Journals;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills;
using RobotWorker.Skills.Lines;
using RobotWorker.Skills.Policies;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// The worker's half of an episode, on whichever connection the robot stands behind: executor, planner, fault monitor and skills joined on the loop.
/// </summary>
internal sealed class WorkerSide : IDisposable
{
    private readonly RobotJob job;
    private readonly Episode episode;
    private readonly Worker worker;
    private readonly FaultMonitor monitor;
    private readonly FreezeFrames frames;
    private readonly RosRobot robot;
    private readonly WorkerDiagnostics diagnostics;
    private readonly PersonElsewhere person;
    private readonly Resumption? resumption;
    private readonly RecoveryCut? cut;

    /// <param name="ros">The worker's own connection; the caller disposes it.</param>
    /// <param name="stop">The protective stop, on a way of its own; null: it shares <paramref name="ros"/>.</param>
    /// <param name="begun">The episode, where another process may have begun it.</param>
    /// <param name="age">Watchdog time since the episode began.</param>
    /// <param name="waitsForAnswers">Whether an answer of another process is waited for where <paramref name="person"/> has none.</param>
    /// <param name="policies">For steps that let a policy move the robot; null: there are none.</param>
    /// <param name="cut">Stands between worker and robot, and takes the robot out of the worker's hands; null: nothing does.</param>
    public WorkerSide(
        RobotJob job, Episode episode, ulong seed, EpisodeLoop loop, IRosConnection ros, IProtectiveStop? stop, IJournal journal, IPerson person,
        IRunRecorder recorder, IEnumerable<IEpisodeObserver> observers, JournalledEpisode? begun = null, TimeSpan age = default,
        bool waitsForAnswers = false, IPolicySource? policies = null, ExecutionOptions? execution = null, RecoveryCut? cut = null)
    {
        (this.job, this.episode, this.person, this.cut) = (job, episode, new(person, waitsForAnswers), cut);
        var faults = job.Faults;
        var setup = new WorkerSetup(job.Catalogue, faults, execution ?? ExecutionOptions.Default) { Park = job.Park };
        resumption = begun is null ? null : TakeUp(PlanState.Before(setup, job.Plan, episode.Id), begun, age);
        worker = new(setup, loop.Time, journal, this.person, new SymbolicPlanner(job.Catalogue), WhyNotRun);
        frames = new(recorder.Frozen);
        var inbox = cut?.Before(worker) ?? worker;
        monitor = new(faults, loop.Time, inbox, note =>
        {
            recorder.Noted(note);
            frames.Take(note);
        }, loop.Inbox.Post);
        worker.FaultReset = monitor;
        if (resumption is not null) monitor.Assume(resumption.State.Faults.Values);
        robot = new(ros, job.Profile, job.Site, job.Catalogue, episode.Id, RandomStream.For(seed, episode.Id, "arm"), inbox, Take, stop, resumption, policies,
            sample =>
            {
                recorder.Noticed(sample);
                Take(sample);
            });
        diagnostics = new(ros, job.Profile, () => robot.Now);
        foreach (var observer in observers.Prepend(diagnostics).Prepend(recorder)) worker.Subscribe(observer);
    }

    /// <summary>The robot's clock as last heard.</summary>
    public RobotTime Now => robot.Now;

    /// <summary>Waits for the robot, then runs the plan to its end.</summary>
    /// <exception cref="RobotNotReadyException">The robot did not tell in time what it is.</exception>
    public async Task<EpisodeResult> RunAsync(TimeSpan connectDeadline, EpisodeLoop loop, StopSwitch stop)
    {
        using var stopping = new CancellationTokenSource();
        stop.Wire(loop.Inbox, stopping);
        try
        {
            // A stop waits for the connection, which has a deadline of its own: only a connected worker closes the episode as stopped.
            if (await robot.ConnectAsync(connectDeadline, CancellationToken.None) is { } missing) throw new RobotNotReadyException(missing);
            foreach (var fact in MapFacts(robot.Now)) worker.FactObserved(fact);
            return await worker.RunAsync(job.Plan, episode, cut?.Before(robot) ?? robot, stopping.Token, resumption);
        }
        finally
        {
            // Also where it broke: what led to that is what one wants to see.
            frames.End();
            stop.Unwire();
        }
    }

    /// <summary>Whether the robot is the worker's to command; from any thread.</summary>
    public bool IsOurs => worker.Mode.IsOurs();

    /// <summary>On the loop: does what another process asks.</summary>
    /// <returns>Null where it is done, else why not.</returns>
    /// <exception cref="System.Text.Json.JsonException">Its plan is none.</exception>
    public string? Obey(ControlRequest request, StopSwitch stop)
    {
        switch (request)
        {
            case { Verb: ControlVerb.Pause }: worker.Pause(); return null;
            case { Verb: ControlVerb.Unpause }: worker.Resume(); return null;
            case { Verb: ControlVerb.Stop }: stop.Press(); return null;
            case { Verb: ControlVerb.Answer, Text: { } text }: return person.Answer(text);
            case { Verb: ControlVerb.Mode, Text: { } word } when OperatingModes.Parse(word) is { } mode: worker.ModeChanged(mode, "a person"); return null;
            case { Verb: ControlVerb.Mode, Text: var word }: return $"'{word}' is no operating mode; there are: {string.Join(", ", OperatingModes.All)}";
            case { Verb: ControlVerb.Revise, Text: { } text } when EventJson.ReadPlan(text) is var plan: return WhyNotRun(plan) ?? worker.Replace(plan);
            default: return $"there is nothing said of what to {request.Verb.ToString().ToLowerInvariant()}";
        }
    }

    public void Dispose()
    {
        diagnostics.Dispose();
        robot.Dispose();
        monitor.Dispose();
    }

    /// <exception cref="JournalException">It does not lead where the process before was led.</exception>
    private static Resumption? TakeUp(PlanState before, JournalledEpisode begun, TimeSpan age)
    {
        var name = $"the episode {begun.Entry.Submission} was begun by build {begun.Entry.Build}, this is {EpisodeEntry.Here}";
        var remedy = $"go on with that build, or give the episode up ('robotworker episode abandon {begun.Entry.Submission}')";
        Resumption? resumption;
        try
        {
            resumption = Resumption.Of(before, begun.History, age);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new JournalException($"{name}, and it cannot make anything of its events ({e.Message.TrimEnd('.')}): {remedy}. Nothing was started", e);
        }
        if (resumption?.WhyNot(begun.Decided) is { } otherwise) throw new JournalException($"{name}, and it decides otherwise: {otherwise}: {remedy}. Nothing was started");
        resumption?.WriteTheRest(begun.Decided, begun);
        return resumption;
    }

    private void Take(Sample sample)
    {
        frames.Take(sample);
        monitor.Take(sample);
    }

    /// <summary>What the site's map says, which no sensor has to see: which place serves which support.</summary>
    private IEnumerable<Fact> MapFacts(RobotTime now) =>
        from station in job.Site.Stations
        from support in station.Serves
        select new Fact(Atom.Of("serves", station.Name, support), World.Truth.True, now, "map");

    private string? WhyNotRun(Plan plan)
    {
        var bag = new DiagnosticBag();
        PlanChecker.Check(plan, job.Catalogue, job.Known, bag);
        return bag.HasErrors ? bag.All.First(d => d.Severity == Severity.Error).ToString() : null;
    }
}
