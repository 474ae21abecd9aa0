using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What localisation and odometry tell of each other: <c>localization.deviation</c>, how unsure localisation is, metres; <c>localization.slip</c>, how much farther than localisation odometry
/// went since the pose before, metres (wheels that slip: above 0); <c>localization.jump</c>, how far the pose moved against odometry, metres; <c>localization.offset</c>, how far the jumps add up to: about 0 where it has jumped
/// back; <c>odometry.speed</c>, metres a second.
/// </summary>
internal sealed class DriftSense(Action<Sample> samples)
{
    // Odometry comes at 20 to 100 Hz: the pose's own instant lies between two of these.
    private const int Kept = 40;

    // Over a longer one each of the two may have been anywhere.
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(0.3);

    // Wheels that slip at full speed lose some centimetres from pose to pose.
    private const double JumpMetres = 0.1;

    // Localisation that was as unsure as the first and is as sure as the second has found itself anew: what it had jumped before is past.
    private const double LostMetres = 0.3, FoundMetres = 0.1;

    // A place that it has stood by for so long, and that a person was asked about meanwhile, is the right one.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(90);

    private readonly Queue<(RobotTime At, Motion.Pose Pose)> odometry = new();
    private RobotTime? last;
    private (RobotTime At, Motion.Pose Map, Motion.Pose Odom)? before;
    private (RobotTime At, Motion.Pose Map)? early;
    private RobotTime jumped;
    private Vec3 offset;
    private bool wasLost;

    public void Take(Odometry message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        // Late ones change nothing; a clock that was set back begins anew.
        if (last is { } latest && at <= latest)
        {
            if (latest - at < Gap) return;
            odometry.Clear();
        }
        last = at;
        odometry.Enqueue((at, message.Pose.Pose.ToPose()));
        if (odometry.Count > Kept) odometry.Dequeue();
        samples(new("odometry.speed", message.Twist.Twist.Linear.ToVec3().LengthXY, at));
        if (early is { } pose && pose.At <= at) Compare(pose.At, pose.Map);
    }

    public void Take(PoseWithCovarianceStamped message)
    {
        var at = message.Header.Stamp.ToRobotTime();
        var covariance = message.Pose.Covariance;
        if (covariance.Length == 36)
        {
            var deviation = Math.Sqrt(Math.Max(covariance[0], covariance[7]));
            samples(new("localization.deviation", deviation, at));
            if (wasLost && deviation < FoundMetres) offset = Vec3.Zero;
            wasLost = deviation > LostMetres || (wasLost && deviation >= FoundMetres);
        }
        var map = message.Pose.Pose.ToPose();
        // Each of the two has its own rate: one that is newer than all odometry waits for the next.
        if (last is { } newest && at > newest && at - newest <= Gap) early = (at, map);
        else Compare(at, map);
    }

    private void Compare(RobotTime at, Motion.Pose map)
    {
        early = null;
        if (OdometryAt(at) is not { } odom)
        {
            before = null;
            return;
        }
        if (before is { } was && at > was.At && at - was.At <= Gap)
        {
            // In the base's own axes, which both share, whatever map and odom have to do with each other.
            var (moved, rolled) = ((was.Map.Inverse() * map).Position, (was.Odom.Inverse() * odom).Position);
            samples(new("localization.slip", rolled.LengthXY - moved.LengthXY, at));
            samples(new("localization.jump", (moved - rolled).LengthXY, at));
            TellOffset(was.Map.Rotation.Rotate(moved - rolled), at);
        }
        before = (at, map, odom);
    }

    private void TellOffset(Vec3 jump, RobotTime at)
    {
        if (jump.LengthXY > JumpMetres) (offset, jumped) = (offset + jump, at);
        else if (at - jumped > Settled) offset = Vec3.Zero;
        samples(new("localization.offset", offset.LengthXY, at));
    }

    // Between two messages on a straight line; where it is not between two, nobody knows.
    private Motion.Pose? OdometryAt(RobotTime at)
    {
        (RobotTime At, Motion.Pose Pose)? earlier = null;
        foreach (var later in odometry)
        {
            if (later.At == at) return later.Pose;
            if (later.At > at)
            {
                if (earlier is not { } from || later.At - from.At > Gap) return null;
                var share = (at - from.At) / (later.At - from.At);
                return later.Pose with { Position = from.Pose.Position + (share * (later.Pose.Position - from.Pose.Position)) };
            }
            earlier = later;
        }
        return null;
    }
}
