using System.Reflection;
using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.Nav2Msgs;

namespace RobotWorker.Tests.Ros;

/// <summary>Every message type of the library, so that a test covers the one that is added tomorrow.</summary>
internal static class EveryMessage
{
    private static readonly MethodInfo MakeCase = typeof(EveryMessage).GetMethod(nameof(Case), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IEnumerable<Kind> Kinds { get; } =
    [
        .. typeof(IRosMessage).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, ContainsGenericParameters: false } && typeof(IRosMessage).IsAssignableFrom(type))
            .Concat([typeof(SendGoalRequest<NavigateToPose.Goal>), typeof(FeedbackMessage<NavigateToPose.Feedback>), typeof(GoalResult<NavigateToPose.Result>)])
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (Kind)MakeCase.MakeGenericMethod(type).Invoke(null, null)!),
    ];

    private static Kind Case<T>() where T : IRosMessage<T> => new(
        T.RosType,
        T.Definition,
        T.Default,
        random =>
        {
            var reader = new RandomReader(random);
            return T.Read(ref reader);
        },
        bytes => Cdr.Deserialize<T>(bytes));

    public sealed record Kind(string RosType, string Definition, IRosMessage Default, Func<Random, IRosMessage> Random, Func<byte[], IRosMessage> Deserialize)
    {
        public override string ToString() => RosType;
    }
}
