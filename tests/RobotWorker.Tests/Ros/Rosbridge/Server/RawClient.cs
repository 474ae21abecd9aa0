using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace RobotWorker.Tests.Ros.Rosbridge.Server;

/// <summary>A WebSocket and nothing else: what goes over the wire stands in the test.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();

    public static RawClient Connect(Uri address, Action<ClientWebSocketOptions>? set = null)
    {
        var client = new RawClient();
        set?.Invoke(client.socket.Options);
        using var limit = new CancellationTokenSource(Limit);
        client.socket.ConnectAsync(address, limit.Token).GetAwaiter().GetResult();
        return client;
    }

    public void Send(string json) => Send(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true);

    public void Send(byte[] bytes, WebSocketMessageType type, bool end)
    {
        using var limit = new CancellationTokenSource(Limit);
        socket.SendAsync(bytes, type, end, limit.Token).GetAwaiter().GetResult();
    }

    /// <summary>The next frame, which must be JSON.</summary>
    public JsonElement Next()
    {
        var (type, bytes) = NextFrame();
        Assert.That(type, Is.EqualTo(WebSocketMessageType.Text));
        return JsonDocument.Parse(bytes).RootElement;
    }

    /// <summary>The next frame, which must be this operation.</summary>
    public JsonElement Next(string op)
    {
        var next = Next();
        Assert.That(next.GetProperty("op").GetString(), Is.EqualTo(op), next.ToString());
        return next;
    }

    /// <summary>The text of the next frame, which must be a status.</summary>
    public string NextStatus(string level = "error")
    {
        var status = Next("status");
        Assert.That(status.GetProperty("level").GetString(), Is.EqualTo(level), status.ToString());
        return status.GetProperty("msg").GetString()!;
    }

    public (WebSocketMessageType Type, byte[] Bytes) NextFrame()
    {
        using var limit = new CancellationTokenSource(Limit);
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var part = socket.ReceiveAsync(buffer.AsMemory(), limit.Token).AsTask().GetAwaiter().GetResult();
            if (part.MessageType == WebSocketMessageType.Close) Assert.Fail($"the server closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            bytes.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType, bytes.ToArray());
        }
    }

    /// <summary>Reads to the server's close; what came before is given.</summary>
    public (WebSocketCloseStatus? Status, string? Why, List<string> Before) NextClose()
    {
        using var limit = new CancellationTokenSource(Limit);
        var (before, bytes, buffer) = (new List<string>(), new MemoryStream(), new byte[1 << 16]);
        while (true)
        {
            var part = socket.ReceiveAsync(buffer.AsMemory(), limit.Token).AsTask().GetAwaiter().GetResult();
            if (part.MessageType == WebSocketMessageType.Close) return (socket.CloseStatus, socket.CloseStatusDescription, before);
            bytes.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            before.Add(Encoding.UTF8.GetString(bytes.ToArray()));
            bytes.SetLength(0);
        }
    }

    /// <summary>Waits until the server has handled everything that was sent: it answers an operation that does not exist.</summary>
    public void Settle()
    {
        Send("""{"op":"settle","id":"settled"}""");
        Assert.That(NextStatus(), Does.StartWith("settle: no such operation"));
    }

    /// <summary>Says farewell; how the server answers it.</summary>
    public WebSocketCloseStatus? Close(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure)
    {
        using var limit = new CancellationTokenSource(Limit);
        socket.CloseAsync(status, "", limit.Token).GetAwaiter().GetResult();
        return socket.CloseStatus;
    }

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
