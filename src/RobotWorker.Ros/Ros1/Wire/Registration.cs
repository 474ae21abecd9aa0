using System.Collections.Immutable;
using RobotWorker.Ros.Ros1.XmlRpc;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Something that the master is told of this node, and is told again when it forgets.</summary>
internal abstract class Registration(string name)
{
    private int isWanted = 1;

    public string Name => name;

    /// <summary>Whether the master was told of it, as far as we know.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether it said yes.</summary>
    public bool IsAnswered { get; set; }

    public bool IsWanted => Volatile.Read(ref isWanted) == 1;

    public void Withdraw() => Volatile.Write(ref isWanted, 0);

    /// <summary>Whether the master cannot tell the two apart: it is withdrawn only with the last of them.</summary>
    public bool IsSameAs(Registration other) => other.GetType() == GetType() && other.Name == Name;

    public abstract Task RegisterAsync(MasterClient master, CancellationToken cancel);

    public abstract Task UnregisterAsync(MasterClient master, CancellationToken cancel);
}

/// <summary>A topic that is published.</summary>
internal sealed class PublisherRegistration(string topic, string type, string api) : Registration(topic)
{
    public override Task RegisterAsync(MasterClient master, CancellationToken cancel) => master.RegisterPublisherAsync(Name, type, api, cancel);

    public override Task UnregisterAsync(MasterClient master, CancellationToken cancel) => master.UnregisterPublisherAsync(Name, api, cancel);
}

/// <summary>A topic that is subscribed; whoever does is told of the publishers.</summary>
internal sealed class SubscriberRegistration(string topic, string type, string api, Action<IReadOnlyCollection<string>> publishers) : Registration(topic)
{
    private int news;

    /// <summary>The master says who publishes now.</summary>
    public void Update(IReadOnlyCollection<string> apis)
    {
        Interlocked.Increment(ref news);
        publishers(apis);
    }

    public override async Task RegisterAsync(MasterClient master, CancellationToken cancel)
    {
        while (true)
        {
            var before = Volatile.Read(ref news);
            var apis = await master.RegisterSubscriberAsync(Name, type, api, cancel);
            if (Volatile.Read(ref news) == before)
            {
                publishers(apis);
                return;
            }

            // An update overtook the answer: which of them is newer, only asking again can say.
        }
    }

    public override Task UnregisterAsync(MasterClient master, CancellationToken cancel) => master.UnregisterSubscriberAsync(Name, api, cancel);
}

/// <summary>A service that is offered.</summary>
internal sealed class ServiceRegistration(string service, string address, string api) : Registration(service)
{
    public override Task RegisterAsync(MasterClient master, CancellationToken cancel) => master.RegisterServiceAsync(Name, address, api, cancel);

    public override Task UnregisterAsync(MasterClient master, CancellationToken cancel) => master.UnregisterServiceAsync(Name, address, cancel);
}

/// <summary>A parameter whose changes are wanted.</summary>
internal sealed class ParameterRegistration(string name, string api, Action<XmlRpcValue?> changed) : Registration(name)
{
    /// <summary>The master says that the parameter, or one below it, has changed.</summary>
    public void Update(string key, XmlRpcValue value)
    {
        if (key.TrimEnd('/') == Name) changed(IsNothing(value) ? null : value);
        else IsDone = false;    // a part of it: the whole is asked for again
    }

    public override async Task RegisterAsync(MasterClient master, CancellationToken cancel)
    {
        var now = await master.SubscribeParameterAsync(Name, api, cancel);
        changed(IsNothing(now) ? await master.ParameterAsync(Name, cancel) : now);
    }

    public override Task UnregisterAsync(MasterClient master, CancellationToken cancel) => master.UnsubscribeParameterAsync(Name, api, cancel);

    // The master says an empty structure where there is no parameter.
    private static bool IsNothing(XmlRpcValue value) => value is XmlRpcStruct { Members.IsEmpty: true };
}
