using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.MoveBaseMsgs;
using RobotWorker.Ros.Messages.Nav2Msgs;

namespace RobotWorker.Tests.Ros;

/// <summary>Every message type of the library, so that a test covers the one that is added tomorrow.</summary>
internal static class EveryMessage
{
    /// <summary>Messages, and the parts of services and actions.</summary>
    public static IEnumerable<MessageType> Types { get; } =
    [
        .. RosTypes.Messages
            .Concat(RosTypes.Services.SelectMany(service => service.Accept(new Parts())))
            .Concat(RosTypes.Actions.SelectMany(action => action.Accept(new Parts())))
            .Concat([SendGoalRequest.TypeOf(NavigateToPose.Type.Goal), FeedbackMessage.TypeOf(NavigateToPose.Type.Feedback), GoalResult.TypeOf(NavigateToPose.Type.Result)])
            .Concat([Ros1ActionGoal.TypeOf(MoveBase.Type.Goal), Ros1ActionResult.TypeOf(MoveBase.Type.Result), Ros1ActionFeedback.TypeOf(MoveBase.Type.Feedback)]),
    ];

    public static IEnumerable<Kind> Kinds { get; } = [.. Types.Select(type => type.Accept(new Kinder()))];

    /// <param name="Random">Made up: with the fields that the dialect has; the others keep their defaults.</param>
    public sealed record Kind(
        string RosType, string Definition, IRosMessage Default, Func<Random, RosDialect, IRosMessage> Random, Func<byte[], IRosMessage> Deserialize,
        Func<byte[], RosDialect, UnknownFields, IRosMessage> FromJson, Func<byte[], IRosMessage> FromRos1,
        Func<byte[], RosDialect, UnknownFields, IRosMessage> FromCbor, string Md5)
    {
        public override string ToString() => RosType;
    }

    private sealed class Kinder : IMessageTypeVisitor<Kind>
    {
        public Kind Visit<T>(MessageType<T> type) where T : IRosMessage => new(
            type.Name,
            type.Definition,
            type.Default,
            (random, dialect) =>
            {
                var reader = new RandomReader(random, dialect);
                return type.Read(ref reader);
            },
            bytes => Cdr.Deserialize(type, bytes),
            (json, dialect, unknown) => RosJson.Deserialize(type, json, dialect, unknown),
            bytes => Ros1Wire.Deserialize(type, bytes),
            (cbor, dialect, unknown) => RosCbor.Deserialize(type, cbor, dialect, unknown),
            Ros1Definition.Md5Of(type));
    }

    private sealed class Parts : IServiceTypeVisitor<MessageType[]>, IActionTypeVisitor<MessageType[]>
    {
        public MessageType[] Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type)
            where TRequest : IRosMessage
            where TResponse : IRosMessage =>
            [type.Request, type.Response];

        public MessageType[] Visit<TGoal, TResult, TFeedback>(ActionType<TGoal, TResult, TFeedback> type)
            where TGoal : IRosMessage
            where TResult : IRosMessage
            where TFeedback : IRosMessage =>
            [type.Goal, type.Result, type.Feedback];
    }
}
