using System.Net.Sockets;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>One connection that passes a faulty wire: the peer's socket on one side, on the other one of this process, which whoever holds the wire uses in its place.</summary>
internal sealed class WireRelay(FaultyWire wire, int number, Socket peer, Socket near, WireCutters cutters)
{
    private readonly WireLane toRobot = new(wire, $"{number}", WireDirection.ToRobot, peer, near, cutters.ToRobot);
    private readonly WireLane fromRobot = new(wire, $"{number}", WireDirection.FromRobot, near, peer, cutters.FromRobot);

    /// <summary>The fault by which it became half-open.</summary>
    public WireFault? DeadBy { get; private set; }

    /// <summary>Passes bytes both ways until both sides have ended, or it is reset.</summary>
    public async Task RunAsync()
    {
        await Task.WhenAll(PassAsync(toRobot), PassAsync(fromRobot)).ConfigureAwait(false);
        peer.Dispose();
        near.Dispose();
    }

    /// <summary>Nothing passes any more in the fault's direction.</summary>
    public void Die(WireFault fault)
    {
        DeadBy ??= fault;
        if (fault.Direction.HasFlag(WireDirection.ToRobot)) toRobot.Swallow();
        if (fault.Direction.HasFlag(WireDirection.FromRobot)) fromRobot.Swallow();
    }

    /// <summary>Tears it down, so that both sides are told.</summary>
    public void Reset()
    {
        // Without lingering the other side gets a reset, as from a program that was killed.
        peer.Close(0);
        near.Close(0);
        toRobot.Close();
        fromRobot.Close();
    }

    /// <summary>The faults changed.</summary>
    public void Turn()
    {
        toRobot.Turn();
        fromRobot.Turn();
    }

    private async Task PassAsync(WireLane lane)
    {
        try
        {
            await lane.RunAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // One side went away: the other one learns it, unless nothing passes any more.
            if (DeadBy is null) Reset();
        }
    }
}
