using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Profile;
using RobotWorker.Time;

namespace RobotWorker.Skills.Lines;

/// <summary>
/// The protective stop of a robot behind a wire, on a thread and a connection of its own: it queues behind nothing that the worker does, neither its loop nor its
/// telemetry. It can also be called past the worker, from any thread.
/// </summary>
public sealed class StopThread : IProtectiveStop, IAsyncDisposable
{
    private readonly RobotLine line;
    private readonly string node;
    private readonly RobotProfile profile;
    private readonly LoopInbox main;
    private readonly TaskCompletionSource leave = new();
    private readonly TaskCompletionSource left = new();
    private readonly TaskCompletionSource started = new();
    private readonly double rate;
    private LoopInbox? inbox;
    private StopList? list;
    private Exception? broken;

    private StopThread(RobotLine line, string node, RobotProfile profile, LoopInbox main, double rate) =>
        (this.line, this.node, this.profile, this.main, this.rate) = (line, node, profile, main, rate);

    /// <summary>Begins to connect, and is done once the thread runs.</summary>
    /// <param name="line">The way to the robot; what it finds wrong the worker's own connection tells.</param>
    /// <param name="node">The node's name on the graph.</param>
    /// <param name="profile">As it holds on the robot's dialect.</param>
    /// <param name="main">Where the worker's loop is reached: ends are told there.</param>
    /// <param name="rate">Seconds of the worker's loop in a second of the wall.</param>
    /// <exception cref="InvalidOperationException">The thread did not come up.</exception>
    public static async Task<StopThread> StartAsync(RobotLine line, string node, RobotProfile profile, LoopInbox main, double rate)
    {
        var thread = new StopThread(line.For(profile.Dialect), node, profile, main, rate);
        new Thread(thread.Live) { IsBackground = true, Name = "protective stop", Priority = ThreadPriority.AboveNormal }.Start();
        await thread.started.Task;
        return thread.inbox is null ? throw new InvalidOperationException($"the protective stop's own thread did not come up: {thread.broken?.Message}", thread.broken) : thread;
    }

    public bool Holds => list!.Holds;

    public void AssumeHeld() => list!.AssumeHeld();

    public Task CarryOutAsync(IReadOnlyCollection<string> called, TimeSpan deadline, CancellationToken cancel) => AskAsync(async () =>
    {
        await list!.CarryOutAsync(called, deadline, CancellationToken.None);
        return true;
    }, cancel);

    public Task<string?> ReleaseAsync(TimeSpan deadline, CancellationToken cancel) => AskAsync(() => list!.ReleaseAsync(deadline, CancellationToken.None), cancel);

    /// <summary>Past the worker, from any thread: for whoever cannot wait for it.</summary>
    public void Press(TimeSpan deadline) => inbox!.Post(() => _ = PressAsync(deadline));

    /// <summary>The same for whoever has no loop any more: returns when the list was gone through, or the deadline has passed.</summary>
    public void PressAndWait(TimeSpan deadline)
    {
        // Not disposed of: the thread may set it after the deadline.
        var done = new ManualResetEventSlim();
        inbox!.Post(() => _ = PressThenTellAsync());
        done.Wait(deadline);

        async Task PressThenTellAsync()
        {
            await PressAsync(deadline);
            done.Set();
        }
    }

    /// <summary>Ends thread and connection. On the worker's loop.</summary>
    public async ValueTask DisposeAsync()
    {
        inbox!.Post(() => leave.TrySetResult());
        await left.Task;
    }

    private async Task PressAsync(TimeSpan deadline)
    {
        try
        {
            await list!.CarryOutAsync([], deadline, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // Nobody waits for it; the worker finds whether the robot stands.
        }
    }

    private void Live()
    {
        try
        {
            var loop = new EpisodeLoop(Pace.Wall, rate: rate);
            loop.Run(() => LiveAsync(loop));
        }
        catch (Exception e)
        {
            // What is asked after this has no answer, which the worker has deadlines for.
            broken = e;
        }
        finally
        {
            main.Post(() =>
            {
                started.TrySetResult();
                left.TrySetResult();
            });
        }
    }

    private async Task LiveAsync(EpisodeLoop loop)
    {
        using var outside = loop.ExpectOutside();
        var ros = line.Open(new(loop.Time, loop, loop.Inbox.Post), node);
        try
        {
            using (list = new(ros, profile))
            {
                inbox = loop.Inbox;
                main.Post(() => started.TrySetResult());
                await leave.Task;
            }
        }
        finally
        {
            await RobotLine.LeaveAsync(ros);
        }
    }

    // A stop that was begun is carried out to its end, whoever stops waiting for it.
    private Task<T> AskAsync<T>(Func<Task<T>> what, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<T>();
        var registration = cancel.Register(() => answer.TrySetCanceled(cancel));
        inbox!.Post(() => _ = DoAsync());
        return answer.Task;

        async Task DoAsync()
        {
            try
            {
                var value = await what();
                main.Post(() => End(() => answer.TrySetResult(value)));
            }
            catch (Exception e)
            {
                main.Post(() => End(() => answer.TrySetException(e)));
            }
        }

        void End(Action tell)
        {
            registration.Dispose();
            tell();
        }
    }
}
