using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;
using RobotWorker.Tests.Ros;

namespace RobotWorker.Tests.Skills;

/// <summary>An action's server that takes its time and ends as the test says.</summary>
internal sealed class ScriptedServer<TGoal, TResult, TFeedback>(OnLoop world, Func<TGoal, TResult> result) : IActionServerHandler<TGoal, TResult, TFeedback>
    where TGoal : IActionGoal<TGoal, TResult, TFeedback>
    where TResult : IRosMessage<TResult>
    where TFeedback : IRosMessage<TFeedback>
{
    /// <summary>How long a goal takes.</summary>
    public double Seconds { get; set; }

    /// <summary>What is published every 100 ms while a goal is carried out, by the seconds since its start; null: nothing.</summary>
    public Func<double, TFeedback>? Feedback { get; set; }

    /// <summary>How long it takes to stop when it is cancelled.</summary>
    public double StopSeconds { get; set; }

    public bool Takes { get; set; } = true;

    public bool Aborts { get; set; }

    public List<Guid> Ids { get; } = [];

    /// <summary>Goals that are being carried out now.</summary>
    public int Running { get; private set; }

    public bool Accept(Guid goalId, TGoal goal)
    {
        Ids.Add(goalId);
        return Takes;
    }

    public async Task<GoalEnd<TResult>> Execute(ServerGoal<TGoal, TFeedback> goal, CancellationToken canceled)
    {
        Running++;
        try
        {
            for (var after = 0.1; Feedback is not null && after < Seconds; after += 0.1)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.1), world.Time, canceled);
                goal.Publish(Feedback(after));
            }
            if (Feedback is null) await Task.Delay(TimeSpan.FromSeconds(Seconds), world.Time, canceled);
            return Aborts ? GoalEnd.Aborted(result(goal.Goal)) : GoalEnd.Succeeded(result(goal.Goal));
        }
        catch (OperationCanceledException)
        {
            await world.Seconds(StopSeconds);
            return GoalEnd.Canceled(result(goal.Goal));
        }
        finally
        {
            Running--;
        }
    }
}
