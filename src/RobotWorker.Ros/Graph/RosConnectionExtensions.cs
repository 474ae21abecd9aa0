using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>
/// Calls in which the service or action is named once and its types are inferred:
/// <c>await robot.CallServiceAsync(Trigger.Type, "/protective_stop", new(), deadline)</c>,
/// <c>robot.ActionClient(NavigateToPose.Type, "/navigate_to_pose")</c>.
/// </summary>
public static class RosConnectionExtensions
{
    /// <inheritdoc cref="IRosConnection.CallServiceAsync"/>
    public static Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        this IRosConnection connection, RosService<TRequest, TResponse> _, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        connection.CallServiceAsync<TRequest, TResponse>(service, request, deadline, cancel);

    /// <inheritdoc cref="IRosConnection.AdvertiseService"/>
    public static IDisposable AdvertiseService<TRequest, TResponse>(
        this IRosConnection connection, RosService<TRequest, TResponse> _, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        connection.AdvertiseService(service, handler);

    /// <inheritdoc cref="IRosConnection.ActionClient"/>
    public static IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(
        this IRosConnection connection, RosAction<TGoal, TResult, TFeedback> _, string action)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback> =>
        connection.ActionClient<TGoal, TResult, TFeedback>(action);
}
