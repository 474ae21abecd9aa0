using System.Runtime.ExceptionServices;

namespace RobotWorker.Generation.Runs;

/// <summary>Work on all cores: each worker has a thread of its own, on which an episode's loop may live.</summary>
internal static class Crew
{
    /// <summary>Blocks until all is done, or until it is stopped; then what is under way is ended.</summary>
    /// <param name="name">Of the threads.</param>
    /// <param name="left">What is to be done; asked for the next under <paramref name="gate"/>.</param>
    /// <param name="work">Does one, on any thread; told to end when it is stopped, and when another has failed.</param>
    /// <exception cref="Exception">The first that <paramref name="work"/> threw: nothing more is begun then.</exception>
    public static void Work<T>(string name, int workers, IEnumerable<T> left, Lock gate, Action<T, CancellationToken> work, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var next = left.GetEnumerator();
        Exception? failure = null;
        var threads = Enumerable.Range(0, workers).Select(n => new Thread(Run) { Name = $"{name} {n}" }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);

        void Run()
        {
            try
            {
                while (TryNext(out var one)) work(one, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // What was under way is left out.
            }
            catch (Exception e)
            {
                // It is the caller's, on whose thread it can be told.
                lock (gate) failure ??= e;
                ending.Cancel();
            }
        }

        bool TryNext(out T one)
        {
            lock (gate)
            {
                var there = !ending.IsCancellationRequested && next.MoveNext();
                one = there ? next.Current : default!;
                return there;
            }
        }
    }
}
