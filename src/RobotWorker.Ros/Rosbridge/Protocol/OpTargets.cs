using System.Collections.Concurrent;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>Who is concerned by which name or id. The loop writes, the socket's thread reads.</summary>
internal sealed class OpTargets
{
    /// <summary>Subscribed topics by name.</summary>
    public ConcurrentDictionary<string, TopicTarget> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls that wait for their response, by id.</summary>
    public ConcurrentDictionary<string, OpTarget> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>Services that we offer, by name.</summary>
    public ConcurrentDictionary<string, OpTarget> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Goals that we sent, by id.</summary>
    public ConcurrentDictionary<string, OpTarget> Goals { get; } = new(StringComparer.Ordinal);

    /// <summary>Actions that we offer, by name.</summary>
    public ConcurrentDictionary<string, OpTarget> Actions { get; } = new(StringComparer.Ordinal);
}
