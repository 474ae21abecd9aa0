using RobotWorker.Ros.Rosbridge.Server.Wire;

namespace RobotWorker.Ros.Rosbridge.Server.Ops;

/// <summary>What a client asks for or answers: one operation of the rosbridge protocol, its outer fields read, its message still JSON.</summary>
internal abstract record ClientOp(OpId Id);

internal sealed record Advertise(OpId Id, string Topic, string Type, bool Latch, int QueueSize) : ClientOp(Id);

internal sealed record Unadvertise(OpId Id, string Topic) : ClientOp(Id);

internal sealed record Publish(OpId Id, string Topic, string? Type, ReadOnlyMemory<byte> Message) : ClientOp(Id);

/// <param name="ThrottleMilliseconds">The least time between two messages, on the client's clock.</param>
/// <param name="QueueLength">How many messages wait for their turn while the throttle holds them back; 0: none, they are left out.</param>
/// <param name="FragmentSize">Bytes of JSON above which a message is cut; 0: never.</param>
internal sealed record Subscribe(
    OpId Id, string Topic, string? Type, int ThrottleMilliseconds, int QueueLength, int FragmentSize, Compression Compression) : ClientOp(Id);

internal sealed record Unsubscribe(OpId Id, string Topic) : ClientOp(Id);

internal sealed record CallService(
    OpId Id, string Service, ReadOnlyMemory<byte> Arguments, int FragmentSize, Compression Compression, double? TimeoutSeconds) : ClientOp(Id);

internal sealed record ServiceResponse(OpId Id, string Service, bool Result, ReadOnlyMemory<byte> Values) : ClientOp(Id);

internal sealed record AdvertiseService(OpId Id, string Service, string Type) : ClientOp(Id);

internal sealed record UnadvertiseService(OpId Id, string Service) : ClientOp(Id);

internal sealed record SendActionGoal(
    OpId Id, string Action, string? Type, ReadOnlyMemory<byte> Arguments, bool Feedback, int FragmentSize, Compression Compression) : ClientOp(Id)
{
    /// <summary>Whether the other is this very goal, word for word.</summary>
    public bool IsAgain(SendActionGoal other) => Action == other.Action && Arguments.Span.SequenceEqual(other.Arguments.Span);
}

internal sealed record CancelActionGoal(OpId Id, string Action) : ClientOp(Id);

internal sealed record AdvertiseAction(OpId Id, string Action, string Type) : ClientOp(Id);

internal sealed record UnadvertiseAction(OpId Id, string Action) : ClientOp(Id);

internal sealed record ActionFeedback(OpId Id, string Action, ReadOnlyMemory<byte> Values) : ClientOp(Id);

/// <param name="Status">As in action_msgs/GoalStatus: 4 succeeded, 5 canceled, 6 aborted.</param>
internal sealed record ActionResult(OpId Id, string Action, bool Result, int Status, ReadOnlyMemory<byte> Values) : ClientOp(Id);

internal sealed record SetLevel(OpId Id, string Level) : ClientOp(Id);

/// <summary>A status that the client tells us: nothing to do.</summary>
internal sealed record ToldStatus(OpId Id) : ClientOp(Id);

/// <summary>Something that is no operation; the client is told why.</summary>
internal sealed record BadOp(OpId Id, string Problem) : ClientOp(Id);

/// <summary>Something after which the client is told why, and let go.</summary>
internal sealed record FatalOp(string Problem, CloseReason Reason) : ClientOp(OpId.None);
