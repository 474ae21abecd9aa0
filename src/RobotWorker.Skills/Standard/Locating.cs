using RobotWorker.Motion;
using RobotWorker.Skills.Actions;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Skills.Standard;

/// <summary>Looks at an object until enough fresh sightings agree on where it is.</summary>
internal static class Locating
{
    // At 10 Hz with 5 mm of noise, eight sightings bring the mean to about 2 mm.
    private const int Sightings = 8;

    // A camera that is slower, or sees it badly, is waited for, and then half of them must do.
    private const int FewestSightings = 4;

    // What is seen farther above or below a surface does not stand on it.
    private const double OffMetres = 0.02;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>The object's pose in the map frame, from sightings after the head had come to rest; its height, where it stands on a surface of the map, from that.</returns>
    /// <exception cref="StepFailedException">NOT_SEEN.</exception>
    public static async Task<Pose> LocateAsync(this SkillContext context, KnownObject item)
    {
        var believed = context.Senses.Objects.WhereIs(item.Name)?.Pose ?? context.Attempt.World.WhereIs(item.Name)?.Pose
            ?? throw StepFailedException.Failed("NOT_SEEN", $"where {item.Name} is was never seen");
        using var head = await context.Senses.Head.TakeAsync(context.Cancel);
        await context.Actions.LookAtAsync(context.Goals, believed.Position, context.Timeouts);
        context.Senses.Objects.Forget();
        // The estimate from before is kept, its sightings with it: only one made of frames from now on counts.
        var rested = context.Senses.Objects.LastFrame;
        Estimate? Fresh(int fewest) => context.Senses.Objects.WhereIs(item.Name) is { } e && e.Sightings >= fewest && e.At > rested ? e : null;
        await context.Senses.UntilAsync(() => Fresh(Sightings) is not null, Patience, context.Cancel);
        return Fresh(FewestSightings) is { } found
            ? OnItsSupport(context.Site, item, found.Pose)
            : throw StepFailedException.Failed("NOT_SEEN", $"{item.Name} was not seen {FewestSightings} times at {believed.Position} within {Patience.TotalSeconds} s");
    }

    /// <summary>The map knows how high a surface is better than a camera sees how high something on it is: held too high up, it would be pressed into the next one.</summary>
    internal static Pose OnItsSupport(SiteMap site, KnownObject item, Pose seen)
    {
        var half = item.Shape.HalfHeight(seen.Rotation);
        var support = site.Surfaces.FirstOrDefault(s => s.Covers(seen.Position) && Math.Abs(seen.Position.Z - half - s.Top.Position.Z) <= OffMetres);
        return support is null ? seen : seen with { Position = seen.Position with { Z = support.Top.Position.Z + half } };
    }
}
