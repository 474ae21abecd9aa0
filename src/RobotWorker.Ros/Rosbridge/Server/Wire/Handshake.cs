using System.Security.Cryptography;
using System.Text;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>
/// The one HTTP request of a WebSocket (RFC 6455, 4.2): read, judged, answered. A web server's framework would be many times the size of all else here for
/// these few lines.
/// </summary>
internal sealed class Handshake(RosbridgeServerOptions options)
{
    private const int MostBytes = 8 << 10;
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";    // RFC 6455, 1.3

    /// <summary>Reads the request and answers it.</summary>
    /// <param name="takeSeat">Asked last, when all else is right: false when there are as many clients as may be.</param>
    /// <returns>Null when the stream is a WebSocket's from now on; else why not.</returns>
    public async Task<string?> AcceptAsync(Stream stream, Func<bool> takeSeat, CancellationToken cancel)
    {
        if (await ReadAsync(stream, cancel).ConfigureAwait(false) is not { } request)
        {
            await AnswerAsync(stream, "431 Request Header Fields Too Large", "", "the request is too large", cancel).ConfigureAwait(false);
            return "a request that is too large, or cut short";
        }

        var (status, header, problem) = Judge(request, takeSeat);
        await AnswerAsync(stream, status, header, problem, cancel).ConfigureAwait(false);
        return problem;
    }

    private (string Status, string Header, string? Problem) Judge(Dictionary<string, string> request, Func<bool> takeSeat)
    {
        if (!request[""].StartsWith("GET ", StringComparison.Ordinal) || !Is("Upgrade", "websocket") || !Has("Connection", "upgrade"))
            return ("426 Upgrade Required", "Upgrade: websocket\r\nConnection: Upgrade\r\n", "this is a rosbridge server: connect with a WebSocket");
        if (!Is("Sec-WebSocket-Version", "13"))
            return ("426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n", "the WebSocket version must be 13");
        if (!request.TryGetValue("Sec-WebSocket-Key", out var key) || key.Length != 24)
            return ("400 Bad Request", "", "Sec-WebSocket-Key is missing or wrong");
        if (request.TryGetValue("Origin", out var origin) && !IsWelcome(origin))
            return ("403 Forbidden", "", $"web pages of '{origin}' may not connect");
        if (options.Token is { } token && !Same(request.GetValueOrDefault("Authorization", ""), $"Bearer {token}"))
            return ("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", "the token is missing or wrong (Authorization: Bearer TOKEN)");
        if (!takeSeat()) return ("503 Service Unavailable", "", $"there are {options.MostClients} clients already");
        return ("101 Switching Protocols", $"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {AcceptOf(key)}\r\n", null);

        bool Is(string name, string value) => string.Equals(request.GetValueOrDefault(name), value, StringComparison.OrdinalIgnoreCase);

        bool Has(string name, string value) =>
            request.GetValueOrDefault(name, "").Split(',', StringSplitOptions.TrimEntries).Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    private bool IsWelcome(string origin) =>
        options.Origins.Contains("*")
        || options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback && page.Scheme is "http" or "https");

    // Of hashes: the time that it takes says neither where the texts differ nor how long the token is.
    private static bool Same(string given, string wanted) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));

#pragma warning disable CA5350 // the protocol demands SHA-1; it protects nothing
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350

    private static async Task AnswerAsync(Stream stream, string status, string header, string? problem, CancellationToken cancel)
    {
        var text = $"HTTP/1.1 {status}\r\n{header}";
        if (problem is not null)
            text += $"Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(problem) + 1}\r\n\r\n{problem}\n";
        else
            text += "\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).ConfigureAwait(false);
    }

    /// <summary>The request line under the name "", and the header fields; null when it does not end in time or size.</summary>
    private static async Task<Dictionary<string, string>?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        // Byte by byte, though each is a system call: what follows belongs to the WebSocket, and it is once a connection.
        var bytes = new byte[MostBytes];
        for (var count = 0; count < bytes.Length; count++)
        {
            if (await stream.ReadAsync(bytes.AsMemory(count, 1), cancel).ConfigureAwait(false) == 0) return null;
            if (count >= 3 && bytes.AsSpan(count - 3, 4).SequenceEqual("\r\n\r\n"u8)) return Parse(Encoding.ASCII.GetString(bytes, 0, count - 3));
        }

        return null;
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var lines = text.Split("\r\n");
        var request = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [""] = lines[0] };
        foreach (var line in lines[1..])
            if (line.IndexOf(':') is > 0 and var colon) request[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        return request;
    }
}
