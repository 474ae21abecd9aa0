using RobotWorker.Generation.Runs;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Skills.Lines;
using RobotWorker.Time;

namespace RobotWorker.Generation.Lines;

/// <summary>A visit to a robot's graph: a loop at the wall's pace with one connection on it, for as long as the visit lasts.</summary>
public static class LineSession
{
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(10);

    /// <summary>Connects, and does something there. Blocks until it is done.</summary>
    /// <param name="stop">Pressed: the token of <paramref name="visit"/> is cancelled.</param>
    /// <exception cref="RobotNotReadyException">The robot was not reached.</exception>
    public static T Run<T>(RobotLine line, string node, StopSwitch stop, Func<IRosConnection, RosDialect, CancellationToken, Task<T>> visit)
    {
        var loop = new EpisodeLoop(Pace.Wall);
        return loop.Run(async () =>
        {
            using var outside = loop.ExpectOutside();
            using var stopping = new CancellationTokenSource();
            stop.Wire(loop.Inbox, stopping);
            var ros = line.Open(new(loop.Time, loop, loop.Inbox.Post), node);
            try
            {
                var dialect = await RobotLine.ReachAsync(ros, Reach, stopping.Token)
                    ?? throw new RobotNotReadyException(line.WhyNotReached(Reach));
                return await visit(ros, dialect, stopping.Token);
            }
            finally
            {
                stop.Unwire();
                await RobotLine.LeaveAsync(ros);
            }
        });
    }
}
