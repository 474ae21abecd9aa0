namespace RobotWorker.Skills;

/// <summary>What doing a skill again may do to the world.</summary>
public enum EffectClass
{
    /// <summary>It only looks.</summary>
    Pure,

    /// <summary>Doing it twice is harmless.</summary>
    Idempotent,

    /// <summary>It has stages that can be entered again.</summary>
    Resumable,
    Irreversible,
}
