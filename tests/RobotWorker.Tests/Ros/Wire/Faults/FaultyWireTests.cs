using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Tests.Ros.Wire.Faults;

/// <summary>Sockets on a faulty wire: what the peer sees of each fault of a connection.</summary>
public sealed class FaultyWireTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HandTime time = null!;
    private FaultyWire wire = null!;
    private Socket peer = null!;
    private Socket robot = null!;

    [SetUp]
    public async Task Connect()
    {
        time = new();
        wire = new(rate: 2, _ => () => 0.5, time);
        (peer, robot) = await PairAsync();
    }

    [TearDown]
    public void Close()
    {
        peer.Dispose();
        robot.Dispose();
    }

    [Test]
    public async Task NoFault_BytesPassBothWaysAndTheEndIsHeard()
    {
        await peer.SendAsync("to"u8.ToArray());
        Assert.That(await HeardAsync(robot), Is.EqualTo("to"));
        await robot.SendAsync("from"u8.ToArray());
        Assert.That(await HeardAsync(peer), Is.EqualTo("from"));
        robot.Shutdown(SocketShutdown.Send);
        Assert.That(await HeardAsync(peer), Is.Empty);
    }

    [Test]
    public async Task Delay_PassesAfterItsTimeOnTheRobotsClock()
    {
        wire.Set([new(WireFaultKind.Delay) { Delay = TimeSpan.FromSeconds(2) }]);
        await peer.SendAsync("late"u8.ToArray());
        Assert.That(time.Waits.TryTake(out var wait, Patience) ? wait : default, Is.EqualTo(TimeSpan.FromSeconds(1)), "two seconds of a robot that is twice as fast");
        Assert.That(robot.Available, Is.Zero);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await HeardAsync(robot), Is.EqualTo("late"));
    }

    [Test]
    public async Task Stall_WhatWasHeldBackPassesAfterwards()
    {
        wire.Set([new(WireFaultKind.Stall) { Direction = WireDirection.ToRobot }]);
        await peer.SendAsync("held"u8.ToArray());
        await robot.SendAsync("passes"u8.ToArray());
        Assert.That(await HeardAsync(peer), Is.EqualTo("passes"), "the other direction");
        Assert.That(robot.Available, Is.Zero);

        wire.Set([]);
        Assert.That(await HeardAsync(robot), Is.EqualTo("held"));
    }

    [Test]
    public async Task HalfOpen_OldConnectionsSwallowAndNewOnesWork_UntilTheOldAreReset()
    {
        wire.Set([new(WireFaultKind.HalfOpen)]);
        await peer.SendAsync("lost"u8.ToArray());
        var (second, itsRobot) = await PairAsync();
        await second.SendAsync("new"u8.ToArray());
        Assert.That(await HeardAsync(itsRobot), Is.EqualTo("new"));
        Assert.That(robot.Available, Is.Zero);

        wire.Set([]);
        Assert.That(() => HeardAsync(peer), Throws.InstanceOf<SocketException>());
        Assert.That(() => HeardAsync(robot), Throws.InstanceOf<SocketException>());
        second.Dispose();
        itsRobot.Dispose();
    }

    [Test]
    public async Task Cut_ConnectionsAreResetAndNewOnesRefused_ThenTheyWorkAgain()
    {
        wire.Set([new(WireFaultKind.Cut)]);
        Assert.That(() => HeardAsync(peer), Throws.InstanceOf<SocketException>());
        Assert.That(() => PairAsync(), Throws.InstanceOf<SocketException>());

        wire.Set([]);
        var (second, itsRobot) = await PairAsync();
        await second.SendAsync("again"u8.ToArray());
        Assert.That(await HeardAsync(itsRobot), Is.EqualTo("again"));
        second.Dispose();
        itsRobot.Dispose();
    }

    [Test]
    public async Task Sender_FasterThanTheReader_IsHeldUp()
    {
        wire.Set([new(WireFaultKind.Stall)]);
        var sent = 0L;
        var sending = Task.Run(async () =>
        {
            for (var megabyte = new byte[1 << 20]; sent < 200L << 20; sent += megabyte.Length) await peer.SendAsync(megabyte);
        });

        Assert.That(await Task.WhenAny(sending, Task.Delay(500)), Is.Not.SameAs(sending));
        Assert.That(sent, Is.LessThan(64L << 20));
        peer.Dispose();
        Assert.That(() => sending, Throws.InstanceOf<Exception>());
    }

    private async Task<(Socket Peer, Socket Robot)> PairAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var outer = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await outer.ConnectAsync(listener.LocalEndPoint!);
        return (outer, await wire.ThroughAsync(await listener.AcceptAsync(), WireCutters.Plain(), CancellationToken.None));
    }

    private static async Task<string> HeardAsync(Socket socket)
    {
        var buffer = new byte[64];
        using var late = new CancellationTokenSource(Patience);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, SocketFlags.None, late.Token));
    }
}
