using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Messages;

/// <summary>A ROS message of any type: immutable, and able to show its fields to a codec.</summary>
public interface IRosMessage
{
    /// <summary>The ROS 2 name of its type, <c>geometry_msgs/msg/PoseStamped</c>.</summary>
    string TypeName { get; }

    /// <summary>Its definition and those it depends on, as <see cref="IRosMessage{TSelf}.Definition"/>.</summary>
    string TypeDefinition { get; }

    /// <summary>Shows the fields in the order of the wire.</summary>
    void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct;
}

/// <summary>A ROS message whose type is known at compile time.</summary>
/// <typeparam name="TSelf">The message's own type.</typeparam>
public interface IRosMessage<TSelf> : IRosMessage where TSelf : IRosMessage<TSelf>
{
    /// <summary>The ROS 2 name of the type, <c>geometry_msgs/msg/PoseStamped</c>.</summary>
    static abstract string RosType { get; }

    /// <summary>
    /// The definition, followed by every message it depends on, each after a line of 80 <c>=</c> and <c>MSG: package/Name</c>:
    /// the form of MCAP's schema encoding <c>ros2msg</c>.
    /// </summary>
    static abstract string Definition { get; }

    /// <summary>The message that nobody filled in: numbers 0, texts empty, and the definition's own defaults.</summary>
    static abstract TSelf Default { get; }

    /// <summary>Takes the fields in the order of the wire.</summary>
    static abstract TSelf Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct;
}

/// <summary>A service's request; it knows the response that belongs to it.</summary>
/// <typeparam name="TSelf">The request's own type.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public interface IServiceRequest<TSelf, TResponse> : IRosMessage<TSelf>
    where TSelf : IServiceRequest<TSelf, TResponse>
    where TResponse : IRosMessage<TResponse>
{
    /// <summary>The ROS 2 name of the service's type, <c>std_srvs/srv/Trigger</c>.</summary>
    static abstract string ServiceType { get; }
}

/// <summary>An action's goal; it knows the result and the feedback that belong to it.</summary>
/// <typeparam name="TSelf">The goal's own type.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <typeparam name="TFeedback">The feedback.</typeparam>
public interface IActionGoal<TSelf, TResult, TFeedback> : IRosMessage<TSelf>
    where TSelf : IActionGoal<TSelf, TResult, TFeedback>
    where TResult : IRosMessage<TResult>
    where TFeedback : IRosMessage<TFeedback>
{
    /// <summary>The ROS 2 name of the action's type, <c>nav2_msgs/action/NavigateToPose</c>.</summary>
    static abstract string ActionType { get; }
}
