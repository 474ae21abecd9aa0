using RobotWorker.Execution;

namespace RobotWorker.Generation.Runs;

/// <summary>Asks someone here, and takes an answer from another process as well: whichever comes first.</summary>
/// <param name="here">Who is asked here.</param>
/// <param name="waits">Whether an answer from elsewhere is waited for where nobody is here.</param>
internal sealed class PersonElsewhere(IPerson here, bool waits) : IPerson
{
    private Question? open;
    private TaskCompletionSource<string?>? answered;

    public async Task<string?> AskAsync(Question question, CancellationToken cancel)
    {
        var elsewhere = new TaskCompletionSource<string?>();
        (open, answered) = (question, elsewhere);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var canceled = cancel.Register(() => elsewhere.TrySetResult(null));
        try
        {
            var spoken = here.AskAsync(question, asking.Token);
            var first = await Task.WhenAny(spoken, elsewhere.Task);
            if (first == spoken && (await spoken is not null || !waits)) return await spoken;
            return await elsewhere.Task;
        }
        finally
        {
            if (answered == elsewhere) (open, answered) = (null, null);
            await asking.CancelAsync();
        }
    }

    /// <summary>On the loop: an answer to the question that is open.</summary>
    /// <returns>Null where it was taken, else why not.</returns>
    public string? Answer(string text)
    {
        if (open is null || answered is null) return "nothing is being asked";
        if (open.OptionOf(text) is not { } option) return $"'{text}' is none of the answers to \"{open.Text}\": {string.Join(", ", open.Options)}";
        answered.TrySetResult(option);
        return null;
    }
}
