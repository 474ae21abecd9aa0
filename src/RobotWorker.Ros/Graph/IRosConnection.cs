using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>
/// A node's connection to a ROS graph: in process, or over any wire. It lives on one thread, its episode's loop; handlers run there, one after
/// another, never within a call that the node made. Disposing it withdraws everything that it advertised and subscribed.
/// </summary>
public interface IRosConnection : IDisposable
{
    /// <summary>The node's name, <c>robot</c>.</summary>
    string Node { get; }

    /// <summary>The clock of deadlines.</summary>
    TimeProvider Time { get; }

    /// <summary>Whether the graph is reached now. In process it always is.</summary>
    LinkState Link { get; }

    /// <summary>Whether an action's status tells the ids with which its goals were sent. Rosbridge's action ops give them others.</summary>
    bool TellsGoalIds => true;

    /// <summary>Raised on the loop after each change of <see cref="Link"/>. After a loss everything advertised and subscribed is told to the other side again.</summary>
    event Action<LinkState>? LinkChanged;

    /// <summary>Every topic that is published or subscribed, ordered by name.</summary>
    IReadOnlyList<TopicInfo> Topics { get; }

    /// <summary>Offers a topic.</summary>
    /// <param name="type">The type of its messages.</param>
    /// <param name="topic">An absolute name, <c>/joint_states</c>.</param>
    /// <param name="qos">What is offered; <see cref="Qos.Default"/> when null.</param>
    /// <exception cref="RosGraphException">The name is wrong, or the topic has another type.</exception>
    IPublisher<T> Advertise<T>(MessageType<T> type, string topic, Qos? qos = null) where T : IRosMessage;

    /// <summary>Receives a topic until the returned subscription is disposed.</summary>
    /// <param name="type">The type of its messages.</param>
    /// <param name="topic">An absolute name, <c>/joint_states</c>.</param>
    /// <param name="handler">Called for each message; what it throws ends the loop's run.</param>
    /// <param name="qos">What is asked for; when null, whatever a publisher offers, its latched messages included.</param>
    /// <exception cref="RosGraphException">The name is wrong, the topic has another type, or a publisher does not offer what is asked for.</exception>
    IDisposable Subscribe<T>(MessageType<T> type, string topic, Action<T> handler, Qos? qos = null) where T : IRosMessage;

    /// <summary>Offers a service until the returned registration is disposed.</summary>
    /// <exception cref="RosGraphException">The name is wrong, or the service is offered already.</exception>
    IDisposable AdvertiseService<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IRosMessage
        where TResponse : IRosMessage;

    /// <summary>Calls a service.</summary>
    /// <exception cref="RosServiceException">Nobody offers it, its server went away, or <paramref name="deadline"/> passed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled; the service may still run.</exception>
    Task<TResponse> CallServiceAsync<TRequest, TResponse>(
        ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel = default)
        where TRequest : IRosMessage
        where TResponse : IRosMessage;

    /// <summary>A client of an action; its server may come later.</summary>
    IActionClient<TGoal, TResult, TFeedback> ActionClient<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type, string action)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage;

    /// <summary>Offers an action until the returned registration is disposed; then its open goals' clients see Unknown.</summary>
    /// <exception cref="RosGraphException">The name is wrong, or the action is offered already.</exception>
    IDisposable AdvertiseAction<TGoal, TResult, TFeedback>(
        ActionType<TGoal, TResult, TFeedback> type, string action, IActionServerHandler<TGoal, TResult, TFeedback> handler)
        where TGoal : IRosMessage
        where TResult : IRosMessage
        where TFeedback : IRosMessage;

    /// <summary>Shows every message of every topic to <paramref name="tap"/> from now on, latched ones first, until disposed.</summary>
    IDisposable Tap(IMessageTap tap);
}
