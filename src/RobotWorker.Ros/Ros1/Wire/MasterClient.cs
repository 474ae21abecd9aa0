using System.Collections.Immutable;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>The API of a master and of its parameter server, called as one node. All throw <see cref="Ros1Exception"/> as <see cref="XmlRpcClient"/> does.</summary>
internal sealed class MasterClient(XmlRpcClient client, Uri master, string caller, TimeSpan deadline)
{
    public Uri Address => master;

    /// <summary>Registers this node's interest in a topic.</summary>
    /// <returns>The publishers' APIs.</returns>
    public async Task<ImmutableArray<string>> RegisterSubscriberAsync(string topic, string type, string api, CancellationToken cancel) =>
        RosApi.Texts(await CallAsync("registerSubscriber", [topic, type, api], cancel));

    public Task UnregisterSubscriberAsync(string topic, string api, CancellationToken cancel) => CallAsync("unregisterSubscriber", [topic, api], cancel);

    public Task RegisterPublisherAsync(string topic, string type, string api, CancellationToken cancel) => CallAsync("registerPublisher", [topic, type, api], cancel);

    public Task UnregisterPublisherAsync(string topic, string api, CancellationToken cancel) => CallAsync("unregisterPublisher", [topic, api], cancel);

    public Task RegisterServiceAsync(string service, string address, string api, CancellationToken cancel) =>
        CallAsync("registerService", [service, address, api], cancel);

    public Task UnregisterServiceAsync(string service, string address, CancellationToken cancel) => CallAsync("unregisterService", [service, address], cancel);

    /// <summary>Where a service is, <c>rosrpc://host:port</c>; null when nobody offers it.</summary>
    public async Task<string?> LookUpServiceAsync(string service, CancellationToken cancel) => (await FindAsync("lookupService", [service], cancel) as XmlRpcText)?.Value;

    /// <summary>The API of a node; null when the master does not know it.</summary>
    public async Task<string?> LookUpNodeAsync(string node, CancellationToken cancel) => (await FindAsync("lookupNode", [node], cancel) as XmlRpcText)?.Value;

    /// <summary>Topics with their types, whoever uses them.</summary>
    public async Task<ImmutableArray<(string Topic, string Type)>> TopicTypesAsync(CancellationToken cancel) =>
        RosApi.Pairs(await CallAsync("getTopicTypes", [], cancel));

    /// <summary>Topics that somebody publishes, with their types.</summary>
    /// <param name="below">Only those below this name; empty for all.</param>
    public async Task<ImmutableArray<(string Topic, string Type)>> PublishedTopicsAsync(string below, CancellationToken cancel) =>
        RosApi.Pairs(await CallAsync("getPublishedTopics", [below], cancel));

    /// <summary>Who publishes, subscribes and serves what.</summary>
    public async Task<Ros1SystemState> SystemStateAsync(CancellationToken cancel)
    {
        var state = await CallAsync("getSystemState", [], cancel);
        return state is XmlRpcArray([var publishers, var subscribers, var services])
            ? new(Nodes(publishers), Nodes(subscribers), Nodes(services))
            : throw new Ros1Exception($"{master} answers getSystemState with {RosApi.Short(state)}");
    }

    /// <summary>The master's process: another one means that it was restarted.</summary>
    public async Task<int> PidAsync(CancellationToken cancel) => await CallAsync("getPid", [], cancel) is XmlRpcInt(var pid) ? pid : 0;

    /// <summary>The master's own address, as it knows it.</summary>
    public async Task<string> UriAsync(CancellationToken cancel) => await CallAsync("getUri", [], cancel) is XmlRpcText(var uri) ? uri : "";

    /// <summary>A parameter, or null.</summary>
    public Task<XmlRpcValue?> ParameterAsync(string name, CancellationToken cancel) => FindAsync("getParam", [name], cancel);

    public Task SetParameterAsync(string name, XmlRpcValue value, CancellationToken cancel) => CallAsync("setParam", [name, value], cancel);

    public async Task<bool> HasParameterAsync(string name, CancellationToken cancel) => await CallAsync("hasParam", [name], cancel) is XmlRpcBool(true);

    /// <summary>Removes a parameter.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteParameterAsync(string name, CancellationToken cancel) => await FindAsync("deleteParam", [name], cancel) is not null;

    /// <summary>The full name of the nearest parameter of this name, from the node's own namespace outwards, or null.</summary>
    public async Task<string?> SearchParameterAsync(string name, CancellationToken cancel) => (await FindAsync("searchParam", [name], cancel) as XmlRpcText)?.Value;

    public async Task<ImmutableArray<string>> ParameterNamesAsync(CancellationToken cancel) => RosApi.Texts(await CallAsync("getParamNames", [], cancel));

    /// <summary>Asks to be told of changes.</summary>
    /// <returns>The value now; an empty structure when there is none.</returns>
    public Task<XmlRpcValue> SubscribeParameterAsync(string name, string api, CancellationToken cancel) => CallAsync("subscribeParam", [api, name], cancel);

    public Task UnsubscribeParameterAsync(string name, string api, CancellationToken cancel) => CallAsync("unsubscribeParam", [api, name], cancel);

    private async Task<XmlRpcValue> CallAsync(string method, ImmutableArray<XmlRpcValue> arguments, CancellationToken cancel) =>
        RosApi.Value(await client.CallAsync(master, method, [caller, .. arguments], deadline, cancel), $"the master {master}", method);

    // What is not there is answered with code -1, as a mistake would be.
    private async Task<XmlRpcValue?> FindAsync(string method, ImmutableArray<XmlRpcValue> arguments, CancellationToken cancel)
    {
        try
        {
            return await CallAsync(method, arguments, cancel);
        }
        catch (Ros1RefusedException)
        {
            return null;
        }
    }

    // A name that comes twice is one name.
    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Nodes(XmlRpcValue list)
    {
        var nodes = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var entry in list is XmlRpcArray(var items) ? items : [])
            if (entry is XmlRpcArray([XmlRpcText(var name), XmlRpcArray users])) nodes[name] = [.. nodes.GetValueOrDefault(name, []), .. RosApi.Texts(users)];
        return nodes.ToImmutable();
    }
}
