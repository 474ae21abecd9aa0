using System.Collections.Frozen;

namespace RobotWorker.Ros.Messages;

/// <summary>Every type that was compiled in, by name. Both spellings are understood: <c>std_msgs/msg/String</c> and <c>std_msgs/String</c>.</summary>
public static partial class RosTypes
{
    private static readonly Lazy<FrozenDictionary<string, MessageType>> MessagesByName = new(() => AllMessages().ToFrozenDictionary(type => type.Name, StringComparer.Ordinal));
    private static readonly Lazy<FrozenDictionary<string, ServiceType>> ServicesByName = new(() => AllServices().ToFrozenDictionary(type => type.Name, StringComparer.Ordinal));
    private static readonly Lazy<FrozenDictionary<string, ActionType>> ActionsByName = new(() => AllActions().ToFrozenDictionary(type => type.Name, StringComparer.Ordinal));

    /// <summary>Every message type.</summary>
    public static IEnumerable<MessageType> Messages => MessagesByName.Value.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every service type.</summary>
    public static IEnumerable<ServiceType> Services => ServicesByName.Value.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every action type.</summary>
    public static IEnumerable<ActionType> Actions => ActionsByName.Value.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>The message type of this name, or null.</summary>
    public static MessageType? Message(string name) => MessagesByName.Value.GetValueOrDefault(Full(name, "msg"));

    /// <summary>The service type of this name, or null.</summary>
    public static ServiceType? Service(string name) => ServicesByName.Value.GetValueOrDefault(Full(name, "srv"));

    /// <summary>The action type of this name, or null.</summary>
    public static ActionType? Action(string name) => ActionsByName.Value.GetValueOrDefault(Full(name, "action"));

    /// <summary>The ROS 2 spelling: <c>std_msgs/String</c> becomes <c>std_msgs/msg/String</c>.</summary>
    /// <param name="name">Either spelling.</param>
    /// <param name="folder"><c>msg</c>, <c>srv</c> or <c>action</c>.</param>
    public static string Full(string name, string folder) => name.Split('/') is [var package, var type] ? $"{package}/{folder}/{type}" : name;

    /// <summary>The ROS 1 spelling: <c>std_msgs/msg/String</c> becomes <c>std_msgs/String</c>.</summary>
    public static string Short(string name) => name.Split('/') is [var package, _, var type] ? $"{package}/{type}" : name;
}
