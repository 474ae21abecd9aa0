using System.Net.WebSockets;
using System.Security.Authentication;

namespace RobotWorker.Ros.Wire;

/// <summary>
/// A WebSocket that is opened again whenever it is lost, with growing pauses, until disposed. What it hears it tells on threads of its own.
/// </summary>
internal sealed class WebSocketLink : IDisposable
{
    // What waits at the end (withdrawals) leaves within this time or not at all.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Dial dial;
    private readonly LinkOptions options;
    private readonly BackOff backOff;
    private readonly TimeProvider time;
    private readonly ILinkEvents events;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private LinkSession? current;
    private bool disposed;

    public WebSocketLink(Dial dial, LinkOptions options, TimeProvider time, Random chance, ILinkEvents events)
    {
        this.dial = dial;
        this.options = options;
        this.time = time;
        this.events = events;
        backOff = new(options.FirstPause, options.LongestPause, chance);
    }

    /// <summary>Begins to connect; returns at once.</summary>
    public void Start() => _ = Task.Run(() => RunAsync(stop.Token));

    /// <summary>Ends it after what is in line has left, in the background.</summary>
    public void Dispose()
    {
        LinkSession? last;
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            last = current;
        }

        if (last is null)
        {
            stop.Cancel();
            return;
        }

        last.Finish();
        _ = Task.Run(async () =>
        {
            await Task.Delay(Farewell, TimeProvider.System).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
        });
    }

    /// <summary>What went wrong, in words: the innermost reason, since the outer ones say only that something did.</summary>
    public static string Reason(Exception failure)
    {
        var inner = failure;
        while (inner.InnerException is not null)
        {
            if (inner is AuthenticationException) break;
            inner = inner.InnerException;
        }

        if (inner is AuthenticationException)
        {
            return $"{inner.Message.TrimEnd('.')}: no TLS that can be trusted. If the server has a certificate of its own or of an authority of yours, give that authority's certificate "
                + "(--ca FILE, 'ca_file' in the robot's profile, RosbridgeOptions.Authorities), and call the server by a name that stands in its certificate";
        }

        return inner is WebSocketException && failure != inner ? $"{failure.Message} {inner.Message}" : inner.Message;
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        for (var number = 1; !cancel.IsCancellationRequested; number++)
        {
            LinkSession? session = null;
            string why;
            try
            {
                session = Begin(number, await DialAsync(cancel).ConfigureAwait(false));
                if (session is null) return;
                events.Opened(session);
                why = await session.RunAsync(cancel).ConfigureAwait(false);
                if (session.HasHeard) backOff.Reset();
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                why = $"no connection within {options.ConnectDeadline.TotalSeconds:0.###} s";
            }
            catch (Exception failure)
            {
                why = Reason(failure);
            }

            lock (gate)
            {
                current = null;
                if (disposed) break;
            }

            var pause = backOff.Next();
            events.Lost(session, why, pause);
            session?.Dispose();
            if (!await WaitAsync(pause, cancel).ConfigureAwait(false)) return;
        }
    }

    private LinkSession? Begin(int number, FrameSocket open)
    {
        lock (gate)
        {
            if (!disposed) return current = new(number, open, options, time, events);
        }

        open.Dispose();
        return null;
    }

    private async Task<FrameSocket> DialAsync(CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(options.ConnectDeadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        return await dial(options.MostFrameBytes, both.Token).ConfigureAwait(false);
    }

    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(pause, time, cancel).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
