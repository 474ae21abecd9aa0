using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Faults;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// Takes the robot out of the worker's hands in the middle of an episode: what is under way goes on, and the rest of the plan is done as a <see cref="PlainSequence"/> does it, to which no fault
/// and no failure is known but what a step itself reports. Before the cut commands and facts pass through at once, so that the episode is the worker's own to the last bit.
/// </summary>
/// <remarks>The worker itself is to be stopped: its stop reaches nothing, and ends it.</remarks>
/// <param name="plain">Hears from the beginning what is observed; of what the map says it looks for what it needs.</param>
internal sealed class RecoveryCut(PlainSequence plain) : IRobot, IWorkerInbox
{
    private IWorkerInbox? worker;
    private IRobot? robot;
    private (Attempt Attempt, Task<AttemptReport> Report)? last;
    private AttemptUnderWay? underWay;

    public bool IsCut { get; private set; }

    public RobotTime Now => robot!.Now;

    public IWorkerInbox Before(IWorkerInbox inbox)
    {
        worker = inbox;
        return this;
    }

    public IRobot Before(IRobot hands)
    {
        robot = hands;
        return this;
    }

    /// <summary>From now on the worker neither hears nor moves anything.</summary>
    public void Cut()
    {
        IsCut = true;
        underWay = last is var (attempt, report) ? new(attempt, report, !report.IsCompleted) : null;
    }

    /// <summary>After the cut, and once the worker has ended: does the rest.</summary>
    public Task<(EpisodeOutcome Outcome, string Reason)> GoOnAsync(TimeProvider time, CancellationToken stop) => plain.RunAsync(robot!, time, stop, underWay);

    public Task<AttemptReport> AttemptAsync(Attempt attempt, CancellationToken cancel)
    {
        if (IsCut) return Task.FromResult(AttemptReport.Failure("CANCELED", "the robot was taken out of the worker's hands"));
        var own = new CancellationTokenSource();
        cancel.Register(() =>
        {
            if (!IsCut) own.Cancel();
        });
        var report = robot!.AttemptAsync(attempt, own.Token);
        last = (attempt, report);
        return report;
    }

    public Task ObserveAsync(ObserveRequest request, CancellationToken cancel) => IsCut ? Task.CompletedTask : robot!.ObserveAsync(request, cancel);

    public Task<bool> StandStillAsync(TimeSpan deadline, TimeSpan silence, CancellationToken cancel) => IsCut ? Task.FromResult(true) : robot!.StandStillAsync(deadline, silence, cancel);

    public Task ProtectiveStopAsync(TimeSpan deadline, CancellationToken cancel) => IsCut ? Task.CompletedTask : robot!.ProtectiveStopAsync(deadline, cancel);

    public void FactObserved(Fact fact)
    {
        plain.FactObserved(fact);
        if (!IsCut) worker!.FactObserved(fact);
    }

    public void GoalChanged(GoalNote note)
    {
        if (!IsCut) worker!.GoalChanged(note);
    }

    public void ModeChanged(OperatingMode mode, string by, bool ofRobot = false)
    {
        if (!IsCut) worker!.ModeChanged(mode, by, ofRobot);
    }

    public void LinkLost()
    {
        if (!IsCut) worker!.LinkLost();
    }

    public void LinkBack()
    {
        if (!IsCut) worker!.LinkBack();
    }

    public void FaultConfirmed(Fault fault)
    {
        if (!IsCut) worker!.FaultConfirmed(fault);
    }

    public void FaultHealed(Fault fault)
    {
        if (!IsCut) worker!.FaultHealed(fault);
    }
}
