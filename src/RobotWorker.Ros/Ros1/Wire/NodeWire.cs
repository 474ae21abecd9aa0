using System.Collections.Concurrent;
using System.Collections.Immutable;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>A node's sockets: its API, its TCPROS port, its registrations, its subscriptions' connections. Everything in it may be called from any thread.</summary>
internal sealed class NodeWire : ISlave, IDisposable
{
    private readonly XmlRpcServer api;
    private readonly TcpRosServer tcpRos;
    private readonly ConcurrentDictionary<TopicReceiver, bool> receivers = new();
    private readonly Action<string> shutDown;

    /// <param name="caller">The node's name with its slash, <c>/robot</c>.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="events">Hears of the master.</param>
    /// <param name="shutDown">Somebody told the node to end, and why.</param>
    public NodeWire(string caller, Ros1Options options, IRegistrarEvents events, Action<string> shutDown)
    {
        this.shutDown = shutDown;
        Caller = caller;
        Options = options;
        var host = HostName.Of(options);
        Host = host.Name;
        Client = new(options.WireClock, options.Wire);
        tcpRos = new(host.Listen, options);
        api = new(host.Listen, options.WireClock, call => SlaveApi.Answer(this, call), options.Wire);
        Api = $"http://{host.Name}:{api.Port}/";
        Master = new(Client, options.Master, caller, options.CallDeadline);
        Registrar = new(Master, caller, Api, options, events);
        Registrar.Start();
    }

    public string Caller { get; }

    public Ros1Options Options { get; }

    /// <summary>The address of the node's own API.</summary>
    public string Api { get; }

    public string Host { get; }

    public int TcpRosPort => tcpRos.Port;

    public XmlRpcClient Client { get; }

    public MasterClient Master { get; }

    public Registrar Registrar { get; }

    Uri ISlave.Master => Options.Master;

    IReadOnlyCollection<TopicSender> ISlave.Senders => [.. tcpRos.Topics.Values];

    IReadOnlyCollection<TopicReceiver> ISlave.Receivers => [.. receivers.Keys];

    IReadOnlyCollection<ServiceHost> ISlave.Services => [.. tcpRos.Services.Values];

    /// <summary>Whether this node publishes a topic.</summary>
    public bool Publishes(string topic) => tcpRos.Topics.ContainsKey(topic);

    /// <summary>Publishes a topic.</summary>
    /// <returns>What ends it.</returns>
    public Action Add(TopicSender sender)
    {
        tcpRos.Topics[sender.Topic] = sender;
        var registration = new PublisherRegistration(sender.Topic, sender.Type.Name, Api);
        Registrar.Add(registration);
        return () =>
        {
            tcpRos.Topics.TryRemove(sender.Topic, out _);
            Registrar.Remove(registration);
            sender.Dispose();
        };
    }

    /// <summary>Subscribes a topic.</summary>
    /// <returns>What ends it.</returns>
    public Action Add(TopicReceiver receiver)
    {
        receivers[receiver] = true;
        var registration = new SubscriberRegistration(receiver.Topic, receiver.Type.Name, Api, receiver.SetPublishers);
        Registrar.Add(registration);
        return () =>
        {
            receivers.TryRemove(receiver, out _);
            Registrar.Remove(registration);
            receiver.Dispose();
        };
    }

    /// <summary>Offers a service.</summary>
    /// <returns>What ends it.</returns>
    public Action Add(ServiceHost service)
    {
        tcpRos.Services[service.Service] = service;
        var registration = new ServiceRegistration(service.Service, $"rosrpc://{Host}:{TcpRosPort}", Api);
        Registrar.Add(registration);
        return () =>
        {
            tcpRos.Services.TryRemove(service.Service, out _);
            Registrar.Remove(registration);
            service.Dispose();
        };
    }

    /// <summary>Watches a parameter.</summary>
    /// <returns>What ends it.</returns>
    public Action Watch(string parameter, Action<XmlRpcValue?> changed)
    {
        var registration = new ParameterRegistration(parameter, Api, changed);
        Registrar.Add(registration);
        return () => Registrar.Remove(registration);
    }

    /// <summary>This node set a parameter itself: the master tells everybody but the one who did, so our own watchers ask again.</summary>
    public void ParameterIsOurs(string name)
    {
        foreach (var watcher in Registrar.All<ParameterRegistration>())
            if (watcher.Name == name || watcher.Name.StartsWith(name + "/", StringComparison.Ordinal) || name.StartsWith(watcher.Name + "/", StringComparison.Ordinal))
                watcher.IsDone = false;
        Registrar.Wake();
    }

    /// <summary>To how many publishers the subscription of a topic is connected; of several subscriptions, the one with the fewest.</summary>
    public int PublisherCount(string topic) => receivers.Keys.Where(receiver => receiver.Topic == topic).Select(receiver => receiver.Count).DefaultIfEmpty(0).Min();

    /// <summary>Takes everything back from the master and closes the sockets. It does not fail.</summary>
    public Task CloseAsync() => Task.Run(async () =>
    {
        await Registrar.CloseAsync();
        Dispose();
    });

    public void Dispose()
    {
        api.Dispose();
        tcpRos.Dispose();
        foreach (var receiver in receivers.Keys) receiver.Dispose();
        foreach (var service in tcpRos.Services.Values) service.Dispose();
        foreach (var sender in tcpRos.Topics.Values) sender.Dispose();
        Client.Dispose();
        Registrar.Dispose();
    }

    void ISlave.PublishersAre(string topic, ImmutableArray<string> apis)
    {
        foreach (var subscriber in Registrar.Of<SubscriberRegistration>(topic)) subscriber.Update(apis);
    }

    void ISlave.ParameterIs(string key, XmlRpcValue value)
    {
        for (var name = key.TrimEnd('/'); name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('/'))])
            foreach (var watcher in Registrar.Of<ParameterRegistration>(name)) watcher.Update(key, value);
        Registrar.Wake();
    }

    void ISlave.ShutDown(string why) => shutDown(why);
}
