using RobotWorker.Motion;

namespace RobotWorker.Firmware.Arm;

/// <summary>What a hand feels, and where it is.</summary>
/// <param name="Tool">The frame between its pads, in the map.</param>
/// <param name="WidthMetres">How far apart the pads are.</param>
/// <param name="ForceNewtons">What they press with.</param>
public readonly record struct HandReading(Pose Tool, double WidthMetres, double ForceNewtons);

/// <summary>
/// A thing that a person has put where the hand was shown to find it. Nobody sees it: it is believed to stand there until the hand has closed on it, goes where the hand carries it, and stays where that
/// opens, or falls from there. What the hand closes on and does not find is not believed to be anywhere.
/// </summary>
/// <param name="ClassId">As a detector would name it: <c>box/red</c>.</param>
/// <param name="Size">Of the box around it when its frame stands upright, metres.</param>
/// <param name="Pose">Of its middle, in the map.</param>
public sealed record TaughtObject(string Name, string ClassId, Vec3 Size, Pose Pose)
{
    // How far from the thing's surface the tool's frame may be while its pads are on it.
    private const double ReachMetres = 0.02;

    // Pads that come nearer to each other than this have nothing between them.
    private const double EmptyMetres = 0.004;

    private const double PressNewtons = 1;

    // A grip gives way a little under load; pads that part farther let go.
    private const double PartMetres = 0.008;

    // A hand that sets down presses a little, and was shown the place to some millimetres.
    private const double SinkMetres = 0.01;

    /// <summary>Where it lies in the tool's frame, and how wide the hand was when it closed; null: the hand has not got it.</summary>
    public (Pose InTool, double WidthMetres)? Held { get; init; }

    /// <summary>The hand did not find it.</summary>
    public bool IsLost { get; init; }

    /// <summary>Whether the tool's frame is where its pads would touch it.</summary>
    public bool IsAt(Pose tool)
    {
        var p = Pose.Inverse().Apply(tool.Position);
        return Math.Abs(p.X) <= (Size.X / 2) + ReachMetres && Math.Abs(p.Y) <= (Size.Y / 2) + ReachMetres && Math.Abs(p.Z) <= (Size.Z / 2) + ReachMetres;
    }

    /// <summary>What is believed of it once the hand has been felt.</summary>
    /// <param name="isNearest">Of those that the hand might close on, it is the nearest: one hand takes one thing.</param>
    /// <param name="levels">The heights at which things can stand, metres in the map.</param>
    public TaughtObject After(HandReading hand, bool isNearest, ReadOnlySpan<double> levels)
    {
        if (IsLost) return this;
        if (Held is var (inTool, width))
        {
            var carried = this with { Pose = hand.Tool * inTool };
            return hand.WidthMetres > width + PartMetres ? carried.Fallen(levels) : carried;
        }
        if (!isNearest || !IsAt(hand.Tool)) return this;
        if (hand.WidthMetres <= EmptyMetres) return this with { IsLost = true };
        return hand.ForceNewtons >= PressNewtons && hand.WidthMetres <= Size.Length ? this with { Held = (hand.Tool.Inverse() * Pose, hand.WidthMetres) } : this;
    }

    /// <summary>Let go: it stands on the highest level that is not above it.</summary>
    private TaughtObject Fallen(ReadOnlySpan<double> levels)
    {
        var half = Size.Z / 2;
        double? on = null;
        foreach (var level in levels)
            if (level <= Pose.Position.Z - half + SinkMetres && (on is null || level > on)) on = level;
        return this with { Held = null, Pose = on is { } height ? Pose with { Position = Pose.Position with { Z = height + half } } : Pose };
    }
}
