using System.Text;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Actions;

namespace RobotWorker.Skills.Lines;

/// <summary>Listening, calling and sending goals by hand, on types that are known at run time only. What is typed in is rosbridge's JSON.</summary>
public static class GraphVerbs
{
    /// <summary>Hands every message of a topic on until disposed.</summary>
    public static IDisposable Listen(IRosConnection ros, MessageType type, string topic, Action<IRosMessage> heard) => type.Accept(new Listening(ros, topic, heard));

    /// <summary>Calls a service.</summary>
    /// <exception cref="RosCodecException">The request's text does not fit the type.</exception>
    /// <exception cref="RosServiceException">There was no answer.</exception>
    public static Task<IRosMessage> CallAsync(IRosConnection ros, ServiceType type, string service, string json, TimeSpan deadline, CancellationToken cancel) =>
        type.Accept(new Calling(ros, service, Encoding.UTF8.GetBytes(json), deadline, cancel));

    /// <summary>Sends a goal and waits for its end. A cancelled token cancels the goal, and its end is still waited for.</summary>
    /// <returns>How it ended, its result (null where there is none) and why in words.</returns>
    /// <exception cref="RosCodecException">The goal's text does not fit the type.</exception>
    public static Task<(GoalState State, IRosMessage? Result, string Detail)> SendGoalAsync(
        IRosConnection ros, ActionType type, string action, Guid id, string json, Action<IRosMessage> feedback, CancellationToken cancel) =>
        type.Accept(new Sending(ros, action, id, Encoding.UTF8.GetBytes(json), feedback, cancel));

    private sealed class Listening(IRosConnection ros, string topic, Action<IRosMessage> heard) : IMessageTypeVisitor<IDisposable>
    {
        public IDisposable Visit<T>(MessageType<T> type) where T : IRosMessage => ros.Subscribe(type, topic, m => heard(m));
    }

    private sealed class Calling(IRosConnection ros, string service, byte[] json, TimeSpan deadline, CancellationToken cancel) : IServiceTypeVisitor<Task<IRosMessage>>
    {
        public async Task<IRosMessage> Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type) where TRequest : IRosMessage where TResponse : IRosMessage =>
            await ros.CallServiceAsync(type, service, RosJson.Deserialize(type.Request, json, RobotLine.DialectOf(ros)), deadline, cancel);
    }

    private sealed class Sending(IRosConnection ros, string action, Guid id, byte[] json, Action<IRosMessage> feedback, CancellationToken cancel)
        : IActionTypeVisitor<Task<(GoalState, IRosMessage?, string)>>
    {
        public async Task<(GoalState, IRosMessage?, string)> Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage
        {
            var goal = RosJson.Deserialize(type.Goal, json, RobotLine.DialectOf(ros));
            using var client = ros.ActionClient(type, action);
            await ServersOf.ThereAsync(ros.Time, () => client.ServerIsThere, cancel);
            var handle = client.Send(id, goal, f => feedback(f));
            using var registration = cancel.Register(handle.Cancel);
            var outcome = await handle.Completion;
            return (outcome.State, outcome.Result, outcome.Detail);
        }
    }
}
