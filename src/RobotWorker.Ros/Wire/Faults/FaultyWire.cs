using System.Collections.Immutable;
using System.Net.Sockets;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>
/// A wire on which faults can be brought about: every connection that a server accepts or opens by it is relayed through this process, and what passes is delayed, lost,
/// doubled, damaged or cut by the faults of the moment. Any thread.
/// </summary>
/// <param name="rate">Seconds of the robot in a second of the machine: faults are given in the robot's time.</param>
/// <param name="chance">For a key, such as <c>3/ToRobot/17/0</c>: numbers uniform in [0, 1), the same ones for the same key.</param>
/// <param name="clock">The machine's clock; another one in tests.</param>
public sealed class FaultyWire(double rate, Func<string, Func<double>> chance, TimeProvider? clock = null)
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private readonly HashSet<WireRelay> relays = [];
    private ImmutableArray<WireFault> active = [];
    private int connections;

    /// <summary>The faults of now.</summary>
    public ImmutableArray<WireFault> Active => active;

    internal TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>Says which faults there are from now on.</summary>
    public void Set(ImmutableArray<WireFault> faults)
    {
        lock (gate)
        {
            var before = active;
            active = faults;
            foreach (var relay in relays.ToList())
            {
                if (IsCut || (relay.DeadBy is { } fault && !Has(active, fault))) relay.Reset();
                else if (faults.FirstOrDefault(f => f.Kind == WireFaultKind.HalfOpen && !Has(before, f)) is { } opening) relay.Die(opening);
                relay.Turn();
            }
        }
    }

    internal Func<double> Chance(string key) => chance(key);

    internal TimeSpan OnWall(TimeSpan ofRobot) => ofRobot / rate;

    internal bool IsStalled(WireDirection direction) => active.Any(fault => fault.Kind == WireFaultKind.Stall && fault.Direction.HasFlag(direction));

    /// <summary>Puts a connection on the wire.</summary>
    /// <param name="peer">Connected; it belongs to the wire from now on.</param>
    /// <param name="cutters">How its messages are told apart.</param>
    /// <returns>What to use in its place.</returns>
    /// <exception cref="SocketException">The wire is cut: the connection was reset.</exception>
    internal async Task<Socket> ThroughAsync(Socket peer, WireCutters cutters, CancellationToken cancel)
    {
        var (near, far) = await SocketPair.OpenAsync(cancel).ConfigureAwait(false);
        lock (gate)
        {
            if (!IsCut)
            {
                var relay = new WireRelay(this, ++connections, peer, near, cutters);
                relays.Add(relay);
                _ = Task.Run(() => LiveAsync(relay), CancellationToken.None);
                return far;
            }
        }

        near.Dispose();
        far.Dispose();
        peer.Close(0);
        throw new SocketException((int)SocketError.ConnectionRefused);
    }

    /// <summary>Waits until something changes, or the time is over.</summary>
    internal async Task PauseAsync(Task change, TimeSpan pause)
    {
        using var over = new CancellationTokenSource();
        await Task.WhenAny(change, Task.Delay(pause, clock, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private bool IsCut => active.Any(fault => fault.Kind == WireFaultKind.Cut);

    private async Task LiveAsync(WireRelay relay)
    {
        try
        {
            await relay.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            relay.Reset();
            lock (gate) relays.Remove(relay);
        }
    }

    // Two that are alike are two.
    private static bool Has(IEnumerable<WireFault> faults, WireFault fault) => faults.Any(other => ReferenceEquals(other, fault));
}
