using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>
/// The server's side of one HTTP/1.1 connection, as far as XML-RPC needs it: POST, with a length or in chunks, kept open. A head and a body
/// have bounds, and everything else is refused with a status.
/// </summary>
internal sealed class HttpConnection(Stream stream)
{
    private const int MaximalHead = 16 << 10;
    private const int MaximalBody = 16 << 20;

    private byte[] buffer = new byte[4096];
    private int start;
    private int end;

    /// <summary>Whether the client wants another request on this connection.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>The next request's body; null when the client closed.</summary>
    /// <exception cref="HttpRefusal">The request is none that this server answers.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancel)
    {
        if (await LineAsync(cancel) is not { } first) return null;
        if (first.Split(' ') is not [var verb, _, var version] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal)) throw new HttpRefusal(400, "Bad Request");
        IsKept = version != "HTTP/1.0";
        long? length = null;
        var isChunked = false;
        for (var left = MaximalHead; ;)
        {
            var line = await LineAsync(cancel) ?? throw new HttpRefusal(400, "Bad Request");
            if (line.Length == 0) break;
            if ((left -= line.Length) < 0) throw new HttpRefusal(431, "Request Header Fields Too Large");
            var (name, value) = line.IndexOf(':') is > 0 and var at ? (line[..at].Trim().ToLowerInvariant(), line[(at + 1)..].Trim()) : throw new HttpRefusal(400, "Bad Request");
            switch (name)
            {
                case "content-length":
                    length = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new HttpRefusal(400, "Bad Request");
                    break;
                case "transfer-encoding":
                    isChunked = value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw new HttpRefusal(501, "Not Implemented");
                    break;
                case "connection":
                    IsKept = value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || (IsKept && !value.Equals("close", StringComparison.OrdinalIgnoreCase));
                    break;
                case "expect":
                    await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel);
                    break;
            }
        }

        if (verb != "POST") throw new HttpRefusal(405, "Method Not Allowed");
        if (isChunked) return await ChunksAsync(cancel);
        return await BytesAsync(length ?? throw new HttpRefusal(411, "Length Required"), cancel);
    }

    /// <summary>Answers.</summary>
    public async Task WriteAsync(int status, string reason, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var head = $"HTTP/1.1 {status} {reason}\r\nServer: RobotWorker\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n{(IsKept ? "" : "Connection: close\r\n")}\r\n";
        // In one write: two would wait for each other's acknowledgement.
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body.Span], cancel);
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancel)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = await LineAsync(cancel) ?? throw new HttpRefusal(400, "Bad Request");
            var digits = line.Split(';')[0].Trim();    // extensions mean nothing here
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0) throw new HttpRefusal(400, "Bad Request");
            if (size == 0) break;
            if (body.Length + size > MaximalBody) throw new HttpRefusal(413, "Content Too Large");
            body.Write(await BytesAsync(size, cancel));
            if (await LineAsync(cancel) is not "") throw new HttpRefusal(400, "Bad Request");
        }

        for (var left = MaximalHead; await LineAsync(cancel) is { Length: > 0 } trailer;)
            if ((left -= trailer.Length) < 0) throw new HttpRefusal(431, "Request Header Fields Too Large");
        return body.ToArray();
    }

    private async Task<byte[]> BytesAsync(long length, CancellationToken cancel)
    {
        if (length > MaximalBody) throw new HttpRefusal(413, "Content Too Large");
        // Grown with what arrives: a length that is only claimed costs nothing.
        var bytes = new MemoryStream();
        while (bytes.Length < length)
        {
            if (start == end && !await FillAsync(cancel)) throw new HttpRefusal(400, "Bad Request");
            var part = (int)Math.Min(end - start, length - bytes.Length);
            bytes.Write(buffer, start, part);
            start += part;
        }

        return bytes.ToArray();
    }

    // A line without its end; null when the client closed before it began.
    private async Task<string?> LineAsync(CancellationToken cancel)
    {
        for (var searched = 0; ;)
        {
            var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, start, searched + at).TrimEnd('\r');
                start += searched + at + 1;
                return line;
            }

            searched = end - start;
            if (searched > MaximalHead) throw new HttpRefusal(431, "Request Header Fields Too Large");
            if (!await FillAsync(cancel)) return searched == 0 ? null : throw new HttpRefusal(400, "Bad Request");
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
        end += read;
        return read > 0;
    }
}

/// <summary>A request that is answered with a status instead of being carried out; the connection ends with it.</summary>
internal sealed class HttpRefusal(int status, string reason) : Exception($"{status} {reason}")
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;
}
