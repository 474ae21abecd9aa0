using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Finds the types of topics and services out from who has them: a connection with stars for type and md5sum is answered with the truth.</summary>
internal static class Probe
{
    /// <summary>A topic's type: a publisher's, else a subscriber's.</summary>
    /// <exception cref="Ros1Exception">Nobody who has the topic tells its type.</exception>
    public static async Task<MessageType> TopicAsync(NodeWire wire, string topic, CancellationToken cancel)
    {
        var state = await wire.Master.SystemStateAsync(cancel);
        Ros1Exception? last = null;
        foreach (var node in state.Publishers.GetValueOrDefault(topic, []))
        {
            try
            {
                if (node != wire.Caller) return await PublisherAsync(wire, node, topic, cancel);
            }
            catch (Ros1Exception wrong)
            {
                last = wrong;
            }
        }

        var subscribers = state.Subscribers.GetValueOrDefault(topic, []).Remove(wire.Caller);
        if (subscribers.IsEmpty) throw last ?? new Ros1Exception($"no other node publishes or subscribes {topic}");
        return await SubscriberAsync(wire, topic, subscribers, cancel);
    }

    /// <summary>A service's type and md5sum.</summary>
    /// <exception cref="Ros1Exception">Its server cannot be asked.</exception>
    public static async Task<(string Type, string Md5)> ServiceAsync(NodeWire wire, string service, CancellationToken cancel)
    {
        var place = await wire.Master.LookUpServiceAsync(service, cancel);
        if (!Uri.TryCreate(place, UriKind.Absolute, out var address) || address.Port <= 0) throw new Ros1Exception($"nobody offers {service}");
        (string, string)[] header = [("callerid", wire.Caller), ("service", service), ("md5sum", "*"), ("probe", "1")];
        using var client = await TcpRosClient.ConnectAsync(address.Host, address.Port, header, wire.Options, cancel);
        return (client.Header.GetValueOrDefault("type", "*"), client.Header.GetValueOrDefault("md5sum", "*"));
    }

    private static async Task<MessageType> PublisherAsync(NodeWire wire, string node, string topic, CancellationToken cancel)
    {
        var api = await wire.Master.LookUpNodeAsync(node, cancel) ?? throw new Ros1Exception($"the master does not know where {node} is");
        var (host, port) = await PublisherConnection.PlaceAsync(wire.Client, api, wire.Caller, topic, wire.Options, cancel);
        (string, string)[] header = [("callerid", wire.Caller), ("topic", topic), ("type", "*"), ("md5sum", "*"), ("message_definition", ""), ("tcp_nodelay", "1")];
        using var client = await TcpRosClient.ConnectAsync(host, port, header, wire.Options, cancel);
        return TypeIn(client.Header, topic, node);
    }

    // A subscriber tells its type to publishers alone: for a moment we are one, which publishes nothing.
    private static async Task<MessageType> SubscriberAsync(NodeWire wire, string topic, ImmutableArray<string> nodes, CancellationToken cancel)
    {
        if (wire.Publishes(topic)) throw new Ros1Exception($"{topic} is published by this node itself, and by no other that tells its type");
        var told = new TaskCompletionSource<MessageType>(TaskCreationOptions.RunContinuationsAsynchronously);
        Ros1Exception? last = null;
        var end = wire.Add(new TopicSender(wire.Caller, topic, WireType.Any, 0, new(1, 1, IsLossTold: false, wire.Options.PeerDeadline), wire.Options.WireClock, _ => { })
        {
            Heard = header =>
            {
                try
                {
                    told.TrySetResult(TypeIn(header, topic, header.GetValueOrDefault("callerid", "a subscriber")));
                }
                catch (Ros1Exception wrong)
                {
                    last = wrong;
                }
            },
        });
        try
        {
            return await told.Task.WaitAsync(wire.Options.CallDeadline, wire.Options.WireClock, cancel);
        }
        catch (TimeoutException)
        {
            throw last ?? new Ros1Exception($"{string.Join(", ", nodes)} subscribed {topic} and did not connect to a new publisher of it");
        }
        finally
        {
            end();
        }
    }

    /// <summary>The type that a connection's header tells: the one that is compiled in where it is the same, else made from the definition there.</summary>
    private static MessageType TypeIn(IReadOnlyDictionary<string, string> header, string topic, string node)
    {
        var (name, md5) = (header.GetValueOrDefault("type", "*"), header.GetValueOrDefault("md5sum", "*"));
        if (RosTypes.Message(name) is { } known && Ros1Definition.Md5Of(known) == md5) return known;
        if (name == "*" || header.GetValueOrDefault("message_definition", "") is not { Length: > 0 } definition)
            throw new Ros1Exception($"{topic} carries {name}, which is not compiled in as it is there, and {node} does not tell how it is defined");
        try
        {
            var made = DynamicTypes.Message(name, definition, RosDialect.Ros1);
            return md5 == "*" || Ros1Definition.Md5Of(made) == md5
                ? made
                : throw new Ros1Exception($"{topic} carries {name}, and the definition that {node} tells is another one than it uses: its md5sum is {Ros1Definition.Md5Of(made)}, not {md5}");
        }
        catch (RosCodecException wrong)
        {
            throw new Ros1Exception($"{topic} carries {name}, and the definition that {node} tells cannot be read: {wrong.Message}", wrong);
        }
    }
}
