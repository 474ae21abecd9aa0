namespace RobotWorker.Skills.Senses;

/// <summary>Does something once, when it is disposed of.</summary>
internal sealed class Ending(Action end) : IDisposable
{
    private Action? end = end;

    public void Dispose()
    {
        var what = end;
        end = null;
        what?.Invoke();
    }
}
