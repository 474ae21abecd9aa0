using System.Collections.Immutable;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>What is on a graph at one moment, each list ordered by name.</summary>
/// <param name="Topics">What is published or subscribed, the topics of actions among them.</param>
/// <param name="Services">What can be called.</param>
/// <param name="Actions">What is offered, or was asked for by a client.</param>
public sealed record GraphView(ImmutableArray<TopicView> Topics, ImmutableArray<ServiceView> Services, ImmutableArray<ActionView> Actions);

/// <summary>A topic with who uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its messages.</param>
/// <param name="Qos">What its first publisher offers; null while nobody publishes.</param>
/// <param name="Publishers">The nodes that publish it; a node that does so twice stands there twice.</param>
/// <param name="Subscribers">The nodes that subscribe it.</param>
public sealed record TopicView(string Name, MessageType Type, Qos? Qos, ImmutableArray<string> Publishers, ImmutableArray<string> Subscribers);

/// <summary>A service with who offers it.</summary>
public sealed record ServiceView(string Name, ServiceType Type, string Node);

/// <summary>An action with who offers it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Node">The node that offers it; null when there are clients alone.</param>
public sealed record ActionView(string Name, ActionType Type, string? Node);
