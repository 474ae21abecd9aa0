using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;

namespace RobotWorker.Tests.Ros.Ros1.Wire;

[TestFixture]
public sealed class TcpRosReaderTests
{
    private Socket sender = null!;
    private Socket receiver = null!;

    [SetUp]
    public void Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        sender = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        sender.Connect(listener.LocalEndPoint!);
        receiver = listener.Accept();
    }

    [TearDown]
    public void Close()
    {
        sender.Dispose();
        receiver.Dispose();
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Take_PiecesOfAllSizes_ComeWholeAndInOrder(CancellationToken cancel)
    {
        int[] sizes = [0, 1, 3, 70_000, 0, 65_532, 65_536, 5, 1_000_000, 100, 200_000, 2_000_000, 7];
        using var reader = new TcpRosReader(receiver, 1 << 30);
        var sending = Task.Run(() =>
        {
            foreach (var (size, i) in sizes.Select((size, i) => (size, i)))
            {
                var bytes = new byte[4 + size];
                BinaryPrimitives.WriteInt32LittleEndian(bytes, size);
                bytes.AsSpan(4).Fill((byte)i);
                for (var at = 0; at < bytes.Length; at += 50_000) sender.Send(bytes.AsSpan(at, Math.Min(50_000, bytes.Length - at)));
            }
            sender.Shutdown(SocketShutdown.Send);
        }, cancel);

        for (var i = 0; i < sizes.Length; i++)
        {
            var piece = await reader.TakeAsync(cancel);
            Assert.That(piece!.Value.Length, Is.EqualTo(sizes[i]));
            Assert.That(piece.Value.Span.IndexOfAnyExcept((byte)i), Is.EqualTo(-1));
        }

        Assert.That(await reader.TakeAsync(cancel), Is.Null);
        await sending;
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Take_LongerThanAllowed_IsRefusedBeforeItIsRead(CancellationToken cancel)
    {
        using var reader = new TcpRosReader(receiver, 1000);
        sender.Send([0xE9, 3, 0, 0]);    // 1001

        await Assert.ThatAsync(async () => await reader.TakeAsync(cancel), Throws.TypeOf<Ros1Exception>().With.Message.Contains("1001"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Take_LengthThatIsOnlyClaimed_CostsNothing(CancellationToken cancel)
    {
        using var reader = new TcpRosReader(receiver, int.MaxValue);
        sender.Send([0xFF, 0xFF, 0xFF, 0x0F, 1, 2, 3]);    // 256 MB, of which three bytes come
        sender.Shutdown(SocketShutdown.Send);

        var before = GC.GetTotalAllocatedBytes();
        var piece = await reader.TakeAsync(cancel);

        Assert.That(piece, Is.Null);
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(50_000_000));
    }
}
