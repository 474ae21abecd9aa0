namespace RobotWorker.Skills.Senses;

/// <summary>One at a time, first come, first served: whoever turns the head would turn it away from what another looks at.</summary>
internal sealed class Turns
{
    private readonly Queue<TaskCompletionSource> waiting = [];
    private bool taken;

    /// <returns>Ends the turn when disposed of.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before its turn came.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (taken)
        {
            var turn = new TaskCompletionSource();
            waiting.Enqueue(turn);
            using var gone = cancel.Register(() => turn.TrySetCanceled(cancel));
            await turn.Task;
        }
        taken = true;
        return new Ending(Next);
    }

    private void Next()
    {
        while (waiting.TryDequeue(out var turn))
            if (turn.TrySetResult()) return;
        taken = false;
    }
}
