using RobotWorker.Execution;
using RobotWorker.Time;

namespace RobotWorker.Cli.Views;

/// <summary>Asks on the terminal, again until an option is named. The loop stands still meanwhile; a stop, or the end of the input, is no answer.</summary>
internal sealed class TerminalPerson(EpisodeLoop loop, RunView view, TerminalLines lines) : IPerson
{
    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        using var outside = loop.ExpectOutside();
        view.Ask(question);
        while (await NextAsync(cancel) is { } line)
        {
            if (question.OptionOf(line) is { } option)
            {
                view.Answered();
                return option;
            }
            Console.Error.Write($"Please answer one of: {string.Join(", ", question.Options)}. > ");
        }
        view.Answered();
        return null;
    }

    private async Task<string?> NextAsync(CancellationToken cancel)
    {
        var next = new TaskCompletionSource<string?>();
        using var canceled = cancel.Register(() =>
        {
            lines.Forget();
            next.TrySetResult(null);
        });
        if (!cancel.IsCancellationRequested) lines.Next(line => loop.Inbox.Post(() => next.TrySetResult(line)));
        return await next.Task;
    }
}
