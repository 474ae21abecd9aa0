using RobotWorker.Ros.Graph;

namespace RobotWorker.Ros.Ros1;

/// <summary>Something that a socket's thread does for the loop: it ends once, on the loop, by its result, its deadline or its caller's cancellation.</summary>
internal sealed class PendingCall<T>
{
    private readonly TaskCompletionSource<T> completion = new();
    private Action? stop;
    private ITimer? timer;
    private CancellationTokenRegistration canceled;

    private PendingCall()
    {
    }

    /// <summary>Does it.</summary>
    /// <param name="loop">Where the result is wanted.</param>
    /// <param name="work">What is done off the loop; it starts there.</param>
    /// <param name="deadline">Until when, on the loop's clock; null: the work itself has one.</param>
    /// <param name="late">What the deadline means.</param>
    /// <param name="cancel">The caller's own wish to end it.</param>
    public static Task<T> Run(RosLoop loop, Func<CancellationToken, Task<T>> work, TimeSpan? deadline, Func<Exception> late, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return Task.FromCanceled<T>(cancel);
        var call = new PendingCall<T>();
        if (deadline is { } most)
            call.timer = loop.Time.CreateTimer(_ => call.End(() => call.completion.SetException(late())), null, most, Timeout.InfiniteTimeSpan);
        // By the queue: whoever cancels would otherwise run the caller's continuation within its own call.
        call.canceled = cancel.Register(() => loop.PostFromOutside(() => call.End(() => call.completion.SetCanceled(cancel))));
        call.stop = Wire.OffTheLoop.Run(work, done => loop.PostFromOutside(() => call.End(() => call.Finish(done))));
        return call.completion.Task;
    }

    private void Finish(Task<T> done)
    {
        if (done.IsCompletedSuccessfully) completion.SetResult(done.Result);
        else if (done.Exception is { } failure) completion.SetException(failure.InnerExceptions);
        else completion.SetCanceled();
    }

    private void End(Action complete)
    {
        if (completion.Task.IsCompleted) return;
        timer?.Dispose();
        canceled.Dispose();
        stop?.Invoke();
        complete();
    }
}
