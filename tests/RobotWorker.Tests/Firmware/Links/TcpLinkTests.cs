using System.Net;
using System.Net.Sockets;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Links;

public sealed class TcpLinkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private static readonly SerialSettings Settings = new(1_000_000);

    private TcpListener bridge = null!;

    [SetUp]
    public void Listen()
    {
        bridge = new(IPAddress.Loopback, 0);
        bridge.Start();
    }

    [TearDown]
    public void End() => bridge.Dispose();

    [Test]
    public void Bytes_GoBothWays()
    {
        using var link = Open(out var other);
        using var _ = other;

        link.Write([1, 2, 0, 255], Soon);
        var come = new byte[4];
        other.GetStream().ReadExactly(come);
        Assert.That(come, Is.EqualTo(new byte[] { 1, 2, 0, 255 }));

        other.GetStream().Write([9, 8]);
        Assert.That(link.Read(come, Soon), Is.EqualTo(2));
    }

    [Test]
    public void Read_NothingThere_IsZero()
    {
        using var link = Open(out var other);
        using var _ = other;

        Assert.That(link.Read(new byte[4], TimeSpan.FromMilliseconds(20)), Is.Zero);
    }

    [Test]
    public void BridgeEnds_TheLinkIsLost()
    {
        using var link = Open(out var other);
        other.Dispose();

        Assert.That(Assert.Throws<ByteLinkException>(() => link.Read(new byte[4], Soon))!.Failure, Is.EqualTo(ByteLinkFailure.Lost));
    }

    [Test]
    public void NobodyReads_TheWriteEndsInTime()
    {
        using var link = Open(out var other);
        using var _ = other;

        var stuck = Assert.Throws<ByteLinkException>(() =>
        {
            for (var i = 0; i < 10_000; i++) link.Write(new byte[65536], TimeSpan.FromMilliseconds(50));
        });
        Assert.That(stuck!.Failure, Is.EqualTo(ByteLinkFailure.Stuck));
    }

    [Test]
    public void Open_NobodyThere_SaysWhatToLookAt()
    {
        bridge.Stop();

        var refused = Assert.Throws<ByteLinkException>(() => TcpLink.Open($"tcp://127.0.0.1:{1}", Settings, TimeProvider.System));
        Assert.That(refused!.Message, Does.Contain("ser2net"));
    }

    // A loop that leads a robot must not stand still while a bridge thinks.
    [Test]
    public void Open_WithoutWaiting_ComesBackAtOnce_AndIsConnectedWhenTheBridgeIs()
    {
        using var link = TcpLink.Open($"tcp://127.0.0.1:{((IPEndPoint)bridge.LocalEndpoint).Port}", Settings with { WaitsForBridge = false }, TimeProvider.System);
        using var other = bridge.AcceptTcpClient();
        other.GetStream().Write([7]);

        Assert.That(link.Read(new byte[4], Soon), Is.EqualTo(1));
    }

    [Test]
    public void Open_WithoutWaiting_NobodyThere_IsToldByTheNextCall()
    {
        bridge.Stop();
        using var link = TcpLink.Open("tcp://127.0.0.1:1", Settings with { WaitsForBridge = false }, TimeProvider.System);

        Assert.That(Assert.Throws<ByteLinkException>(() => link.Read(new byte[4], Soon))!.Failure, Is.EqualTo(ByteLinkFailure.NotFound));
    }

    // An address of TEST-NET-1 (RFC 5737): packets to it are lost, or refused by the next router.
    [Test]
    public void Open_WithoutWaiting_OfAHostThatIsSilent_ReadsNothing_AndThenIsGivenUp()
    {
        TcpLink? link = null;
        var gone = Assert.Throws<ByteLinkException>(() =>
        {
            link = TcpLink.Open("tcp://192.0.2.1:3333", Settings with { WaitsForBridge = false, ConnectsWithin = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
            for (var i = 0; i < 1000; i++) Assert.That(link.Read(new byte[4], TimeSpan.FromMilliseconds(5)), Is.Zero);
        });
        link?.Dispose();

        Assert.That(gone!.Failure, Is.EqualTo(ByteLinkFailure.NotFound));
    }

    [Test]
    public void Open_NoAddress_SaysHowOneIsWritten() =>
        Assert.That(Assert.Throws<ByteLinkException>(() => TcpLink.Open("tcp://nowhere", Settings, TimeProvider.System))!.Message, Does.Contain("tcp://HOST:PORT"));

    private TcpLink Open(out TcpClient other)
    {
        var link = TcpLink.Open($"tcp://127.0.0.1:{((IPEndPoint)bridge.LocalEndpoint).Port}", Settings, TimeProvider.System);
        other = bridge.AcceptTcpClient();
        return link;
    }
}
