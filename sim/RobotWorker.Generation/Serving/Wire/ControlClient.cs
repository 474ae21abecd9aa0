using System.Net.Sockets;
using System.Text.Json;

namespace RobotWorker.Generation.Serving.Wire;

/// <summary>Asks a served robot about its faults.</summary>
public static class ControlClient
{
    private const int LongestReply = 16 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="path">The robot's socket.</param>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<InjectionReply> AskAsync(string path, InjectionRequest request, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), either.Token).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket);
            await ControlLine.WriteAsync(stream, JsonSerializer.Serialize(request), either.Token).ConfigureAwait(false);
            var line = await ControlLine.ReadAsync(stream, LongestReply, either.Token).ConfigureAwait(false);
            return line is not null && JsonSerializer.Deserialize<InjectionReply>(line) is { } reply ? reply : throw new IOException("it closed the connection without an answer");
        }
        catch (Exception refused) when (refused is SocketException or JsonException or ArgumentException)
        {
            throw new IOException(refused.Message, refused);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"it does not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
