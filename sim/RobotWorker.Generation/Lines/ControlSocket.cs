using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RobotWorker.Time;

namespace RobotWorker.Generation.Lines;

/// <summary>
/// A worker's ear for other processes of its user: a Unix domain socket beside the robot's journal, on which a request is a line of JSON and so is its reply. It has a thread
/// of its own; what is asked is posted to the episode's loop, and done there.
/// </summary>
public sealed class ControlSocket : IDisposable
{
    // Whoever connects says what it wants at once; the loop answers between two of its turns.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int MostBytes = 4 << 20;

    private readonly Socket listener;
    private readonly string path;
    private readonly LoopInbox inbox;
    private readonly Func<ControlRequest, string?> obey;

    private ControlSocket(Socket listener, string path, LoopInbox inbox, Func<ControlRequest, string?> obey)
    {
        (this.listener, this.path, this.inbox, this.obey) = (listener, path, inbox, obey);
        new Thread(Listen) { IsBackground = true, Name = "control" }.Start();
    }

    /// <summary>Where the worker that writes a journal listens.</summary>
    public static string PathOf(string journal) => Path.GetFullPath(journal) + ".sock";

    /// <summary>Listens. The journal's lock is the caller's: whatever is left there is of a process that is gone.</summary>
    /// <param name="obey">On the loop: does what is asked, and returns null, or why it does not.</param>
    /// <returns>Null where such a socket cannot be: the episode runs without, and <paramref name="whyNot"/> says why.</returns>
    public static ControlSocket? Open(string path, LoopInbox inbox, Func<ControlRequest, string?> obey, out string? whyNot)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen();
            whyNot = null;
            return new(listener, path, inbox, obey);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            listener.Dispose();
            whyNot = e.Message;
            return null;
        }
    }

    /// <summary>Asks the worker that listens there. Blocks for its reply, within a deadline.</summary>
    /// <returns>Null where it was done, else why not.</returns>
    /// <exception cref="IOException">Nobody listens, or nobody replied in time.</exception>
    public static string? Ask(string path, ControlRequest request)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.ReceiveTimeout = socket.SendTimeout = (int)(2 * Patience).TotalMilliseconds;
            Send(socket, request.Write());
            return ControlReply.Read(Line(socket) ?? throw new IOException("it did not reply")).Refused;
        }
        catch (Exception e) when (e is SocketException or JsonException or ArgumentException)
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next worker on this journal takes its place.
        }
    }

    private void Listen()
    {
        while (true)
        {
            try
            {
                using var peer = listener.Accept();
                peer.ReceiveTimeout = peer.SendTimeout = (int)Patience.TotalMilliseconds;
                Answer(peer);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.Interrupted or SocketError.OperationAborted or SocketError.InvalidArgument)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Of a peer that went away nobody wants an answer.
            }
        }
    }

    private void Answer(Socket peer)
    {
        if (Line(peer) is not { } line) return;
        ControlRequest request;
        try
        {
            request = ControlRequest.Read(line);
        }
        catch (JsonException e)
        {
            Send(peer, new ControlReply($"that is no request: {e.Message}").Write());
            return;
        }
        using var done = new ManualResetEventSlim();
        string? refused = null;
        inbox.Post(() =>
        {
            refused = obey(request);
            done.Set();
        });
        Send(peer, new ControlReply(done.Wait(Patience) ? refused : "the worker did not come round to it; it may still").Write());
    }

    private static string? Line(Socket socket)
    {
        var bytes = new List<byte>();
        var part = new byte[4096];
        while (bytes.Count < MostBytes)
        {
            var read = socket.Receive(part);
            if (read == 0) return null;
            bytes.AddRange(part.AsSpan(0, read));
            if (part.AsSpan(0, read).Contains((byte)'\n')) return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\n');
        }
        return null;
    }

    private static void Send(Socket socket, string line)
    {
        ReadOnlySpan<byte> left = Encoding.UTF8.GetBytes(line + "\n");
        while (!left.IsEmpty) left = left[socket.Send(left)..];
    }
}
