using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Finds the types of topics and services out from who has them: a connection with stars for type and md5sum is answered with the truth.</summary>
internal static class Probe
{
    /// <summary>A topic's type.</summary>
    /// <exception cref="Ros1Exception">No publisher can be asked.</exception>
    public static async Task<MessageType> TopicAsync(NodeWire wire, string topic, CancellationToken cancel)
    {
        var nodes = (await wire.Master.SystemStateAsync(cancel)).Publishers.GetValueOrDefault(topic, []);
        if (nodes.IsEmpty) throw new Ros1Exception($"nobody publishes {topic}");
        Ros1Exception? last = null;
        foreach (var node in nodes)
        {
            try
            {
                var api = await wire.Master.LookUpNodeAsync(node, cancel) ?? throw new Ros1Exception($"the master does not know where {node} is");
                var (host, port) = await PublisherConnection.PlaceAsync(wire.Client, api, wire.Caller, topic, wire.Options, cancel);
                (string, string)[] header = [("callerid", wire.Caller), ("topic", topic), ("type", "*"), ("md5sum", "*"), ("message_definition", ""), ("tcp_nodelay", "1")];
                using var client = await TcpRosClient.ConnectAsync(host, port, header, wire.Options, cancel);
                var name = client.Header.GetValueOrDefault("type", "");
                return RosTypes.Message(name) is { } known && Ros1Definition.Md5Of(known) == client.Header.GetValueOrDefault("md5sum", "*")
                    ? known
                    : throw new Ros1Exception($"{topic} from {node} carries {name}, which is not compiled in as it is there");
            }
            catch (Ros1Exception wrong)
            {
                last = wrong;
            }
        }

        throw last!;
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
}
