namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>Bounds what one client sent and the loop has not handled: beyond it the socket is not read, and the client's own sending stops.</summary>
internal sealed class InboundCredit(long mostBytes)
{
    private readonly Lock gate = new();
    private long pending;
    private TaskCompletionSource? waiter;

    /// <summary>Counts bytes that were handed over, and waits while there are too many.</summary>
    public Task TakeAsync(int bytes)
    {
        lock (gate)
        {
            pending += bytes;
            if (pending <= mostBytes) return Task.CompletedTask;
            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }

    /// <summary>Nothing waits any more: the connection ends.</summary>
    public void Open() => Return(int.MaxValue);

    /// <summary>They are handled; called by the loop.</summary>
    public void Return(int bytes)
    {
        lock (gate)
        {
            pending -= bytes;
            if (pending > mostBytes / 2) return;
            waiter?.TrySetResult();
            waiter = null;
        }
    }
}
