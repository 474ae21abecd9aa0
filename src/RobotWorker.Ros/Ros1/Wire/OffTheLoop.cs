namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Starts work on the pool's threads.</summary>
internal static class OffTheLoop
{
    /// <summary>Does it, and tells there that it is done, however it ended.</summary>
    /// <returns>What asks it to stop, from any thread, and without running its continuations there.</returns>
    public static Action Run<T>(Func<CancellationToken, Task<T>> work, Action<Task<T>> done)
    {
        var stop = new CancellationTokenSource();
        _ = Task.Run(() => work(stop.Token), CancellationToken.None)
            .ContinueWith(done, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return () => _ = stop.CancelAsync();
    }
}
