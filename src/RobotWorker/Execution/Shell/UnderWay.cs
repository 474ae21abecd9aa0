using RobotWorker.Execution.Core;
using RobotWorker.Time;

namespace RobotWorker.Execution.Shell;

/// <summary>Requests under way, by a key, each with the means to call it off.</summary>
internal sealed class UnderWay
{
    private readonly Dictionary<(char Kind, int Number), CancellationTokenSource> sources = [];
    private readonly List<Task> tasks = [];

    public void Begin(char kind, int number, Func<CancellationToken, Task> work)
    {
        var source = new CancellationTokenSource();
        sources[(kind, number)] = source;
        var task = Finish(kind, number, source, work);
        if (!task.IsCompleted) tasks.Add(task);
    }

    public void Cancel(char kind, int number)
    {
        if (sources.TryGetValue((kind, number), out var source)) source.Cancel();
    }

    /// <summary>Calls everything off and waits for its end, within a deadline.</summary>
    public async Task EndAsync(TimeSpan deadline, TimeProvider time)
    {
        foreach (var source in sources.Values.ToList()) source.Cancel();
        var all = Task.WhenAll(tasks.Where(t => !t.IsCompleted));
        await Task.WhenAny(all, Task.Delay(deadline, time));
    }

    private async Task Finish(char kind, int number, CancellationTokenSource source, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(source.Token);
        }
        finally
        {
            if (sources.TryGetValue((kind, number), out var current) && current == source) sources.Remove((kind, number));
            source.Dispose();
            if (tasks.Count > 64) tasks.RemoveAll(t => t.IsCompleted);
        }
    }
}
