using System.Net.Sockets;

namespace RobotWorker.Generation.Wire;

/// <summary>Asks whoever listens on a Unix domain socket: a line, answered by one.</summary>
public static class LineClient
{
    private const int LongestReply = 16 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="path">The socket's file.</param>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<string> AskAsync(string path, string request, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), either.Token);
            await using var stream = new NetworkStream(socket);
            await LineText.WriteAsync(stream, request, either.Token);
            return await LineText.ReadAsync(stream, LongestReply, either.Token) ?? throw new IOException("it closed the connection without an answer");
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException)
        {
            throw new IOException(refused.Message, refused);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"it does not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
