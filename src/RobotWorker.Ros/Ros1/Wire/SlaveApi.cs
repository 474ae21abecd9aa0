using System.Collections.Immutable;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>What a node must tell when the master or another node asks; the methods of ROS 1's slave API, on the sockets' threads.</summary>
internal interface ISlave
{
    Uri Master { get; }

    string Host { get; }

    int TcpRosPort { get; }

    IReadOnlyCollection<TopicSender> Senders { get; }

    IReadOnlyCollection<TopicReceiver> Receivers { get; }

    IReadOnlyCollection<ServiceHost> Services { get; }

    void PublishersAre(string topic, ImmutableArray<string> apis);

    void ParameterIs(string key, XmlRpcValue value);

    void ShutDown(string why);
}

/// <summary>Answers the slave API's calls. What is wrong with a call is answered, not thrown.</summary>
internal static class SlaveApi
{
    public static XmlRpcValue Answer(ISlave slave, XmlRpcCall call) => (call.Method, call.Arguments) switch
    {
        ("publisherUpdate", [XmlRpcText, XmlRpcText(var topic), XmlRpcArray publishers]) => Done(() => slave.PublishersAre(topic, RosApi.Texts(publishers))),
        ("paramUpdate", [XmlRpcText, XmlRpcText(var key), var value]) => Done(() => slave.ParameterIs(key, value)),
        ("requestTopic", [XmlRpcText, XmlRpcText(var topic), XmlRpcArray protocols]) => RequestTopic(slave, topic, protocols),
        ("getPid", [XmlRpcText]) => RosApi.Done("", Environment.ProcessId),
        ("getMasterUri", [XmlRpcText]) => RosApi.Done("", slave.Master.ToString()),
        ("getPublications", [XmlRpcText]) => RosApi.Done("", Pairs(slave.Senders.Select(sender => (sender.Topic, sender.Type.Name)))),
        ("getSubscriptions", [XmlRpcText]) => RosApi.Done("", Pairs(slave.Receivers.Select(receiver => (receiver.Topic, receiver.Type.Name)))),
        ("getBusInfo", [XmlRpcText]) => RosApi.Done("", BusInfo(slave)),
        ("getBusStats", [XmlRpcText]) => RosApi.Done("", BusStats(slave)),
        ("shutdown", [XmlRpcText, .. var why]) => Done(() => slave.ShutDown(why is [XmlRpcText(var words)] ? words : "")),
        ("publisherUpdate" or "paramUpdate" or "requestTopic" or "getPid" or "getMasterUri" or "getPublications" or "getSubscriptions" or "getBusInfo"
            or "getBusStats" or "shutdown", _) => RosApi.Refused($"{call.Method} takes other arguments"),
        _ => throw new XmlRpcFaultException(1, $"there is no method '{call.Method}'"),
    };

    private static XmlRpcValue Done(Action action)
    {
        action();
        return RosApi.Done("", 0);
    }

    private static XmlRpcValue RequestTopic(ISlave slave, string topic, XmlRpcArray protocols)
    {
        if (slave.Senders.All(sender => sender.Topic != topic)) return RosApi.Refused($"{topic} is not published here");
        return protocols.Items.Any(protocol => protocol is XmlRpcArray([XmlRpcText("TCPROS"), ..]))
            ? RosApi.Done($"ready on {slave.Host}:{slave.TcpRosPort}", XmlRpcValue.List("TCPROS", slave.Host, slave.TcpRosPort))
            : XmlRpcValue.List(0, "TCPROS is the only protocol here", 0);
    }

    private static XmlRpcArray Pairs(IEnumerable<(string Topic, string Type)> topics) =>
        XmlRpcValue.List([.. topics.Distinct().Select(topic => XmlRpcValue.List(topic.Topic, topic.Type))]);

    // [id, the other side, direction, transport, topic, whether connected, words] each.
    private static XmlRpcArray BusInfo(ISlave slave)
    {
        var connections = new List<XmlRpcValue>();
        foreach (var sender in slave.Senders)
            foreach (var connection in sender.Connections)
                connections.Add(XmlRpcValue.List(connections.Count, connection.Node, "o", "TCPROS", sender.Topic, true, $"TCPROS connection to [{connection.Peer}]"));
        foreach (var receiver in slave.Receivers)
            foreach (var connection in receiver.Connections)
                connections.Add(XmlRpcValue.List(connections.Count, connection.Publisher, "i", "TCPROS", receiver.Topic, connection.IsConnected, $"from {connection.Publisher}"));
        return XmlRpcValue.List([.. connections]);
    }

    // [[topic, bytes, [[id, bytes, messages, connected]...]]...], [[topic, [[id, bytes, messages, drops, connected]...]]...], [requests, bytes in, bytes out].
    private static XmlRpcArray BusStats(ISlave slave)
    {
        var id = 0;
        var published = slave.Senders.Select(sender => (XmlRpcValue)XmlRpcValue.List(
            sender.Topic, Count(sender.Connections.Sum(connection => connection.SentBytes)),
            XmlRpcValue.List([.. sender.Connections.Select(connection =>
                (XmlRpcValue)XmlRpcValue.List(id++, Count(connection.SentBytes), Count(connection.Sent), true))]))).ToImmutableArray();
        var subscribed = slave.Receivers.Select(receiver => (XmlRpcValue)XmlRpcValue.List(
            receiver.Topic,
            XmlRpcValue.List([.. receiver.Connections.Select(connection =>
                (XmlRpcValue)XmlRpcValue.List(id++, Count(connection.ReceivedBytes), Count(connection.Received), -1, connection.IsConnected))]))).ToImmutableArray();
        return XmlRpcValue.List(
            new XmlRpcArray(published), new XmlRpcArray(subscribed), XmlRpcValue.List(Count(slave.Services.Sum(service => service.Requests)), 0, 0));
    }

    // XML-RPC has no 64-bit whole number.
    private static XmlRpcValue Count(long number) => number <= int.MaxValue ? (int)number : (double)number;
}
