using System.Text;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Lines;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Actions that a plan calls by their names, whatever their types: compiled in, or made from what the robot or a file tells. A type is found once, when the
/// action is called first.
/// </summary>
/// <param name="folders">Definitions of types that the robot does not tell.</param>
internal sealed class CalledActions(IRosConnection ros, IEnumerable<string> folders) : IDisposable
{
    private readonly DefinitionFiles files = new(folders);
    private readonly SortedDictionary<string, ICalledAction> actions = new(StringComparer.Ordinal);

    /// <summary>Every action that was called, and of which goals may be running.</summary>
    public IReadOnlyCollection<string> Names => [.. actions.Keys];

    /// <summary>Sends a goal and waits for its end.</summary>
    /// <param name="type">The name of its type; empty: the robot is asked.</param>
    /// <param name="goal">JSON, as rosbridge writes it.</param>
    /// <exception cref="StepFailedException">It did not succeed, or could not be sent.</exception>
    public async Task RunAsync(GoalRunner goals, string action, string type, string goal, GoalTimeouts timeouts)
    {
        if (RosNames.Problem(action) is { } problem) throw StepFailedException.Failed("NO_SUCH_ACTION", problem);
        if (!actions.TryGetValue(action, out var called))
            actions[action] = called = (await TypeOfAsync(action, type, goals.Cancel)).Accept(new Calling(ros, action));
        if (type.Length > 0 && RosTypes.Short(type) != RosTypes.Short(called.Type))
            throw StepFailedException.Failed("NO_SUCH_ACTION", $"{action} was called as {called.Type} before, and cannot be of type {type} too");
        await called.RunAsync(goals, goal, timeouts);
    }

    public void Dispose()
    {
        foreach (var called in actions.Values) called.Dispose();
    }

    private async Task<ActionType> TypeOfAsync(string action, string type, CancellationToken cancel)
    {
        var name = type.Length > 0 ? type : GraphTour.NameOfAction(ros.Topics, action);
        if (name is not null && RosTypes.Action(name) is { } known) return known;
        try
        {
            return await GraphTour.Of(ros, files).TypeOfActionAsync(action, name, cancel);
        }
        catch (GraphTourException e)
        {
            throw StepFailedException.Failed("NO_SUCH_ACTION", e.Message);
        }
    }

    private interface ICalledAction : IDisposable
    {
        string Type { get; }

        Task RunAsync(GoalRunner goals, string goal, GoalTimeouts timeouts);
    }

    private sealed class Calling(IRosConnection ros, string action) : IActionTypeVisitor<ICalledAction>
    {
        public ICalledAction Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            new CalledAction<TGoal, TResult, TFeedback>(ros, type, ros.ActionClient(type, action));
    }

    private sealed class CalledAction<TGoal, TResult, TFeedback>(
        IRosConnection ros, ActionType<TGoal, TResult, TFeedback> type, IActionClient<TGoal, TResult, TFeedback> client) : ICalledAction
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage
    {
        public string Type => type.Name;

        public async Task RunAsync(GoalRunner goals, string goal, GoalTimeouts timeouts)
        {
            TGoal message;
            try
            {
                message = RosJson.Deserialize(type.Goal, Encoding.UTF8.GetBytes(goal), RobotLine.DialectOf(ros));
            }
            catch (RosCodecException e)
            {
                throw StepFailedException.Failed("GOAL_DOES_NOT_FIT", e.Message);
            }

            await ServersOf.ThereAsync(ros.Time, () => client.ServerIsThere, goals.Cancel);
            var outcome = await goals.RunAsync(client, message, timeouts, Differ, client.Action);
            if (outcome.State != GoalState.Aborted) return;
            var words = outcome.Detail.Length > 0 ? $": {outcome.Detail}" : "";
            throw StepFailedException.Failed("ACTION_ABORTED", $"{client.Action} gave up{words}; its result: {Json(outcome.Result!)}");
        }

        public void Dispose() => client.Dispose();

        // What progress is of an action that nobody here knows, nobody here can say: what it tells is another thing than before.
        private bool Differ(TFeedback then, TFeedback now) => Json(then) != Json(now);

        private string Json(IRosMessage message) => MessageText.Json(message, RobotLine.DialectOf(ros));
    }
}
