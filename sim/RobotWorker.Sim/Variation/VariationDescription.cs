using System.Collections.Immutable;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Variation;

/// <summary>In what episodes differ, besides the places of objects, which the scene itself says.</summary>
/// <param name="Floors">Textures of the floor, one an episode; none: the scene's own.</param>
/// <param name="HeldOutFloors">Those that no training episode has.</param>
/// <param name="Absent">Objects that are sometimes not there, and how often not.</param>
public sealed record VariationDescription(
    ImmutableArray<VariationAxis> Axes, ImmutableArray<FloorFinish> Floors, ImmutableArray<FloorFinish> HeldOutFloors, ImmutableSortedDictionary<string, double> Absent)
{
    public static readonly VariationDescription None = new([], [], [], ImmutableSortedDictionary<string, double>.Empty);

    /// <summary>The ends of all that an axis can be, held out or not; the neutral value where it does not vary.</summary>
    public IEnumerable<double> Ends(string axis) => Axes.FirstOrDefault(a => a.Name == axis) is not { } varied ? [Variation.Axes.All[axis].Neutral]
        : varied.HeldOut is { } heldOut ? [varied.Range.Low, varied.Range.High, heldOut.Low, heldOut.High] : [varied.Range.Low, varied.Range.High];

    /// <summary>Whether anything is kept from training.</summary>
    public bool HoldsOut => !HeldOutFloors.IsEmpty || Axes.Any(a => a.HeldOut is not null);
}
