using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Parity;

/// <summary>What a person named as one side of a comparison.</summary>
/// <param name="Text">As it was written.</param>
public abstract record ParitySource(string Text)
{
    /// <summary>What it may look like, for messages.</summary>
    public const string Forms = "write sim, sim:SCENE.yaml, ws://host:9090, wss://host:9090, ros1://host:11311, or the recording of an episode (FILE.mcap, or its folder)";

    private const string Sim = "sim", Ending = ".mcap";

    /// <summary>The simulated robot.</summary>
    /// <param name="Scene">Its scene's file; null: the plan's.</param>
    public sealed record Simulated(string Text, string? Scene) : ParitySource(Text);

    /// <summary>A robot behind a wire.</summary>
    public sealed record Wired(string Text, RobotAddress Address) : ParitySource(Text);

    /// <summary>An episode that was recorded before.</summary>
    public sealed record Recorded(string Text, string File) : ParitySource(Text);

    /// <returns>Null where it is nothing of these.</returns>
    public static ParitySource? Parse(string text)
    {
        if (text == Sim) return new Simulated(text, null);
        if (text.StartsWith(Sim + ":", StringComparison.Ordinal) && text.Length > Sim.Length + 1) return new Simulated(text, text[(Sim.Length + 1)..]);
        if (RobotAddress.Parse(text) is { } address) return new Wired(text, address);
        if (text.EndsWith(Ending, StringComparison.Ordinal)) return new Recorded(text, text);
        return Directory.Exists(text) && Directory.GetFiles(text, "*" + Ending) is [var only] ? new Recorded(text, only) : null;
    }
}
