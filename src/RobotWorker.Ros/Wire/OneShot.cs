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
            using var socket = await dial(MostAnswerBytes, limit.Token).ConfigureAwait(false);
            await socket.SendAsync(question.Bytes, isBinary: false, limit.Token).ConfigureAwait(false);
            await socket.FlushAsync(limit.Token).ConfigureAwait(false);
            while (true)
            {
                var arrived = socket.Next(out var message);
                if (arrived is Arrival.Text or Arrival.Binary && message.ToArray() is var frame && isAnswer(frame)) return frame;
                if (arrived == Arrival.Close) return null;
                if (arrived == Arrival.Nothing && !await socket.FillAsync(limit.Token).ConfigureAwait(false)) return null;
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
}
