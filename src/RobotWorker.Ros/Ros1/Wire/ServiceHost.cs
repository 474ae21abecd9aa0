using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>An answer to a service's request: the response's bytes, or why there is none.</summary>
internal readonly record struct ServiceAnswer(byte[]? Response, string Refusal)
{
    /// <summary>Reads what <see cref="ToBytes"/> writes.</summary>
    /// <returns>
    /// Whether it went well, and the response or the words, which stay valid until the reader is filled again; null when the peer closed before all was there.
    /// </returns>
    /// <exception cref="Ros1Exception">It is longer than allowed.</exception>
    public static async Task<(bool IsGood, ReadOnlyMemory<byte> Body)?> ReadAsync(TcpRosReader reader, CancellationToken cancel) =>
        await reader.TakeByteAsync(cancel) is { } isGood && await reader.TakeAsync(cancel) is { } body ? (isGood != 0, body) : null;

    /// <summary>One byte that says whether it went well, the length, and the response or the words.</summary>
    public byte[] ToBytes()
    {
        var body = Response ?? Encoding.UTF8.GetBytes(Refusal);
        var bytes = new byte[5 + body.Length];
        bytes[0] = Response is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), body.Length);
        body.CopyTo(bytes, 5);
        return bytes;
    }
}

/// <summary>A service that this node offers: requests come one after another on each connection; one that is not persistent ends after the first.</summary>
/// <param name="node">The node's name.</param>
/// <param name="service">The service's name.</param>
/// <param name="type">Its type.</param>
/// <param name="request">The name of its request's type.</param>
/// <param name="response">The name of its response's type.</param>
/// <param name="answer">Answers a request; called on a socket's thread.</param>
/// <param name="problem">Hears of callers that are refused.</param>
internal sealed class ServiceHost(
    string node, string service, WireType type, string request, string response, Func<ReadOnlyMemory<byte>, Task<ServiceAnswer>> answer, Action<string> problem) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private long requests;

    public string Service => service;

    public long Requests => Interlocked.Read(ref requests);

    public async Task ServeAsync(Socket socket, TcpRosReader reader, IReadOnlyDictionary<string, string> header, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token, cancel);
        // The type's name is not compared: clients may leave it out or write it differently, the md5sum says what matters.
        if (header.GetValueOrDefault("md5sum", "*") is var md5 && md5 != "*" && md5 != type.Md5)
        {
            var caller = header.GetValueOrDefault("callerid", "somebody without a name");
            var what = $"{caller} cannot call {service}: its md5sum is {md5} there, {type.Md5} ({type.Name}) here; {type.Advice}";
            problem(what);
            await TcpRosServer.RefuseAsync(socket, what, either.Token);
            return;
        }

        var welcome = TcpRosHeader.Write(
            ("callerid", node), ("service", service), ("type", type.Name), ("md5sum", type.Md5), ("request_type", request), ("response_type", response));
        await socket.SendAsync(welcome, SocketFlags.None, either.Token);
        if (header.GetValueOrDefault("probe") == "1") return;
        do
        {
            if (await reader.TakeAsync(either.Token) is not { } asked) return;
            Interlocked.Increment(ref requests);
            var answered = await answer(asked).WaitAsync(either.Token);
            await socket.SendAsync(answered.ToBytes(), SocketFlags.None, either.Token);
        }
        while (header.GetValueOrDefault("persistent") == "1");
    }

    /// <summary>Ends its connections: their clients see that the server went away.</summary>
    public void Dispose() => _ = leaving.CancelAsync();
}
