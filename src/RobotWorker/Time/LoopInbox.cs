using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace RobotWorker.Time;

/// <summary>The one thread-safe door into an episode: sockets, signals, terminals and child processes post immutable values here.</summary>
/// <remarks>
/// A framework's blocking collection spins before it sleeps and takes its locks for each piece of work: on two processors it held back the very threads
/// that it waited for, by a scheduler's time slice. Here only a loop that sleeps is woken, and it sleeps at once.
/// </remarks>
public sealed class LoopInbox
{
    private readonly ConcurrentQueue<Action> waiting = new();
    private readonly object bell = new();
    private bool asleep;

    internal LoopInbox()
    {
    }

    /// <summary>Runs <paramref name="work"/> on the episode's thread before any other ready work.</summary>
    public void Post(Action work)
    {
        waiting.Enqueue(work);
        Interlocked.MemoryBarrier();    // either this thread sees the loop asleep, or the loop sees the work
        if (!Volatile.Read(ref asleep)) return;
        lock (bell) Monitor.Pulse(bell);
    }

    /// <summary>Takes what arrived first, on the loop's thread.</summary>
    /// <returns>Whether something was there.</returns>
    public bool TryTake([NotNullWhen(true)] out Action? work) => waiting.TryDequeue(out work);

    /// <summary>Takes what arrived first, or arrives within a time, on the loop's thread.</summary>
    /// <param name="work">What arrived.</param>
    /// <param name="milliseconds">How long to wait for it; <see cref="Timeout.Infinite"/>: for ever.</param>
    /// <returns>Whether something arrived.</returns>
    public bool TryTake([NotNullWhen(true)] out Action? work, int milliseconds)
    {
        if (waiting.TryDequeue(out work)) return true;
        var start = Stopwatch.GetTimestamp();
        lock (bell)
        {
            Volatile.Write(ref asleep, true);
            Interlocked.MemoryBarrier();
            try
            {
                while (!waiting.TryDequeue(out work))
                {
                    var left = Left(milliseconds, Stopwatch.GetElapsedTime(start));
                    if (left == 0) return false;
                    Monitor.Wait(bell, left);
                }

                return true;
            }
            finally
            {
                Volatile.Write(ref asleep, false);
            }
        }
    }

    /// <summary>What is left of a wait, in whole milliseconds, rounded up; 0 when it is over. Only a wait for ever has no end: one that was overslept by a millisecond has not -1 left.</summary>
    public static int Left(int milliseconds, TimeSpan waited) =>
        milliseconds == Timeout.Infinite ? Timeout.Infinite : Math.Max(0, (int)Math.Ceiling(milliseconds - waited.TotalMilliseconds));
}
