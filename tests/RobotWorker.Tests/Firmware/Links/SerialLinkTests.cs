using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Links;

/// <summary>Both ways to a serial port, on a pseudo-terminal: above all, that nothing hangs when the cable is pulled.</summary>
[TestFixture("termios"), TestFixture("System.IO.Ports")]
[Platform("Linux")]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SerialLinkTests(string way)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50), Hang = TimeSpan.FromSeconds(20);

    private PseudoTerminal cable = null!;

    [SetUp]
    public void Plug() => cable = new();

    [TearDown]
    public void Unplug() => cable.Dispose();

    [Test]
    public void Bytes_GoBothWays_EveryValueOfThem()
    {
        using var link = Open();
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        link.Write(all, Hang);
        Assert.That(FromCable(256), Is.EqualTo(all), "nothing is translated on the way out");

        cable.Write(all);
        Assert.That(FromLink(link, 256), Is.EqualTo(all), "nor on the way in: no signal, no flow control, no line end");
    }

    [Test]
    public async Task Read_NothingThere_ReturnsAfterItsTime()
    {
        using var link = Open();

        Assert.That(await InTime(() => link.Read(new byte[16], Soon)), Is.Zero);
    }

    [Test]
    public void Read_ASmallBuffer_LeavesTheRest()
    {
        using var link = Open();
        cable.Write([1, 2, 3, 4, 5]);

        Assert.That(FromLink(link, 2), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(FromLink(link, 3), Is.EqualTo(new byte[] { 3, 4, 5 }));
    }

    [Test]
    public void Discard_WhatCameBefore_IsNotRead()
    {
        using var link = Open();
        cable.Write([1, 2, 3]);
        Assert.That(FromLink(link, 1), Is.EqualTo(new byte[] { 1 }), "so it has arrived");

        link.DiscardInput();
        cable.Write([9]);
        Assert.That(FromLink(link, 1), Is.EqualTo(new byte[] { 9 }));
    }

    [Test]
    public void Open_TwiceInOneProgram_IsBusy()
    {
        using var link = Open();

        var second = Assert.Throws<ByteLinkException>(() => Open());
        Assert.That(second!.Failure, Is.EqualTo(ByteLinkFailure.Busy));
        Assert.That(second.Message, Does.Contain(cable.Slave));
    }

    [Test]
    public void Open_AfterTheFirstWasDisposed_IsPossible()
    {
        Open().Dispose();

        using var again = Open();
        again.Write([7], Hang);
        Assert.That(FromCable(1), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void Open_NoSuchPort_SaysSoAndWhichThereAre()
    {
        var missing = Assert.Throws<ByteLinkException>(() => Open("/dev/ttyNONE7"));

        Assert.That(missing!.Failure, Is.EqualTo(ByteLinkFailure.NotFound));
        Assert.That(missing.Message, Does.Contain("/dev/ttyNONE7").And.Contain("plugged in"));
    }

    [Test]
    public void Open_NotASerialPort_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.That(Assert.Throws<ByteLinkException>(() => Open(file))!.Failure, Is.EqualTo(ByteLinkFailure.Unsupported));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task CablePulled_WhileItReads_TheReadEndsWithTheLink()
    {
        var link = Open();
        var reading = Task.Run(() => Assert.Throws<ByteLinkException>(() =>
        {
            while (true) link.Read(new byte[16], TimeSpan.FromSeconds(1));
        }));
        await Task.Delay(100);
        cable.Dispose();

        Assert.That((await reading.WaitAsync(Hang))!.Failure, Is.EqualTo(ByteLinkFailure.Lost));
        await InTime(link.Dispose);
    }

    [Test]
    public async Task CablePulled_ThenWritten_TheWriteEndsWithTheLink()
    {
        var link = Open();
        cable.Dispose();

        var gone = await InTime(() => Assert.Throws<ByteLinkException>(() =>
        {
            for (var i = 0; i < 200; i++) link.Write(new byte[100], Soon);
        }));
        Assert.That(gone!.Failure, Is.AnyOf(ByteLinkFailure.Lost, ByteLinkFailure.Stuck));
        await InTime(link.Dispose);
    }

    [Test]
    public async Task CablePulled_AfterAWrite_DiscardAndDisposeComeBack()
    {
        var link = Open();
        link.Write([1, 2, 3], Hang);
        cable.Dispose();

        await InTime(() =>
        {
            try
            {
                link.DiscardInput();
                link.Write([4], Soon);
            }
            catch (ByteLinkException)
            {
                // Either is fine; hanging is not.
            }
        });
        await InTime(link.Dispose);
    }

    [Test]
    public async Task NobodyTakesTheBytes_TheWriteEndsInTime()
    {
        var link = Open();

        var stuck = await InTime(() => Assert.Throws<ByteLinkException>(() =>
        {
            for (var i = 0; i < 1000; i++) link.Write(new byte[4096], Soon);
        }));
        Assert.That(stuck!.Failure, Is.EqualTo(ByteLinkFailure.Stuck));
        await InTime(link.Dispose);
    }

    // The buffer is full, the write waits for room, and then there is nobody any more.
    [Test]
    public async Task CablePulled_WhileAWriteWaitsForRoom_TheWriteEndsWithTheLink()
    {
        var link = Open();
        var writing = Task.Run(() => Assert.Throws<ByteLinkException>(() =>
        {
            while (true) link.Write(new byte[4096], TimeSpan.FromSeconds(10));
        }));
        await Task.Delay(300);
        Assert.That(writing.IsCompleted, Is.False, "it waits");
        var pulled = System.Diagnostics.Stopwatch.GetTimestamp();
        cable.Dispose();

        Assert.That((await writing.WaitAsync(Hang))!.Failure, Is.AnyOf(ByteLinkFailure.Lost, ByteLinkFailure.Stuck));
        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(pulled), Is.LessThan(TimeSpan.FromSeconds(11)), "no later than its time");
        await InTime(link.Dispose);
    }

    [Test]
    public async Task Disposed_SaysItWasClosed()
    {
        var link = Open();
        link.Dispose();

        Assert.That(Assert.Throws<ByteLinkException>(() => link.Read(new byte[4], Soon))!.Message, Does.Contain("closed"));
        await InTime(link.Dispose);
    }

    private IByteLink Open(string? port = null)
    {
        var settings = new SerialSettings(1_000_000);
        if (way == "termios") return TermiosLink.Open(port ?? cable.Slave, settings, TimeProvider.System);
        return SystemPortLink.Open(port ?? cable.Slave, settings, TimeProvider.System);
    }

    // On another thread, since a hang must fail the test and not hang it.
    private static Task InTime(Action action) => Task.Run(action).WaitAsync(Hang);

    private static Task<T> InTime<T>(Func<T> action) => Task.Run(action).WaitAsync(Hang);

    private byte[] FromCable(int count)
    {
        var all = new byte[count];
        var got = 0;
        while (got < count && cable.Read(all.AsSpan(got), TimeSpan.FromSeconds(2)) is var more && more > 0) got += more;
        return all[..got];
    }

    private static byte[] FromLink(IByteLink link, int count)
    {
        var all = new byte[count];
        var got = 0;
        while (got < count && link.Read(all.AsSpan(got), TimeSpan.FromSeconds(2)) is var more && more > 0) got += more;
        return all[..got];
    }
}
