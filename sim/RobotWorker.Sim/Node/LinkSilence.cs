using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;

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

/// <summary>
/// Hears the worker's signs of life, true on <see cref="Topic"/> several times in <see cref="SilenceOptions.After"/>, and reacts once to each silence. It is armed by
/// the first of them, over whichever wire it comes; false says that the worker leaves, and disarms it.
/// </summary>
internal sealed class LinkSilence : IDisposable
{
    public const string Topic = "/worker_alive";

    private readonly SilenceOptions options;
    private readonly TimeProvider time;
    private readonly Func<TimeSpan?>? otherwise;
    private readonly (Action Stop, Action Park, Action SpeaksAgain) reactions;
    private readonly IDisposable subscription;
    private long? heard;
    private bool left;
    private bool reacted;

    /// <param name="otherwise">How long those have been silent who give no signs of life.</param>
    public LinkSilence(
        IRosConnection ros, TimeProvider time, SilenceOptions options, Func<TimeSpan?>? otherwise, Action stop, Action park, Action speaksAgain)
    {
        (this.options, this.time, this.otherwise, reactions) = (options, time, otherwise, (stop, park, speaksAgain));
        subscription = ros.Subscribe<Bool>(Topic, sign => (heard, left) = (sign.Data ? time.GetTimestamp() : null, !sign.Data));
    }

    /// <summary>How long nothing was heard, by the loop's clock; null while there is no worker.</summary>
    public TimeSpan? SilentFor => heard is { } at ? time.GetElapsedTime(at) : left ? null : otherwise?.Invoke();

    /// <summary>Called once every control period.</summary>
    public void Step()
    {
        var silent = SilentFor is { } length && length >= options.After;
        if (silent == reacted) return;
        reacted = silent;
        if (options.Does == SilenceReaction.Continue) return;
        if (!silent) reactions.SpeaksAgain();
        else if (options.Does == SilenceReaction.Park) reactions.Park();
        else reactions.Stop();
    }

    public void Dispose() => subscription.Dispose();
}
