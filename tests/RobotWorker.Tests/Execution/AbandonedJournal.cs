using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Recovery;

namespace RobotWorker.Tests.Execution;

/// <summary>A journal whose process is gone after so many events: what the loop still does before it is left must do nothing.</summary>
/// <param name="beforeItsCommands">Whether the commands of the last event are not carried out any more.</param>
internal sealed class AbandonedJournal(IJournal inner, int most, bool beforeItsCommands = false) : IJournal
{
    private readonly TaskCompletionSource abandoned = new();
    private int written;

    public Task Abandoned => abandoned.Task;

    public void Append(Event happened)
    {
        if (written >= most) throw new InvalidOperationException("abandoned");
        inner.Append(happened);
        if (++written < most) return;
        abandoned.SetResult();
        if (beforeItsCommands) throw new InvalidOperationException("abandoned");
    }

    public void Append(RecoveryEntry decision) => inner.Append(decision);

    public void Sync() => inner.Sync();
}
