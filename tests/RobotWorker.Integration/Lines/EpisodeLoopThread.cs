using System.Runtime.ExceptionServices;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>An episode loop at the wall's pace on a thread of its own, until it is disposed.</summary>
internal sealed class EpisodeLoopThread : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Thread thread;
    private readonly TaskCompletionSource stop = new();
    private EpisodeLoop? loop;
    private Exception? broken;

    /// <param name="wall">The loop's clock.</param>
    /// <param name="rate">Seconds of the loop in a second of the clock.</param>
    /// <param name="live">Runs on the loop until its task is over; sets <see cref="Started"/> when it has begun.</param>
    public EpisodeLoopThread(WallClock wall, double rate, Func<EpisodeLoop, Task, Task> live)
    {
        thread = new(() =>
        {
            try
            {
                loop = new(Pace.Wall, wall: wall, rate: rate);
                loop.Run(async () =>
                {
                    using var outside = loop.ExpectOutside();
                    await live(loop, stop.Task);
                });
            }
            catch (Exception e)
            {
                broken = e;
            }
            finally
            {
                Started.Set();
            }
        }) { IsBackground = true, Name = "served robot" };
        thread.Start();
    }

    public ManualResetEventSlim Started { get; } = new(false);

    /// <summary>Asks something on the loop.</summary>
    public T Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>();
        loop!.Inbox.Post(() => answer.SetResult(question()));
        if (!answer.Task.Wait(Patience)) throw new TimeoutException("the loop does not answer");
        return answer.Task.Result;
    }

    public void ThrowIfBroken()
    {
        if (broken is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        loop?.Inbox.Post(() => stop.TrySetResult());
        thread.Join(Patience);
        Started.Dispose();
        ThrowIfBroken();
    }
}
