using RobotWorker.Execution;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>Someone who answers when another thread of the test says so.</summary>
internal sealed class PersonAside(EpisodeLoop loop) : IPerson
{
    private volatile Question? asked;
    private TaskCompletionSource<string?> answered = new();

    /// <summary>What is asked now, or null.</summary>
    public Question? Asked => asked;

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        var mine = answered = new();
        asked = question;
        using var canceled = cancel.Register(() => mine.TrySetResult(null));
        var answer = await mine.Task;
        asked = null;
        return answer;
    }

    public void Answer(string answer) => loop.Inbox.Post(() => answered.TrySetResult(answer));
}
