using RobotWorker.Chance;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Variation;

/// <summary>One number that differs from episode to episode: meant to be uniform in its range, and perhaps drawn more often where it is rare and matters.</summary>
/// <param name="Name">One of <see cref="Axes.All"/>.</param>
/// <param name="Tail">A part of the range; null: nothing is drawn more often.</param>
/// <param name="TailShare">The share of the draws that fall into it.</param>
/// <param name="HeldOut">What no training episode has; it does not touch the range.</param>
public sealed record VariationAxis(string Name, Interval Range, Interval? Tail, double TailShare, Interval? HeldOut)
{
    /// <summary>Draws as training episodes are drawn.</summary>
    /// <returns>The value; what it stands for: density meant over density drawn; whether it is in the tail.</returns>
    public (double Value, double Weight, bool InTail) Draw(RandomStream chance)
    {
        if (Tail is not { } tail) return (In(Range, chance), 1, false);
        var meant = Width(tail) / Width(Range);
        if (chance.NextDouble() < TailShare) return (In(tail, chance), meant / TailShare, true);
        // The rest of the range lies on both sides of the tail.
        var value = Range.Low + chance.Uniform(0, Width(Range) - Width(tail));
        return (value < tail.Low ? value : value + Width(tail), (1 - meant) / (1 - TailShare), false);
    }

    /// <summary>Draws as it is meant.</summary>
    public double DrawMeant(RandomStream chance) => In(Range, chance);

    /// <summary>Draws what no training episode has; as training episodes are drawn, where nothing is held out.</summary>
    public double DrawHeldOut(RandomStream chance) => In(HeldOut ?? Range, chance);

    private static double In(Interval range, RandomStream chance) => chance.Uniform(range.Low, range.High);

    private static double Width(Interval range) => range.High - range.Low;
}
