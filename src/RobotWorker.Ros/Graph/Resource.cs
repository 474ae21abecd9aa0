namespace RobotWorker.Ros.Graph;

/// <summary>Something that a node holds on the graph: given back once, by its holder or with the node.</summary>
internal abstract class Resource : IDisposable
{
    private Action? released;

    protected bool IsDisposed { get; private set; }

    /// <summary>Says whom to tell when it is given back.</summary>
    public void WhenReleased(Action tell) => released += tell;

    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        Release();
        released?.Invoke();
    }

    protected abstract void Release();
}

/// <summary>Takes something back.</summary>
internal sealed class Undo(Action action) : Resource
{
    protected override void Release() => action();
}
