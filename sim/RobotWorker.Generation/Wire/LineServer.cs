using System.Net.Sockets;

namespace RobotWorker.Generation.Wire;

/// <summary>
/// Listens on a Unix domain socket that only its user may use, for requests of a line each, answered by one. Sockets live on the pool; the answers are made on the loop.
/// </summary>
internal sealed class LineServer : IDisposable
{
    private const int LongestRequest = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly string path;
    private readonly Func<string, string> answer;
    private readonly Action<Action> post;

    /// <param name="path">The socket's file; whatever is there is of a process that is gone.</param>
    /// <param name="answer">Called on the loop; it throws nothing.</param>
    /// <param name="post">The loop's door.</param>
    /// <exception cref="IOException">It cannot be listened on.</exception>
    public LineServer(string path, Func<string, string> answer, Action<Action> post)
    {
        (this.path, this.answer, this.post) = (path, answer, post);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(8);
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            Dispose();
            throw new IOException($"cannot listen on {path}: {refused.Message}", refused);
        }

        _ = Task.Run(AcceptAsync);
    }

    public void Dispose()
    {
        _ = stop.CancelAsync();
        listener.Dispose();
        File.Delete(path);
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
            if (await LineText.ReadAsync(stream, LongestRequest, late.Token) is not { } line) return;
            var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            post(() => answered.TrySetResult(answer(line)));
            await LineText.WriteAsync(stream, await answered.Task.WaitAsync(late.Token), late.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Whoever asked has gone, or the loop does not come round to it: the closed connection tells it.
        }
    }
}
