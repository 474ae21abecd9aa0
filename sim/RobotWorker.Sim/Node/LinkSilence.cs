namespace RobotWorker.Sim.Node;

/// <summary>What the robot does by itself when its worker's link is silent.</summary>
public enum SilenceReaction
{
    /// <summary>Base and arm come to rest, open goals are aborted, the gripper keeps its grip.</summary>
    Stop,

    /// <summary>It goes on with the goals that it has.</summary>
    Continue,

    /// <summary>As <see cref="Stop"/>; then the arm moves to a posture. It stops on the way when the link speaks again.</summary>
    Park,
}

/// <summary>When silence counts, and what follows.</summary>
/// <param name="After">How long the link must have been silent.</param>
/// <param name="Posture">Where <see cref="SilenceReaction.Park"/> moves the arm.</param>
public sealed record SilenceOptions(TimeSpan After, SilenceReaction Does, string Posture = "carry")
{
    /// <summary>Stop after one second.</summary>
    public static readonly SilenceOptions Default = new(TimeSpan.FromSeconds(1), SilenceReaction.Stop);
}

/// <summary>Watches the worker's link once every control period, and reacts once to each silence.</summary>
/// <param name="silentFor">How long the link has been silent; null while there is none that could be.</param>
internal sealed class LinkSilence(SilenceOptions options, Func<TimeSpan?> silentFor, Action stop, Action park, Action speaksAgain)
{
    private bool reacted;

    public void Step()
    {
        var silent = silentFor() is { } length && length >= options.After;
        if (silent == reacted) return;
        reacted = silent;
        if (options.Does == SilenceReaction.Continue) return;
        if (!silent) speaksAgain();
        else if (options.Does == SilenceReaction.Park) park();
        else stop();
    }
}
