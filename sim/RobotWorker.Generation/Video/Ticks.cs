using RobotWorker.Time;

namespace RobotWorker.Generation.Video;

/// <summary>Says at which of the robot's control periods something is due that comes at a rate of its own: at the first one, and then every so often, without drift.</summary>
/// <param name="periodSeconds">Simulated, at least a control period.</param>
internal sealed class Ticks(double periodSeconds)
{
    // Half a control period.
    private const double ToleranceSeconds = 0.005;

    private RobotTime? first;
    private long count;

    /// <summary>Whether the next one is due; asked once for each control period.</summary>
    public bool IsDue(RobotTime now)
    {
        first ??= now;
        if ((now - first.Value).TotalSeconds + ToleranceSeconds < count * periodSeconds) return false;
        count++;
        return true;
    }
}
