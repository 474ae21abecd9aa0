using System.Collections.Concurrent;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Ros.RosSharpStyle.Wire;

/// <summary>
/// A loop on a thread of its own, for programs that have none: what is posted runs there, one after another, and so do timers. What throws is told, and
/// the next goes on.
/// </summary>
internal sealed class OwnLoop : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Action<Exception> failed;
    private readonly Thread thread;

    public OwnLoop(string name, Action<Exception> failed)
    {
        this.failed = failed;
        Ros = new(new LoopTime(this), new LoopContext(this), Post);
        thread = new(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    public RosLoop Ros { get; }

    /// <summary>Whether its thread still runs.</summary>
    public bool IsAlive => thread.IsAlive;

    /// <summary>Does something on the loop, from any thread. After the end it does nothing.</summary>
    public void Post(Action action)
    {
        try
        {
            work.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The loop has ended: there is nobody left whom this could concern.
        }
    }

    /// <summary>Does something on the loop and gives its result to whoever awaits it, on a thread of theirs, so that they cannot hold up the loop.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _ = FinishAsync(action, done));
        if (work.IsAddingCompleted) done.TrySetCanceled();
        return done.Task;
    }

    /// <summary>Ends the loop after what was posted before.</summary>
    public void Dispose() => work.CompleteAdding();

    private static async Task FinishAsync<T>(Func<Task<T>> action, TaskCompletionSource<T> done)
    {
        try
        {
            done.TrySetResult(await action());    // on the loop: its context is current
        }
        catch (OperationCanceledException stopped)
        {
            done.TrySetCanceled(stopped.CancellationToken);
        }
        catch (Exception failure)
        {
            done.TrySetException(failure);
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(Ros.Context);
        foreach (var action in work.GetConsumingEnumerable())
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                failed(failure);
            }
        }
    }

    private sealed class LoopContext(OwnLoop loop) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => loop.Post(() => d(state));

        public override SynchronizationContext CreateCopy() => this;
    }

    /// <summary>The machine's time, with timers that fire on the loop.</summary>
    private sealed class LoopTime(OwnLoop loop) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new LoopTimer(loop, callback, state);
            timer.Inner = System.CreateTimer(static one => ((LoopTimer)one!).Due(), timer, dueTime, period);
            return timer;
        }
    }

    private sealed class LoopTimer(OwnLoop loop, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool disposed;

        public ITimer? Inner { get; set; }

        public void Due() => loop.Post(() =>
        {
            if (!disposed) callback(state);
        });

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

        public void Dispose()
        {
            disposed = true;
            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
