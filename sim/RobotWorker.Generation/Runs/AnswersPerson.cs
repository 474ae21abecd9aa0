using RobotWorker.Execution;

namespace RobotWorker.Generation.Runs;

/// <summary>A person who wrote all answers down beforehand, one for each question in order. After the last nobody answers.</summary>
public sealed class AnswersPerson(IEnumerable<string> answers) : IPerson
{
    private readonly Queue<string> left = new(answers);

    public Task<string?> AskAsync(Question question, CancellationToken cancel) => Task.FromResult(left.TryDequeue(out var answer) ? answer : null);
}
