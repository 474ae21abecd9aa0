using System.Collections.Immutable;

namespace RobotWorker.Ros.Ros1;

/// <summary>What a master knows of its graph: by topic or service, the nodes.</summary>
/// <param name="Publishers">Who publishes a topic.</param>
/// <param name="Subscribers">Who subscribes a topic.</param>
/// <param name="Services">Who offers a service.</param>
public sealed record Ros1SystemState(
    ImmutableSortedDictionary<string, ImmutableArray<string>> Publishers,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Subscribers,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Services);
