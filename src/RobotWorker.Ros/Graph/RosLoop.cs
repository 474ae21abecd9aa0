namespace RobotWorker.Ros.Graph;

/// <summary>
/// The one thread that a connection lives on, usually an episode's loop: its handlers run there, and whatever a wire's own threads have read enters by
/// its door.
/// </summary>
/// <param name="Time">Its clock and timers; they fire on it.</param>
/// <param name="Context">Does work on it later, in order; called on the thread itself only.</param>
/// <param name="PostFromOutside">The door: does work on it, called from any thread. <c>episodeLoop.Inbox.Post</c>.</param>
public sealed record RosLoop(TimeProvider Time, SynchronizationContext Context, Action<Action> PostFromOutside)
{
    /// <summary>Does something on the loop, after what is ready now. What it throws ends the loop's run.</summary>
    public void Later(Action work) => Context.Post(static work => ((Action)work!)(), work);
}
