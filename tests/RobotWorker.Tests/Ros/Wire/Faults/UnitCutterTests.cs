using System.Text;
using RobotWorker.Ros.Ros1;
using RobotWorker.Ros.Ros1.Wire;
using RobotWorker.Ros.Rosbridge.Server.Wire;
using RobotWorker.Ros.Wire;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Tests.Ros.Wire.Faults;

/// <summary>A stream is cut into the messages that it carries, however it arrives, and put together again it is the same stream.</summary>
public sealed class UnitCutterTests
{
    private const string Request = "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";

    [Test]
    public async Task WebSocket_InAnyPieces_IsCutIntoItsMessages([Values(1, 3, 7, 1000, 100_000)] int piece, [Values] bool isMasked)
    {
        string[] messages =
        [
            """{"op":"subscribe","topic":"/odom"}""", """{"op":"publish","topic":"/odom","msg":{}}""", """{"op":"call_service","service":"rosapi/topics"}""",
            $$"""{"op":"send_action_goal","id":"1","action":"/navigate_to_pose","args":"{{new string('x', 70_000)}}"}""",
        ];
        var stream = new MemoryStream();
        stream.Write(Encoding.ASCII.GetBytes(Request));
        using var socket = new FrameSocket(stream, isServer: !isMasked, 1 << 20, TimeProvider.System);
        foreach (var message in messages) await socket.SendAsync(Encoding.UTF8.GetBytes(message), isBinary: false);
        await socket.FlushAsync();
        await socket.PingAsync(CancellationToken.None);

        var units = Cut(WebSocketUnits.Both(Traffic.NameOf).ToRobot, stream.ToArray(), piece);

        Assert.That(units.Select(unit => unit.Name), Is.EqualTo(new[] { null, null, "/odom", "/rosapi/topics", "/navigate_to_pose", null }));
        Assert.That(units.SelectMany(unit => unit.Bytes), Is.EqualTo(stream.ToArray()));
        Assert.That(units[2].Bytes[units[2].Payload], Has.Length.EqualTo(messages[1].Length));
    }

    [Test]
    public void WebSocket_AMessageInFragments_StaysTogether()
    {
        byte[] first = [0x01, 5, .. "{\"op\""u8], ping = [0x89, 0], last = [0x80, 11, .. ":\"publish\"}"u8];

        var units = Cut(Opened(WebSocketUnits.Both(_ => "/odom").ToRobot), [.. first, .. ping, .. last], 4);

        Assert.That(units.Select(unit => unit.Name), Is.EqualTo(new[] { null, "/odom" }), "a control frame may come between");
        Assert.That(units[1].Bytes, Is.EqualTo((byte[])[.. first, .. last]));
    }

    [Test]
    public void WebSocket_RefusedByTheServer_PassesAsItComes()
    {
        var refusal = Encoding.ASCII.GetBytes("HTTP/1.1 401 Unauthorized\r\n\r\nthe token is missing");

        Assert.That(Cut(WebSocketUnits.Both(Traffic.NameOf).FromRobot, refusal, 1000).SelectMany(unit => unit.Bytes), Is.EqualTo(refusal));
    }

    [Test]
    public void TcpRos_ATopic_IsCutIntoItsMessages([Values(1, 5, 1000)] int piece)
    {
        var cutters = TcpRosUnits.Both(isServer: true);
        Cut(cutters.ToRobot, TcpRosHeader.Write(("topic", "/odom"), ("callerid", "/worker")), 1000);
        byte[] stream = [.. TcpRosHeader.Write(("callerid", "/robot"), ("type", "nav_msgs/Odometry")), 2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 1, 0, 0, 0, 9];

        var units = Cut(cutters.FromRobot, stream, piece);

        Assert.That(units.Select(unit => unit.Name), Is.EqualTo(new[] { null, "/odom", "/odom", "/odom" }));
        Assert.That(units.Skip(1).Select(unit => unit.Bytes[unit.Payload]), Is.EqualTo(new byte[][] { [7, 8], [], [9] }));
        Assert.That(units.SelectMany(unit => unit.Bytes), Is.EqualTo(stream));
    }

    [Test]
    public void TcpRos_AServicesAnswers_HaveAByteBeforeTheirLength()
    {
        var cutters = TcpRosUnits.Both(isServer: false);
        Cut(cutters.FromRobot, TcpRosHeader.Write(("service", "/stop"), ("callerid", "/robot")), 1000);
        byte[] stream = [.. TcpRosHeader.Write(("callerid", "/base")), 1, 2, 0, 0, 0, 7, 8, 0, 1, 0, 0, 0, 9];

        var units = Cut(cutters.ToRobot, stream, 1000);

        Assert.That(units.Select(unit => unit.Name), Is.EqualTo(new[] { null, "/stop", "/stop" }));
        Assert.That(units.Skip(1).Select(unit => unit.Bytes[unit.Payload]), Is.EqualTo(new byte[][] { [7, 8], [9] }));
    }

    private static IUnitCutter Opened(IUnitCutter cutter)
    {
        Cut(cutter, Encoding.ASCII.GetBytes(Request), 1000);
        return cutter;
    }

    private static List<WireUnit> Cut(IUnitCutter cutter, byte[] stream, int piece) => [.. stream.Chunk(piece).SelectMany(bytes => cutter.Take(bytes))];
}
