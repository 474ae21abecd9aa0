using System.Collections.Immutable;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>What the registrar tells its node, on threads of its own.</summary>
internal interface IRegistrarEvents
{
    /// <summary>The master answers, or does not.</summary>
    void MasterIs(bool there);

    /// <summary>The graph's topics with their types, whenever they changed.</summary>
    void TopicsAre(ImmutableArray<(string Topic, string Type)> topics);

    /// <summary>Something that nobody else would say.</summary>
    void Problem(string name, string text);
}

/// <summary>
/// Keeps the master's knowledge of this node as it should be: tells it what is new, takes back what is no longer wanted, and tells everything again when
/// the master was restarted or has forgotten the node. It also notices whether the master is there.
/// </summary>
internal sealed class Registrar(MasterClient master, string node, string api, Ros1Options options, IRegistrarEvents events) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Registration> registrations = [];
    private readonly Signal wake = new();
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private ImmutableArray<(string Topic, string Type)> topics = [];
    private Task running = Task.CompletedTask;
    private int? masterPid;
    private bool isThere;
    private bool isClosing;

    public void Start() => running = Task.Run(RunAsync);

    public void Add(Registration registration)
    {
        lock (gate) registrations.Add(registration);
        wake.Set();
    }

    public void Remove(Registration registration)
    {
        registration.Withdraw();
        wake.Set();
    }

    /// <summary>Whether nothing is left to be told.</summary>
    public bool IsSettled => Snapshot().All(registration => registration is { IsDone: true, IsAnswered: true, IsWanted: true });

    /// <summary>Those that stand, of one kind and name.</summary>
    public IReadOnlyList<T> Of<T>(string name) where T : Registration => [.. All<T>().Where(registration => registration.Name == name)];

    /// <summary>Those that stand, of one kind.</summary>
    public IReadOnlyList<T> All<T>() where T : Registration
    {
        lock (gate) return [.. registrations.OfType<T>().Where(registration => registration.IsWanted)];
    }

    /// <summary>Something may have changed at once rather than at the next check.</summary>
    public void Wake() => wake.Set();

    /// <summary>Takes everything back, if the master answers within the deadline, and ends.</summary>
    public async Task CloseAsync()
    {
        lock (gate)
        {
            isClosing = true;
            foreach (var registration in registrations) registration.Withdraw();
        }

        wake.Set();
        await Task.WhenAny(running, Pause.For(options.CallDeadline, options.WireClock, stop.Token));
        await stop.CancelAsync();
        await running;
    }

    public void Dispose() => stop.Dispose();

    private async Task RunAsync()
    {
        var backOff = new BackOff(options.LeastPause, options.MostPause, new Random(options.JitterSeed));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await CheckAsync();
                await SettleAsync();
                if (isClosing)
                {
                    // What was withdrawn while this pass was under way is taken back by another one.
                    if (Snapshot().Length == 0) return;
                    continue;
                }
                await LookAsync();
                backOff.Reset();
                Tell(true);
                await wake.WaitAsync(options.CheckEvery, options.WireClock, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Ros1Exception lost)
            {
                if (isClosing) return;    // it keeps what it knows of us until it is told, or restarted
                Tell(false);
                if (told.Add(lost.Message)) events.Problem(node, $"{lost.Message}; it is tried again");
                await Pause.For(backOff.Next(), options.WireClock, stop.Token);
            }
        }
    }

    // Whether the master is the one that was told, and still knows.
    private async Task CheckAsync()
    {
        var pid = await master.PidAsync(stop.Token);
        var isKnown = pid == masterPid;
        if (isKnown && Snapshot().Any(registration => registration.IsDone))
            isKnown = await master.LookUpNodeAsync(node, stop.Token) == api;
        // One that was restarted between two checks was away all the same, and has forgotten more than registrations: parameters too.
        if (masterPid is { } before && before != pid) Tell(false);
        masterPid = pid;
        if (isKnown) return;
        foreach (var registration in Snapshot()) registration.IsDone = false;
    }

    private async Task SettleAsync()
    {
        foreach (var registration in Snapshot())
        {
            if (registration.IsWanted && !registration.IsDone)
            {
                try
                {
                    registration.IsDone = true;    // before asking: what happens meanwhile may take it back
                    registration.IsAnswered = false;
                    await registration.RegisterAsync(master, stop.Token);
                    registration.IsAnswered = true;
                }
                catch (Ros1RefusedException refused)
                {
                    if (told.Add(refused.Message)) events.Problem(registration.Name, refused.Message);
                }
                catch
                {
                    registration.IsDone = false;
                    throw;
                }
            }
            else if (!registration.IsWanted)
            {
                bool isLast;
                lock (gate) isLast = !registrations.Any(other => other != registration && other.IsWanted && other.IsSameAs(registration));
                try
                {
                    if (isLast && registration.IsDone) await registration.UnregisterAsync(master, stop.Token);
                }
                catch (Ros1RefusedException)
                {
                    // It did not know: as wanted.
                }

                lock (gate) registrations.Remove(registration);
            }
        }
    }

    private async Task LookAsync()
    {
        var state = await master.SystemStateAsync(stop.Token);
        var types = (await master.TopicTypesAsync(stop.Token)).ToLookup(entry => entry.Topic, entry => entry.Type, StringComparer.Ordinal);
        ImmutableArray<(string Topic, string Type)> now =
            [.. state.Publishers.Keys.Union(state.Subscribers.Keys).Order(StringComparer.Ordinal).Select(topic => (topic, types[topic].FirstOrDefault("*")))];
        if (now.AsSpan().SequenceEqual(topics.AsSpan())) return;
        topics = now;
        events.TopicsAre(now);
    }

    private void Tell(bool there)
    {
        if (there) told.Clear();
        if (there == isThere) return;
        isThere = there;
        events.MasterIs(there);
    }

    private Registration[] Snapshot()
    {
        lock (gate) return [.. registrations];
    }
}
