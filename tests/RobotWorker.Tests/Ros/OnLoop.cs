using RobotWorker.Ros.Graph;
using RobotWorker.Time;

namespace RobotWorker.Tests.Ros;

/// <summary>An episode loop at virtual pace with a graph on it: what every test of the graph and of actions stands on.</summary>
internal sealed class OnLoop
{
    private OnLoop(EpisodeLoop loop, bool throughCdr)
    {
        Loop = loop;
        Graph = new(loop.Time, throughCdr);
    }

    public EpisodeLoop Loop { get; }

    public InProcessGraph Graph { get; }

    public TimeProvider Time => Loop.Time;

    public static void Run(Func<OnLoop, Task> test, bool throughCdr = false)
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(() => test(new(loop, throughCdr)));
    }

    /// <summary>Lets virtual seconds pass; everything that is ready is done first.</summary>
    public Task Seconds(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Loop.Time);

    /// <summary>Lets everything that is under way arrive.</summary>
    public Task Settle() => Seconds(0.001);
}
