using RobotWorker.Execution;
using RobotWorker.Time;

namespace RobotWorker.Cli.Views;

/// <summary>Asks on the terminal. A thread reads the line and posts it to the loop, which stands still meanwhile.</summary>
internal sealed class TerminalPerson(EpisodeLoop loop, RunView view) : IPerson
{
    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        if (Console.IsInputRedirected && Console.In.Peek() < 0) return null;
        var answer = new TaskCompletionSource<string?>();
        using var outside = loop.ExpectOutside();
        using var canceled = cancel.Register(() => answer.TrySetResult(null));
        view.Ask(question);
        new Thread(() =>
        {
            var line = Read(question);
            loop.Inbox.Post(() => answer.TrySetResult(line));
        }) { IsBackground = true, Name = "terminal" }.Start();
        var said = await answer.Task;
        view.Answered();
        return said;
    }

    private static string? Read(Question question)
    {
        while (Console.ReadLine() is { } line)
        {
            var said = line.Trim();
            if (question.Options.FirstOrDefault(o => string.Equals(o, said, StringComparison.OrdinalIgnoreCase)) is { } option) return option;
            Console.Error.Write($"Please answer one of: {string.Join(", ", question.Options)}. > ");
        }
        return null;
    }
}
