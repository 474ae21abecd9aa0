namespace RobotWorker.Execution;

/// <summary>Who commands the robot: the operating modes of VDA 5050 (2.1, state message, <c>operatingMode</c>).</summary>
public enum OperatingMode
{
    /// <summary>The worker commands it.</summary>
    Automatic,

    /// <summary>The worker commands it, and a person releases each step that moves it.</summary>
    Semiautomatic,

    /// <summary>Somebody else moved it while the worker did: the plan is kept, and a person hands control back.</summary>
    Intervened,

    /// <summary>A person drives it by hand; the plan is kept.</summary>
    Manual,

    /// <summary>It is being looked after, and its set-up may change: the episode ends.</summary>
    Service,

    /// <summary>A person teaches it; the plan is kept.</summary>
    TeachIn,

    /// <summary>It is still starting up.</summary>
    Startup,
}

/// <summary>The words for the modes, and which of them are the worker's.</summary>
public static class OperatingModes
{
    private static readonly (OperatingMode Mode, string Word)[] Words =
    [
        (OperatingMode.Automatic, "AUTOMATIC"), (OperatingMode.Semiautomatic, "SEMIAUTOMATIC"), (OperatingMode.Intervened, "INTERVENED"),
        (OperatingMode.Manual, "MANUAL"), (OperatingMode.Service, "SERVICE"), (OperatingMode.TeachIn, "TEACH_IN"), (OperatingMode.Startup, "STARTUP"),
    ];

    /// <summary>Every word, as VDA 5050 writes it.</summary>
    public static IEnumerable<string> All => Words.Select(w => w.Word);

    /// <summary>Whether the worker may move the robot in it. In every other mode it sends nothing, not even zero: that would fight whoever drives.</summary>
    public static bool IsOurs(this OperatingMode mode) => mode is OperatingMode.Automatic or OperatingMode.Semiautomatic;

    public static string Word(this OperatingMode mode) => Words.First(w => w.Mode == mode).Word;

    /// <summary>The mode of a word in whatever case; TEACHIN, as older versions write it, is TEACH_IN. Null: there is none.</summary>
    public static OperatingMode? Parse(string word)
    {
        var upper = word.Trim().ToUpperInvariant();
        foreach (var (mode, name) in Words)
            if (name == upper || name.Replace("_", "", StringComparison.Ordinal) == upper) return mode;
        return null;
    }
}
