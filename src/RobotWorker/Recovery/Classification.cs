using System.Collections.Immutable;
using RobotWorker.Skills;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Recovery;

/// <summary>What the fresh facts say about a step's effect.</summary>
/// <param name="Done">Whether its post-condition holds; unknown where it has none.</param>
/// <param name="Stage">The latest stage whose entry freshly holds, or null.</param>
public sealed record Classification(Effect Effect, Truth Done, bool Ready, string? Stage)
{
    /// <summary>Only facts captured at or after <paramref name="since"/> count. That nothing was seen shows nothing: it is unknown.</summary>
    public static Classification Of(
        WorldModel world, RobotTime now, RobotTime since, Condition? post, Condition notStarted, Condition partial, Condition ready,
        ImmutableArray<SkillStage> stages)
    {
        Truth Seen(Condition condition) => world.Evaluate(condition, now, since);
        var done = post is null ? Truth.Unknown : Seen(post);
        var effect = done == Truth.True ? Effect.Done
            : Shows(notStarted) && Seen(notStarted) == Truth.True ? Effect.NotStarted
            : Shows(partial) && Seen(partial) == Truth.True ? Effect.Partial
            : Effect.Unknown;
        return new(effect, done, Seen(ready) == Truth.True, stages.LastOrDefault(s => Seen(s.Entry) == Truth.True)?.Name);
    }

    // A condition over nothing is true of every world and shows nothing about this one.
    private static bool Shows(Condition condition) => condition != Condition.Always;
}
