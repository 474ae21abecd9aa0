namespace RobotWorker.Recording.LeRobot;

/// <summary>What an episode is in a pair: three episodes of one seed that are the same up to the onset of a fault.</summary>
public enum PairRole
{
    /// <summary>The fault struck, and the worker recovered or tried to.</summary>
    Faulted,

    /// <summary>Nothing struck.</summary>
    FaultFree,

    /// <summary>The fault struck, and the rest of the plan was carried out as if nothing had happened.</summary>
    NoRecovery,
}

/// <summary>An episode's part in a pair.</summary>
/// <param name="OnsetSeconds">When the fault struck, or would have, after the first frame: frames that end by then are the same in all three.</param>
public sealed record EpisodePair(PairRole Role, double OnsetSeconds);

/// <summary>Where a twin stands.</summary>
/// <param name="Set">The folder beside this set's that it is in; empty: it is in this set.</param>
/// <param name="Index">Its number there.</param>
public sealed record TwinPlace(string Set, int Index);

/// <summary>The columns of <c>meta/episodes</c> that tell of pairs.</summary>
internal static class PairColumns
{
    public const string Role = "pair_role", Onset = "pair_onset_s";

    public static string Word(PairRole role) => role switch { PairRole.Faulted => "faulted", PairRole.FaultFree => "fault_free", PairRole.NoRecovery => "no_recovery" };

    public static string IndexOf(PairRole role) => $"{Word(role)}_twin_index";

    public static string SetOf(PairRole role) => $"{Word(role)}_twin_set";
}
