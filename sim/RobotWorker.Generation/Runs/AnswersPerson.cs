using RobotWorker.Execution;

namespace RobotWorker.Generation.Runs;

/// <summary>
/// A person who wrote all answers down beforehand, one for each question in order. After the last nobody answers, and an answer that is no option of its
/// question is told and counts as none.
/// </summary>
/// <param name="wrong">Hears of an answer that is no option: where it stands, and what would be one.</param>
public sealed class AnswersPerson(IEnumerable<WrittenAnswer> answers, Action<string> wrong) : IPerson
{
    private readonly Queue<WrittenAnswer> left = new(answers);

    /// <summary>The answers of a file: one a line, where empty lines and lines that begin with # count for nothing.</summary>
    public static IEnumerable<WrittenAnswer> Read(string file) =>
        File.ReadLines(file).Select((line, i) => new WrittenAnswer(line.Trim(), $"{file}:{i + 1}")).Where(a => a.Text.Length > 0 && a.Text[0] != '#');

    public Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        if (!left.TryDequeue(out var answer)) return Task.FromResult<string?>(null);
        var option = question.OptionOf(answer.Text);
        if (option is null) wrong($"{answer.Place}: '{answer.Text}' does not answer {question.Step}; the options are {string.Join(", ", question.Options)}. It counts as no answer.");
        return Task.FromResult(option);
    }
}

/// <param name="Place">The file and line that it stands in.</param>
public sealed record WrittenAnswer(string Text, string Place);
