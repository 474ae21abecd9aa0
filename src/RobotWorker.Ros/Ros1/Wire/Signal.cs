namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Wakes whoever waits, or will wait next; several calls before that are one.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = New();

    public void Set() => Volatile.Read(ref next).TrySetResult();

    /// <summary>Waits until it is set, or for so long, or until cancelled; it does not say which.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(Volatile.Read(ref next).Task, Pause.For(most, clock, over.Token));
        await over.CancelAsync();
        if (Volatile.Read(ref next).Task.IsCompleted) Volatile.Write(ref next, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
