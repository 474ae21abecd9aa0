using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Variation;

/// <summary>What one episode drew.</summary>
/// <param name="Values">By axis; an axis that does not vary is not in it.</param>
/// <param name="Floor">Null: the scene's own.</param>
/// <param name="Weight">Density meant over density drawn: 1 where nothing is drawn more often than it is meant.</param>
/// <param name="Stratum">The axes whose tail it fell into, with commas: within a stratum all weights are the same.</param>
public sealed record VariationDraw(ImmutableSortedDictionary<string, double> Values, FloorFinish? Floor, ImmutableArray<string> Absent, double Weight, string Stratum)
{
    public static readonly VariationDraw None = new(ImmutableSortedDictionary<string, double>.Empty, null, [], 1, "");

    /// <summary>An axis' value; the neutral one where it does not vary.</summary>
    public double this[string axis] => Values.TryGetValue(axis, out var value) ? value : Axes.All[axis].Neutral;

    /// <summary>Draws. Each axis has a random stream of its own: another axis more changes nothing for the others.</summary>
    /// <param name="name">Of the data set: with the seed it keys the streams.</param>
    /// <param name="heldOut">Whether all that has something held out gets that.</param>
    public static VariationDraw Of(VariationDescription description, string name, ulong seed, bool heldOut)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var (weight, tails) = (1.0, new List<string>());
        foreach (var axis in description.Axes)
        {
            var chance = RandomStream.For(seed, name, $"vary/{axis.Name}");
            if (heldOut)
            {
                values[axis.Name] = axis.DrawHeldOut(chance);
                continue;
            }
            var drawn = axis.Draw(chance);
            values[axis.Name] = drawn.Value;
            weight *= drawn.Weight;
            if (drawn.InTail) tails.Add(axis.Name);
        }
        var floors = heldOut && !description.HeldOutFloors.IsEmpty ? description.HeldOutFloors : description.Floors;
        var floor = floors.IsEmpty ? null : floors[RandomStream.For(seed, name, "vary/floor").NextInt(floors.Length)];
        ImmutableArray<string> absent = [.. description.Absent.Where(a => RandomStream.For(seed, name, $"vary/absent/{a.Key}").NextDouble() < a.Value).Select(a => a.Key)];
        return new(values.ToImmutable(), floor, absent, weight, string.Join(',', tails));
    }
}
