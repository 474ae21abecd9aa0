using System.Collections.Immutable;

namespace RobotWorker.Controllers.Joints;

/// <summary>
/// What a group of joints (an arm, a head) is commanded to do, period by period: it follows a spline, goes after streamed positions, brakes, or holds. Positions and
/// rates are in the order of <see cref="Joints"/>.
/// </summary>
public sealed class JointMotion
{
    /// <summary>How long streamed positions hold without the next ones, in seconds of simulated time.</summary>
    public const double WatchdogSeconds = 0.2;

    private JointSpline spline;
    private double elapsed;
    private ImmutableArray<double>? streamed;
    private double streamLeft;

    public JointMotion(ImmutableArray<JointBounds> joints, ImmutableArray<double> start)
    {
        Joints = joints;
        spline = new([JointWaypoint.Still(0, start)]);
        (Positions, Velocities) = (start, [.. start.Select(_ => 0.0)]);
    }

    public ImmutableArray<JointBounds> Joints { get; }

    /// <summary>Commanded positions, radians.</summary>
    public ImmutableArray<double> Positions { get; private set; }

    /// <summary>Commanded rates, rad/s.</summary>
    public ImmutableArray<double> Velocities { get; private set; }

    /// <summary>Seconds since the motion began.</summary>
    public double Elapsed => elapsed;

    /// <summary>Seconds since the motion should have ended; negative until then.</summary>
    public double Overtime => elapsed - spline.Seconds;

    /// <summary>Where it ends.</summary>
    public ImmutableArray<double> End => spline.End;

    /// <summary>Whether it goes after streamed positions.</summary>
    public bool IsStreaming => streamed is not null;

    /// <summary>Follows <paramref name="motion"/> from now on.</summary>
    public void Follow(JointSpline motion) => (spline, elapsed, streamed) = (motion, 0, null);

    /// <summary>
    /// Goes to these positions, cut to the joints' limits, no faster than the joints may, and holds there; who streams sends the next ones before that. Without any for
    /// <see cref="WatchdogSeconds"/> it brakes.
    /// </summary>
    public void Stream(ImmutableArray<double> positions) =>
        (streamed, streamLeft) = ([.. positions.Select((p, j) => Math.Clamp(p, Joints[j].Lower, Joints[j].Upper))], WatchdogSeconds);

    /// <summary>Comes to rest as fast as the joints may, and holds.</summary>
    public void Brake() => Follow(Braking.From(Positions, Velocities, Joints));

    /// <summary>Holds these positions at once: where an arm is that was held up, so that it no longer pushes, or one that nothing leads.</summary>
    public void Hold(ImmutableArray<double> positions)
    {
        Follow(new([JointWaypoint.Still(0, positions)]));
        // Who does not step, since nothing leads the arm, is not still told to be where it was led last.
        (Positions, Velocities) = (positions, [.. positions.Select(_ => 0.0)]);
    }

    /// <summary>Goes on by one control period.</summary>
    public void Step(double seconds)
    {
        if (streamed is { } wanted && streamLeft > 0)
        {
            streamLeft -= seconds;
            GoAfter(wanted, seconds);
            return;
        }
        if (IsStreaming) Brake();
        elapsed += seconds;
        var (positions, velocities) = spline.At(elapsed);
        (Positions, Velocities) = (ImmutableArray.Create(positions), ImmutableArray.Create(velocities));
    }

    private void GoAfter(ImmutableArray<double> wanted, double seconds)
    {
        var before = Positions;
        Positions = [.. before.Select((p, j) => p + Math.Clamp(wanted[j] - p, -Joints[j].Velocity * seconds, Joints[j].Velocity * seconds))];
        Velocities = [.. Positions.Select((p, j) => (p - before[j]) / seconds)];
    }
}
