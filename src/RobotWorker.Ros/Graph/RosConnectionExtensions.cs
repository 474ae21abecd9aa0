using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>Calls whose types are records that were compiled in, so that the type need not be given: <c>robot.Subscribe&lt;JointState&gt;("/joint_states", Take)</c>.</summary>
public static class RosConnectionExtensions
{
    /// <inheritdoc cref="IRosConnection.Advertise"/>
    public static IPublisher<T> Advertise<T>(this IRosConnection connection, string topic, Qos? qos = null) where T : IRosMessage<T> =>
        connection.Advertise(MessageType.Of<T>(), topic, qos);

    /// <inheritdoc cref="IRosConnection.Subscribe"/>
    public static IDisposable Subscribe<T>(this IRosConnection connection, string topic, Action<T> handler, Qos? qos = null) where T : IRosMessage<T> =>
        connection.Subscribe(MessageType.Of<T>(), topic, handler, qos);

    /// <inheritdoc cref="IRosConnection.AdvertiseService"/>
    public static IDisposable AdvertiseService<TRequest, TResponse>(
        this IRosConnection connection, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        connection.AdvertiseService(ServiceType.Of<TRequest, TResponse>(), service, handler);

    /// <inheritdoc cref="IRosConnection.CallServiceAsync"/>
    public static Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        this IRosConnection connection, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IRosMessage<TResponse> =>
        connection.CallServiceAsync(ServiceType.Of<TRequest, TResponse>(), service, request, deadline, cancel);

    /// <inheritdoc cref="IRosConnection.ActionClient"/>
    public static IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(this IRosConnection connection, string action)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback> =>
        connection.ActionClient(ActionType.Of<TGoal, TResult, TFeedback>(), action);

    /// <inheritdoc cref="IRosConnection.AdvertiseAction"/>
    public static IDisposable AdvertiseAction<TGoal, TResult, TFeedback>(
        this IRosConnection connection, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IActionGoal<TGoal, TResult, TFeedback>
        where TResult : IRosMessage<TResult>
        where TFeedback : IRosMessage<TFeedback> =>
        connection.AdvertiseAction(ActionType.Of<TGoal, TResult, TFeedback>(), action, handler);
}
