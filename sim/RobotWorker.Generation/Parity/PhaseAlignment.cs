using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Time;

namespace RobotWorker.Generation.Parity;

/// <summary>
/// The ways of two tools through one phase, laid beside each other. Runs take differently long, so what is compared is not the same second of each but the same share
/// of the way between two moments that both had: where the same goals were sent and ended in the same order, between these; else between beginning and end alone.
/// What one robot is slower in shows in the durations, and where it goes in the distance.
/// </summary>
/// <param name="ByGoals">Both had the same goals in the same order.</param>
/// <param name="Pairs">In order; empty where a way is not known.</param>
public sealed record PhaseAlignment(bool ByGoals, ImmutableArray<ToolPair> Pairs)
{
    // As often as a fast robot tells its joints: what happens in between does not move an arm far.
    private const double StepSeconds = 0.02;

    /// <summary>Root mean square of the distances, metres.</summary>
    public double? RmseMetres => Rmse([this], p => p.Metres);

    /// <summary>The same of the angles between the tools, radians.</summary>
    public double? RmseRadians => Rmse([this], p => p.Radians);

    public static PhaseAlignment Of(RecordedPhase a, ToolPath toolA, RecordedPhase b, ToolPath toolB)
    {
        var byGoals = a.Marks.Select(m => m.What).SequenceEqual(b.Marks.Select(m => m.What), StringComparer.Ordinal);
        var (marksA, marksB) = byGoals ? (a.Marks, b.Marks) : ([a.Marks[0], a.Marks[^1]], [b.Marks[0], b.Marks[^1]]);
        var pairs = ImmutableArray.CreateBuilder<ToolPair>();
        for (var i = 1; i < marksA.Length; i++)
        {
            var (beganA, lengthA) = (marksA[i - 1].At, marksA[i].At - marksA[i - 1].At);
            var (beganB, lengthB) = (marksB[i - 1].At, marksB[i].At - marksB[i - 1].At);
            var seconds = (lengthA + lengthB).TotalSeconds / 2;
            var steps = (int)Math.Ceiling(seconds / StepSeconds);
            for (var n = 0; n < steps; n++)
            {
                var part = (n + 0.5) / steps;
                if (toolA.At(beganA + (part * lengthA)) is { } atA && toolB.At(beganB + (part * lengthB)) is { } atB) pairs.Add(new(atA, atB, seconds / steps));
            }
        }
        return new(byGoals, pairs.ToImmutable());
    }

    /// <summary>Over several phases: each moment counts as long as it took, on the mean of both sides. Null where nothing could be compared.</summary>
    public static double? Rmse(IEnumerable<PhaseAlignment> phases, Func<ToolPair, double> difference)
    {
        var (squares, seconds) = (0.0, 0.0);
        foreach (var pair in phases.SelectMany(p => p.Pairs))
        {
            squares += pair.Seconds * difference(pair) * difference(pair);
            seconds += pair.Seconds;
        }
        return seconds > 0 ? Math.Sqrt(squares / seconds) : null;
    }
}

/// <summary>Where both tools were at the same point of their way, in the map.</summary>
/// <param name="Seconds">How long a piece of the way it stands for, on the mean of both.</param>
public readonly record struct ToolPair(Pose A, Pose B, double Seconds)
{
    public double Metres => (A.Position - B.Position).Length;

    // A rotation times its own inverse is the identity but for the last bits; the same robot twice shall be no distance at all.
    public double Radians => A.Rotation == B.Rotation ? 0 : (A.Rotation.Inverse() * B.Rotation).ToRotationVector().Length;
}
