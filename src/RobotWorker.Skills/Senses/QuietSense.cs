using System.Collections.Frozen;
using System.Collections.Immutable;
using RobotWorker.Faults;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// <c>arm.quiet</c>: for how much longer than usual nothing has been heard of the arm, neither its controller's state nor any of its joints, while /joint_states told of other joints, in seconds by the
/// robot's stamps. Where no joint is heard there is no sample, so that a link that stalls is not taken for an arm that died.
/// </summary>
/// <remarks>
/// Over a wire each topic has a connection of its own, and on a busy machine one is behind another by 100 ms now and then: what comes on other topics says nothing of the arm. Who tells of the arm's joints and
/// of others by two connections may be behind as well, so that twice the longest gap of late counts as usual, and at first a long one.
/// </remarks>
internal sealed class QuietSense(Action<Sample> samples)
{
    // More than that between two messages is a clock that was set, or a robot that told nothing at all.
    private static readonly TimeSpan MostBetween = TimeSpan.FromMilliseconds(50);

    // Stamps of different topics are not quite in order; a clock that is set back is farther off.
    private static readonly TimeSpan SetBack = TimeSpan.FromSeconds(0.5);

    // The longest gap that is learned; and what is left of one after each time that the arm is heard, a hundred and fifty times a second: a third is forgotten each second.
    private static readonly TimeSpan LongestUsual = TimeSpan.FromMilliseconds(150);
    private const double Kept = 0.997;

    private FrozenSet<string>? joints;
    private TimeSpan quiet, usual = LongestUsual;
    private RobotTime? latest;

    /// <summary>Its controller spoke, and names its joints.</summary>
    public void HeardArm(ImmutableArray<string> names)
    {
        if (joints is null || joints.Count != names.Length || !joints.IsSupersetOf(names)) joints = names.ToFrozenSet(StringComparer.Ordinal);
        Heard();
    }

    /// <summary>Joints were told: the arm's among them, or others alone.</summary>
    public void HeardJoints(ImmutableArray<string> names, RobotTime at)
    {
        // Who has never heard the arm's controller does not know of an arm.
        if (joints is null) return;
        var ofArm = false;
        foreach (var name in names) ofArm |= joints.Contains(name);
        if (latest is { } before && at > before) quiet += at - before < MostBetween ? at - before : MostBetween;
        if (latest is not { } newest || at > newest || newest - at > SetBack) latest = at;
        if (ofArm) Heard();
        samples(new("arm.quiet", Math.Max(0, (quiet - (2 * usual)).TotalSeconds), at));
    }

    private void Heard()
    {
        var gap = quiet < LongestUsual ? quiet : LongestUsual;
        usual = gap > usual * Kept ? gap : usual * Kept;
        quiet = TimeSpan.Zero;
    }
}
