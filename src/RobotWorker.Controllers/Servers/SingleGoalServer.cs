using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Controllers.Servers;

/// <summary>
/// An action server that carries out one goal at a time, driven by the control period: a newer goal ends the one before as aborted, and
/// while a stop holds, goals are refused.
/// </summary>
public abstract class SingleGoalServer<TGoal, TResult, TFeedback> : IActionServerHandler<TGoal, TResult, TFeedback>
    where TGoal : IActionGoal<TGoal, TResult, TFeedback>
    where TResult : class, IRosMessage<TResult>
    where TFeedback : IRosMessage<TFeedback>
{
    private Run? run;
    private int periods;

    /// <summary>Whether a stop refuses goals.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether a goal is being carried out.</summary>
    public bool IsBusy => run is not null;

    public virtual bool Accept(Guid goalId, TGoal goal)
    {
        if (IsStopped) return false;
        End("a newer goal took over");
        return true;
    }

    public async Task<GoalEnd<TResult>> Execute(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled)
    {
        if (IsStopped) return GoalEnd.Aborted(Broken("the robot is stopped"));
        End("a newer goal took over");
        var mine = run = new(goal, canceled);
        periods = 0;
        if (Begin(goal.Goal) is { } end) Finish(end);
        return await mine.Ended.Task;
    }

    /// <summary>Called once every control period, after the physics.</summary>
    public void Step(double seconds)
    {
        if (run is not { } now) return;
        if (now.Canceled.IsCancellationRequested && !now.IsStopping)
        {
            now.IsStopping = true;
            Stop();
        }
        var end = now.IsStopping ? Stopping(seconds) : Continue(seconds);
        if (end is { } over) Finish(over);
        else if (++periods % FeedbackPeriods == 0) now.Goal.Publish(Feedback());
    }

    /// <summary>Ends an open goal as aborted; what the joints do then is the caller's.</summary>
    public void End(string why)
    {
        if (run is not null) Finish(GoalEnd.Aborted(Broken(why)));
    }

    /// <summary>10 Hz.</summary>
    private const int FeedbackPeriods = 10;

    /// <summary>Starts on a goal; an end at once when it cannot be done.</summary>
    protected abstract GoalEnd<TResult>? Begin(TGoal goal);

    /// <summary>Goes on by one period; the end when it is reached.</summary>
    protected abstract GoalEnd<TResult>? Continue(double seconds);

    /// <summary>Begins to stop on request.</summary>
    protected abstract void Stop();

    /// <summary>Goes on stopping; Canceled once everything is still.</summary>
    protected abstract GoalEnd<TResult>? Stopping(double seconds);

    protected abstract TFeedback Feedback();

    /// <summary>The result of a goal that was broken off.</summary>
    protected abstract TResult Broken(string why);

    private void Finish(GoalEnd<TResult> end)
    {
        var ended = run!.Ended;
        run = null;
        ended.SetResult(end);
    }

    private sealed class Run(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled)
    {
        public ServerGoal<TGoal, TFeedback> Goal { get; } = goal;

        public CancellationToken Canceled { get; } = canceled;

        public TaskCompletionSource<GoalEnd<TResult>> Ended { get; } = new();

        public bool IsStopping { get; set; }
    }
}
