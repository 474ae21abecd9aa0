using System.Net.WebSockets;
using System.Text;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Tests.Ros.Wire;

[TestFixture]
public sealed class FrameSocketTests
{
    private const int Most = 100_000;

    [Test]
    public async Task Messages_OfEverySizeOfHeader_ArriveAtTheFrameworksWebSocket_AndComeBack([Values] bool isServer)
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer, Most, TimeProvider.System);
        using var peer = WebSocket.CreateFromStream(theirs, new() { IsServer = !isServer });
        var messages = new[] { 0, 1, 3, 4, 7, 8, 125, 126, 127, 65_535, 65_536, 99_999, 20, 40_000, 50_000 }.Select(length => Text(length)).ToList();

        foreach (var message in messages) await socket.SendAsync(message.ToArray(), isBinary: false);
        await socket.FlushAsync();

        foreach (var message in messages)
        {
            var heard = new byte[Most];
            var length = 0;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await peer.ReceiveAsync(heard.AsMemory(length), CancellationToken.None);
                length += got.Count;
            }
            while (!got.EndOfMessage);
            Assert.That(heard.AsSpan(0, length).SequenceEqual(message), $"{message.Length} bytes");
            await peer.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }

        foreach (var message in messages) Assert.That(await HeardAsync(socket), Is.EqualTo((Arrival.Text, Encoding.UTF8.GetString(message))));
    }

    [Test]
    public async Task MessageInPieces_WithAPingBetweenThem_IsWhole_AndThePingIsAnswered()
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: false, Most, TimeProvider.System);
        theirs.Write(Hex("01 02 6162"));    // ab...
        theirs.Write(Hex("89 01 37"));    // a ping with "7"
        theirs.Write(Hex("00 01 63"));    // ...c...
        theirs.Write(Hex("80 00"));    // ...and nothing more
        theirs.Write(Hex("82 01 64"));

        Assert.That(await HeardAsync(socket), Is.EqualTo((Arrival.Text, "abc")));
        Assert.That(await HeardAsync(socket), Is.EqualTo((Arrival.Binary, "d")));
        var pong = new byte[7];
        await theirs.ReadExactlyAsync(pong);
        Assert.That(pong[..2], Is.EqualTo(Hex("8A 81")), "a pong, masked, of one byte");
        Assert.That((char)(pong[6] ^ pong[2]), Is.EqualTo('7'));
    }

    [Test]
    public async Task MessageThatIsTooLong_WholeOrInPieces_IsSkipped_AndTheNextOneArrives([Values] bool inPieces)
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: false, mostBytes: 10, TimeProvider.System);
        theirs.Write(inPieces ? Hex("01 06 616161616161 00 05 6161616161 80 02 6161") : Hex("81 0D 61616161616161616161616161"));
        theirs.Write(Hex("81 0A 62626262626262626262"));

        Assert.That((await HeardAsync(socket)).Kind, Is.EqualTo(Arrival.TooLong));
        Assert.That(socket.Skipping, Is.EqualTo(13));
        Assert.That(await HeardAsync(socket), Is.EqualTo((Arrival.Text, "bbbbbbbbbb")));
        Assert.That(socket.Skipping, Is.Zero);
    }

    [Test]
    public async Task FrameThatAnnouncesMoreThanThereCanBe_IsKnownBeforeItComes()
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: false, Most, TimeProvider.System);
        theirs.Write(Hex("01 01 61 80 7F 7FFFFFFFFFFFFFFF 61"));

        await socket.FillAsync();

        Assert.That(socket.Next(out _), Is.EqualTo(Arrival.Nothing));
        Assert.That(socket.Skipping, Is.EqualTo(long.MaxValue), "and no memory was taken for it");
    }

    // RFC 6455: 5.2 reserved bits and operations, 5.1 masks, 5.4 pieces, 5.5 control frames, 8.1 UTF-8
    [TestCase("C1 00", 1002), TestCase("83 00", 1002), TestCase("81 80 00000000", 1002), TestCase("80 00", 1002), TestCase("01 01 61 81 01 61", 1002)]
    [TestCase("09 00", 1002), TestCase("89 7E 0080", 1002), TestCase("81 7F 8000000000000000", 1002), TestCase("81 02 C328", 1007)]
    public async Task BrokenProtocol_IsRefused_AndTheOtherSideIsTold(string bytes, int status)
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: false, Most, TimeProvider.System);
        theirs.Write(Hex(bytes));

        Assert.That(async () => await HeardAsync(socket), Throws.InstanceOf<WebSocketException>());
        var close = new byte[8];
        await theirs.ReadExactlyAsync(close);
        Assert.That(close[..2], Is.EqualTo(Hex("88 82")));
        Assert.That(((close[6] ^ close[2]) << 8) | (close[7] ^ close[3]), Is.EqualTo(status));
    }

    [Test]
    public async Task FrameWithoutAMask_IsRefusedByAServer()
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: true, Most, TimeProvider.System);
        theirs.Write(Hex("81 01 61"));

        await socket.FillAsync();

        Assert.That(() => socket.Next(out _), Throws.InstanceOf<WebSocketException>().With.Message.Contains("without a mask"));
    }

    [Test]
    public async Task Farewell_IsToldWithItsReason_AndTheEndOfTheStreamIsNone()
    {
        var (ours, theirs) = Pipe.Pair();
        using var socket = new FrameSocket(ours, isServer: false, Most, TimeProvider.System);
        theirs.Write(Hex("88 05 03E9 627965"));
        theirs.Dispose();

        Assert.That((await HeardAsync(socket)).Kind, Is.EqualTo(Arrival.Close));
        Assert.That(socket.Closed, Is.EqualTo(((WebSocketCloseStatus?)WebSocketCloseStatus.EndpointUnavailable, "bye")));
        Assert.That(await socket.FillAsync(), Is.False);
    }

    [Test]
    public Task MutatedFrames_NeverDoMoreThanBreakTheProtocol() => MutateAsync(20_000);

    [Test, Category("Slow")]
    public Task MutatedFrames_AMillion() => MutateAsync(1_000_000);

    private static async Task MutateAsync(int times)
    {
        var chance = new Random(20_260_701);
        byte[][] seeds =
        [
            Hex("81 03 616263 82 7E 0080 " + string.Concat(Enumerable.Repeat("7A", 128))), Hex("01 01 61 89 01 37 00 01 62 80 01 63 81 00"),
            Hex("81 83 01020304 606060 88 82 01020304 02EA"), Hex("82 7F 0000000000000002 6162 8A 00 81 01 61"),
        ];
        var messages = 0;
        for (var i = 0; i < times; i++)
        {
            var seed = seeds[chance.Next(seeds.Length)];
            var bytes = seed.ToArray();
            for (var change = chance.Next(4); change > 0; change--) bytes[chance.Next(Math.Min(bytes.Length, 16))] = (byte)chance.Next(256);
            var incoming = new IncomingFrames(new MemoryStream(bytes, 0, chance.Next(bytes.Length + 1)), isServer: seed[1] >= 0x80, mostBytes: 200);
            try
            {
                do
                {
                    while (incoming.Next(out var payload) is var arrived and not Arrival.Nothing)
                    {
                        Assert.That(payload.Length, Is.LessThanOrEqualTo(200));
                        if (arrived is Arrival.Text or Arrival.Binary) messages++;
                    }
                }
                while (await incoming.FillAsync());
            }
            catch (WebSocketException)
            {
                // as it should be
            }
        }

        Assert.That(messages, Is.GreaterThan(times / 8), "enough of it was readable to try what lies behind");
    }

    private static async Task<(Arrival Kind, string Text)> HeardAsync(FrameSocket socket)
    {
        while (true)
        {
            var arrived = socket.Next(out var message);
            if (arrived != Arrival.Nothing) return (arrived, Encoding.UTF8.GetString(message));
            if (!await socket.FillAsync()) throw new EndOfStreamException();
        }
    }

    private static byte[] Text(int length) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + i % 26))));

    private static byte[] Hex(string bytes) => Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Two ends of a connection on loopback.</summary>
    private static class Pipe
    {
        public static (Stream Ours, Stream Theirs) Pair()
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            var client = new System.Net.Sockets.TcpClient();
            client.Connect((System.Net.IPEndPoint)listener.LocalEndpoint);
            return (client.GetStream(), listener.AcceptTcpClient().GetStream());
        }
    }
}
