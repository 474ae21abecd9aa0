using System.Net.Sockets;
using System.Text.Json;

namespace RobotWorker.Generation.Serving.Wire;

/// <summary>Listens on a Unix socket for requests about a served robot's faults: a line of JSON each, answered by one. Sockets live on the pool, answers come from the loop.</summary>
internal sealed class ControlServer : IDisposable
{
    private const int LongestRequest = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<InjectionRequest, InjectionReply> answer;
    private readonly Action<Action> post;

    /// <param name="path">The socket's file.</param>
    /// <param name="answer">Called on the loop.</param>
    /// <param name="post">The loop's door.</param>
    /// <exception cref="IOException">It cannot be listened on.</exception>
    public ControlServer(string path, Func<InjectionRequest, InjectionReply> answer, Action<Action> post)
    {
        (Path, this.answer, this.post) = (path, answer, post);
        File.Delete(path);    // of a process that was killed and had our number
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(8);
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException)
        {
            Dispose();
            throw new IOException($"cannot listen on {path}: {refused.Message}", refused);
        }

        _ = Task.Run(AcceptAsync);
    }

    public string Path { get; }

    public void Dispose()
    {
        _ = stop.CancelAsync();
        listener.Dispose();
        File.Delete(Path);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Serving has ended.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        await using var stream = new NetworkStream(client, ownsSocket: true);
        try
        {
            if (await ControlLine.ReadAsync(stream, LongestRequest, late.Token) is not { } line) return;
            var request = JsonSerializer.Deserialize<InjectionRequest>(line) ?? InjectionRequest.List;
            var answered = new TaskCompletionSource<InjectionReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            post(() => answered.TrySetResult(answer(request)));
            await ControlLine.WriteAsync(stream, JsonSerializer.Serialize(await answered.Task.WaitAsync(late.Token)), late.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or JsonException)
        {
            // Whoever asked has gone, or is none of ours: the closed connection tells it.
        }
    }
}
