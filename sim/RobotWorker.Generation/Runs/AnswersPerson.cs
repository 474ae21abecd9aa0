using RobotWorker.Execution;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// A person who wrote all answers down beforehand, one for each question in order. After the last nobody answers; what is none of a question's options
/// is no answer either.
/// </summary>
public sealed class AnswersPerson(IEnumerable<string> answers) : IPerson
{
    private readonly Queue<string> left = new(answers);

    public Task<string?> AskAsync(Question question, CancellationToken cancel) => Task.FromResult(
        left.TryDequeue(out var answer) ? question.Options.FirstOrDefault(o => string.Equals(o, answer.Trim(), StringComparison.OrdinalIgnoreCase)) : null);
}
