using System.Runtime.ExceptionServices;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Shell;

/// <summary>
/// The shell around the core: carries commands out on the robot and turns what happens into events, each journalled before its commands. It
/// holds no decision. It lives on the episode's loop and runs one episode.
/// </summary>
/// <param name="time">The loop's clock, for watchdogs.</param>
/// <param name="whyNotRun">The checker's word on a repair plan: null when it may run.</param>
public sealed class Worker(
    WorkerSetup setup, TimeProvider time, IJournal journal, IPerson person, IPlanner planner, Func<Plan, string?> whyNotRun) : IWorkerInbox
{
    private readonly List<IEpisodeObserver> observers = [];
    private readonly Queue<Func<TimeSpan, RobotTime, Event>> arrived = [];
    private readonly UnderWay underWay = new();
    private readonly TaskCompletionSource finished = new();
    private ITimer? wake;
    private CommandRunner? runner;
    private PlanState? state;
    private IRobot? robot;
    private long started;
    private TimeSpan before;
    private bool busy;
    private Exception? mistake;

    /// <summary>Where a person's word that a fault is mended goes: the fault monitor, which is made after its inbox. Without it nothing hears it.</summary>
    public IFaultReset? FaultReset { get; set; }

    public void Subscribe(IEpisodeObserver observer) => observers.Add(observer);

    /// <summary>Runs a checked plan to its end. Facts that came before are taken in first.</summary>
    /// <param name="stop">Cancelled on the loop (post it there): the robot stops first, then the episode is closed whole.</param>
    /// <param name="resumption">What another process had come to before it ended, or null for a new episode.</param>
    /// <exception cref="InvalidOperationException">It was run before.</exception>
    public async Task<EpisodeResult> RunAsync(Plan plan, Episode episode, IRobot robot, CancellationToken stop, Resumption? resumption = null)
    {
        if (this.robot is not null) throw new InvalidOperationException("a worker runs one episode: make a new one");
        this.robot = robot;
        started = time.GetTimestamp();
        before = resumption?.At ?? TimeSpan.Zero;
        state = resumption?.State ?? PlanState.Before(setup, plan, episode.Id);
        if (state.Ended is not null) return new(Reporting.Report(state, episode), state);
        runner = new(this, journal, robot, person, planner, whyNotRun, FaultReset, underWay);
        wake = time.CreateTimer(_ => Happened((at, now) => new Event.TimerDue(at, now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (resumption is not null) Restart();
        // Stopped before it began: nothing is started, not even to be cancelled.
        else if (!stop.IsCancellationRequested) Happened((at, now) => new Event.Started(at, now, setup.Park));
        using (stop.Register(() => Happened((at, now) => new Event.StopAsked(at, now, "asked to stop"))))
            await finished.Task;
        await wake.DisposeAsync();
        if (mistake is not null) await StopThenThrowAsync(mistake);
        await underWay.EndAsync(setup.Options.ProtectiveStopDeadline, time);
        return new(Reporting.Report(state, episode), state);
    }

    /// <summary>Cancels what runs, waits until the robot is still, and stays so.</summary>
    public void Pause() => Happened((at, now) => new Event.PauseAsked(at, now));

    /// <summary>Looks, and goes on from what it sees.</summary>
    public void Resume() => Happened((at, now) => new Event.ResumeAsked(at, now));

    /// <summary>Replaces the plan by a newer revision, checked by the caller: what was begun goes on, the rest is exchanged (VDA 5050, order update).</summary>
    /// <returns>Null when it was taken, else why not: nothing has changed then.</returns>
    public string? Replace(Plan plan)
    {
        if (state is null) return "nothing is being run";
        if (Revising.WhyNot(state, plan) is { } refused) return refused;
        Happened((at, now) => new Event.PlanReplaced(at, now, plan));
        return null;
    }

    public void FactObserved(Fact fact) => Happened((at, now) => new Event.FactObserved(at, now, fact));

    public void FaultConfirmed(Fault fault) => Happened((at, now) => new Event.FaultConfirmed(at, now, fault));

    public void FaultHealed(Fault fault) => Happened((at, now) => new Event.FaultHealed(at, now, fault));

    public void GoalChanged(GoalNote note) => Happened((at, now) => new Event.GoalChanged(at, now, note));

    /// <inheritdoc/>
    public void ModeChanged(OperatingMode mode, string by, bool ofRobot = false) => Happened((at, now) => new Event.ModeChanged(at, now, mode, by, ofRobot));

    public void LinkLost() => Happened((at, now) => new Event.LinkLost(at, now));

    public void LinkBack() => Happened((at, now) => new Event.LinkBack(at, now));

    /// <summary>Who commands the robot.</summary>
    public OperatingMode Mode => state?.Mode ?? OperatingMode.Automatic;

    /// <summary>The plan that is being run, in its latest revision.</summary>
    internal Plan Plan => state!.Plan;

    // Watchdog time since the episode began; while no process ran it went on.
    private TimeSpan Elapsed => before + time.GetElapsedTime(started);

    // Nothing may start on what was believed before: that the process is a new one comes before all that was heard meanwhile.
    private void Restart()
    {
        var heard = arrived.ToArray();
        arrived.Clear();
        Happened((at, now) => new Event.ProcessRestarted(at, now));
        foreach (var one in heard) Happened(one);
    }

    internal void Happened(Func<TimeSpan, RobotTime, Event> what)
    {
        arrived.Enqueue(what);
        if (busy || robot is null || mistake is not null) return;
        busy = true;
        try
        {
            while (arrived.TryDequeue(out var next)) Take(next(Elapsed, robot.Now));
        }
        catch (Exception e)
        {
            // A mistake of ours must end the run, not vanish in whatever callback brought the event; the robot is stopped first.
            mistake = e;
            finished.TrySetResult();
        }
        finally
        {
            busy = false;
        }
    }

    /// <summary>The core is broken and decides nothing more: what is under way is called off, and the robot is stopped without it.</summary>
    private async Task StopThenThrowAsync(Exception mistake)
    {
        await underWay.EndAsync(setup.Options.StillDeadline, time);
        // Whoever drives it by hand is not to be fought.
        if (Mode.IsOurs() && !await LastStop.StandsStillAsync(robot!, setup.Options, time)) await LastStop.ProtectAsync(robot!, setup.Options, time, mistake);
        ExceptionDispatchInfo.Throw(mistake);
    }

    internal void WakeAt(TimeSpan due)
    {
        var left = due - Elapsed;
        wake!.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    internal void Finish() => finished.TrySetResult();

    private void Take(Event happened)
    {
        if (state!.Ended is not null) return;
        journal.Append(happened);
        var decided = state.Recoveries.Count;
        (state, var commands) = Executor.Next(state, happened);
        for (; decided < state.Recoveries.Count; decided++) journal.Append(state.Recoveries[decided]);
        foreach (var observer in observers) observer.OnTransition(happened, state);
        foreach (var command in commands) runner!.CarryOut(command);
    }
}
