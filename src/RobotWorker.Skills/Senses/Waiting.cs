namespace RobotWorker.Skills.Senses;

/// <summary>Waits for something to be sensed: looked at again each time a sense has taken something in, never by polling.</summary>
internal sealed class Waiting(TimeProvider time)
{
    private readonly List<Waiter> waiters = [];

    /// <returns>False when the deadline passed first.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<bool> UntilAsync(Func<bool> sensed, TimeSpan deadline, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (sensed()) return true;
        var waiter = new Waiter(sensed, new());
        waiters.Add(waiter);
        try
        {
            await waiter.Source.Task.WaitAsync(deadline, time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            waiters.Remove(waiter);
        }
    }

    /// <summary>A sense has taken something in.</summary>
    public void Changed()
    {
        for (var i = waiters.Count - 1; i >= 0; i--)
            if (i < waiters.Count && waiters[i].Sensed()) waiters[i].Source.TrySetResult();
    }

    private sealed record Waiter(Func<bool> Sensed, TaskCompletionSource Source);
}
