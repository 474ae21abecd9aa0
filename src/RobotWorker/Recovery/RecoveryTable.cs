using RobotWorker.Skills;

namespace RobotWorker.Recovery;

/// <summary>The table by which what follows a failed attempt is decided. Pure: the same evidence always gives the same decision.</summary>
public static class RecoveryTable
{
    /// <param name="effect">What the attempt did to the world, freshly observed with the robot standing still.</param>
    /// <param name="skill">What doing it again may do.</param>
    /// <param name="ready">Whether the step's preconditions freshly hold.</param>
    /// <param name="lookedAgain">Whether it was already looked from elsewhere.</param>
    public static Decision Decide(Effect effect, EffectClass skill, bool ready, bool lookedAgain, Budget budget) =>
        budget.IsSpent && effect != Effect.Done ? Decision.Ask : Cell(effect, skill, ready, lookedAgain);

    private static Decision Cell(Effect effect, EffectClass skill, bool ready, bool lookedAgain) => (effect, skill) switch
    {
        (Effect.Done, EffectClass.Pure or EffectClass.Idempotent or EffectClass.Resumable or EffectClass.Irreversible) => Decision.Skip,

        (Effect.NotStarted, EffectClass.Pure) => Decision.Retry,
        (Effect.NotStarted, EffectClass.Idempotent or EffectClass.Resumable or EffectClass.Irreversible) => ready ? Decision.Retry : Decision.Repair,

        (Effect.Partial, EffectClass.Pure) => Decision.Retry,
        (Effect.Partial, EffectClass.Idempotent) => ready ? Decision.Retry : Decision.Repair,
        (Effect.Partial, EffectClass.Resumable) => Decision.Resume,
        (Effect.Partial, EffectClass.Irreversible) => Decision.Ask,

        (Effect.Unknown, EffectClass.Pure) => Decision.Retry,
        (Effect.Unknown, EffectClass.Idempotent) => lookedAgain ? Decision.Retry : Decision.Look,
        (Effect.Unknown, EffectClass.Resumable) => lookedAgain ? Decision.Ask : Decision.Look,
        (Effect.Unknown, EffectClass.Irreversible) => Decision.Ask,
    };
}
