using System.Net.WebSockets;

namespace RobotWorker.Ros.Wire;

/// <summary>One question on a WebSocket of its own, for when the usual one is stuck behind something.</summary>
internal static class OneShot
{
    private const int MostAnswerBytes = 1 << 20;

    /// <summary>Asks, and waits for the frame that answers.</summary>
    /// <returns>The frame, or null where none came in time or no connection was made.</returns>
    public static async Task<byte[]?> AskAsync(Dial dial, OutFrame question, Func<byte[], bool> isAnswer, TimeSpan deadline, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        try
        {
            using var open = await dial(limit.Token).ConfigureAwait(false);
            await open.Socket.SendAsync(question.Bytes, WebSocketMessageType.Text, true, limit.Token).ConfigureAwait(false);
            while (true)
            {
                var frame = await ReceiveAsync(open.Socket, limit.Token).ConfigureAwait(false);
                if (frame is null || isAnswer(frame)) return frame;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return null;    // no answer is what the caller has to live with, whatever the reason
        }
        finally
        {
            question.Return();
        }
    }

    private static async Task<byte[]?> ReceiveAsync(WebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        for (var filled = 0; ;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(filled), cancel).ConfigureAwait(false);
            if (got.MessageType == WebSocketMessageType.Close) return null;
            filled += got.Count;
            if (got.EndOfMessage) return buffer[..filled];
            if (filled == MostAnswerBytes) return null;
            if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MostAnswerBytes));
        }
    }
}
