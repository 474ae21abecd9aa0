using RobotWorker.Generation.Runs;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// The pace of a run whose link fails. Over rosbridge worker and robot wait for each other as long as they hear each other, so that a busy machine's pauses are no outages of
/// their own; while the link is away time passes as fast as the machine can. On ROS 1, whose nodes wait on the wall's clock before they try again, both follow the wall.
/// </summary>
internal sealed class OutagePace(bool overRos1)
{
    private readonly Pacer? pacer = overRos1 ? null : new(loops: 2);

    /// <summary>The clock of one of the two.</summary>
    public WallClock Clock() => pacer?.Clock() ?? WallClock.Real;

    /// <summary>Both are there.</summary>
    public void Keep(RobotRun run, ServedRobot robot, Outages outages)
    {
        if (pacer is not null) pacer.IsCaughtUp = () => run.Now >= robot.Now || outages.IsAway(run.Now);
    }

    /// <summary>The worker has ended: the robot waits for nobody.</summary>
    public void LetGo()
    {
        if (pacer is not null) pacer.IsCaughtUp = () => true;
    }
}
