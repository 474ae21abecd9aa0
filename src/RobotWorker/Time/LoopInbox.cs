namespace RobotWorker.Time;

/// <summary>The one thread-safe door into an episode: sockets, signals, terminals and child processes post immutable values here.</summary>
public sealed class LoopInbox
{
    private readonly EpisodeLoop loop;

    internal LoopInbox(EpisodeLoop loop) => this.loop = loop;

    /// <summary>Runs <paramref name="work"/> on the episode's thread before any other ready work.</summary>
    public void Post(Action work) => loop.PostFromOutside(work);
}
