namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>One thing that is spoilt in a valid data set, and the one finding that it must give.</summary>
/// <param name="Where">The finding's file and place.</param>
/// <param name="Says">Words of its problem.</param>
internal sealed record Mutation(string Name, string File, string Where, string Says)
{
    /// <summary>Before the statistics are made.</summary>
    public Action<TinySet> Data { get; init; } = _ => { };

    /// <summary>After they are made.</summary>
    public Action<TinySet> Tables { get; init; } = _ => { };

    /// <summary>When the files are written.</summary>
    public Action<string> Files { get; init; } = _ => { };

    public bool IsWarning { get; init; }

    /// <summary>Whether the set has a camera: those that do are slower to check.</summary>
    public bool NeedsCamera { get; init; }

    public override string ToString() => Name;
}
