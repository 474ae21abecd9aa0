using RobotWorker.Skills.Profile;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>Still means fresh odometry and joint speeds below the profile's thresholds for the dwell time; silence is not still.</summary>
internal sealed class StillSense(RobotProfile profile, RobotClock clock, TimeProvider time, JointSense joints, BaseSense mobile, FactGate gate)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(150);    // 7 missed messages at 50 Hz

    // On a silent link the robot's clock stands as well, and would call the last message fresh for ever: our own clock tells how long ago it came.
    private static readonly TimeSpan Heard = TimeSpan.FromMilliseconds(500);

    private readonly Hearing arm = new(time);
    private readonly Hearing drive = new(time);
    private RobotTime? slowSince;

    /// <summary>Since when it stands still; null while it moves or nothing is heard.</summary>
    public RobotTime? Since => IsFresh && slowSince is { } since && clock.Now - since >= profile.Still.Dwell ? since : null;

    /// <summary>Whether the robot is heard at all.</summary>
    public bool IsHeard => arm.IsWithin(Heard) && drive.IsWithin(Heard);

    private bool IsFresh => clock.Now - joints.ArmAt <= Fresh && clock.Now - mobile.At <= Fresh && IsHeard;

    public void Update()
    {
        // After a silence nobody knows what was in between, and by a clock that was set back it has stood since a time to come: the dwell begins anew.
        if (!IsHeard || slowSince > clock.Now) slowSince = null;
        arm.Take(joints.ArmAt);
        drive.Take(mobile.At);
        var slow = IsFresh && mobile.Speed < profile.Still.Linear && mobile.TurnRate < profile.Still.Angular && joints.FastestJoint < profile.Still.Joint;
        slowSince = slow ? slowSince ?? clock.Now : null;
        // Within the dwell, and in silence, nobody knows: it is neither seen to move nor seen to stand.
        var still = Since is not null ? Truth.True : IsFresh && !slow ? Truth.False : Truth.Unknown;
        gate.Post(new(
            Atom.Of("still", "robot"), still, clock.Now, "joints",
            Evidence: $"base {mobile.Speed:0.000} m/s, {mobile.TurnRate:0.000} rad/s, joints {joints.FastestJoint:0.000} rad/s"));
    }

    /// <summary>When, by our own clock, something newer was last heard.</summary>
    private sealed class Hearing(TimeProvider time)
    {
        private RobotTime newest = new(long.MinValue);
        private long heard;

        public void Take(RobotTime stamp)
        {
            if (stamp == newest) return;
            (newest, heard) = (stamp, time.GetTimestamp());
        }

        public bool IsWithin(TimeSpan age) => newest.Nanoseconds != long.MinValue && time.GetElapsedTime(heard) <= age;
    }
}
