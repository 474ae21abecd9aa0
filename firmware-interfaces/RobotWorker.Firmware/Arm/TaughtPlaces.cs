using System.Collections.Immutable;

namespace RobotWorker.Firmware.Arm;

/// <summary>What a person has taught an arm without a camera.</summary>
/// <param name="Levels">The heights at which things can stand, metres in the map: those on which they stood, and what the file names besides.</param>
public sealed record TaughtPlaces(ImmutableArray<TaughtObject> Objects, ImmutableArray<double> Levels)
{
    /// <param name="besides">Further heights that something can be set down at.</param>
    public static TaughtPlaces Of(ImmutableArray<TaughtObject> objects, params ReadOnlySpan<double> besides) =>
        new(objects, [.. objects.Select(o => o.Pose.Position.Z - (o.Size.Z / 2)), .. besides]);
}
