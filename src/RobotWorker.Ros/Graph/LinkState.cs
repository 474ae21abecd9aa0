namespace RobotWorker.Ros.Graph;

/// <summary>Whether a connection reaches its graph now.</summary>
public enum LinkState
{
    /// <summary>Not yet, or not again: it is being tried, with growing pauses.</summary>
    Connecting,

    /// <summary>The other side has answered within the deadline of its liveness check.</summary>
    Up,

    /// <summary>Disposed.</summary>
    Closed,
}
