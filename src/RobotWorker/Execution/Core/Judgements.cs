using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>What a control node says of itself.</summary>
/// <param name="Wanted">While it runs: how many of its children shall have been opened.</param>
internal readonly record struct Judgement(Verdict Verdict, int Wanted, string? Why)
{
    public static readonly Judgement Succeeded = new(Verdict.Succeeded, 0, null);

    public static Judgement Failed(string why) => new(Verdict.Failed, 0, why);

    public static Judgement Run(int wanted) => new(Verdict.Running, wanted, null);
}

/// <summary>
/// The control nodes: each a pure judgement over the tally of its children and what its condition turned out to be. None cancels, pauses or
/// restarts anything: what is no longer wanted is found by the core.
/// </summary>
internal static class Judgements
{
    public static Judgement Judge(ControlState c) => c.Node switch
    {
        SequenceNode or RepeatNode or ForeachNode or CallNode => InOrder(c),
        FallbackNode => FirstThatSucceeds(c),
        ParallelNode node => AtLeast(node.Success, c),
        IfNode node => Either(node, c),
        WhileNode node => AgainWhile(node, c),
        WaitNode node => Until(node, c),
        _ => throw new InvalidOperationException($"no such control node: {c.Node.GetType().Name}"),
    };

    /// <summary>Its children in order; the first that fails speaks for all.</summary>
    private static Judgement InOrder(ControlState c) =>
        c.Failed > 0 ? Judgement.Failed(c.Why ?? "a child failed")
        : c.Succeeded >= c.Total ? Judgement.Succeeded
        : Judgement.Run(c.Succeeded + 1);

    private static Judgement FirstThatSucceeds(ControlState c) =>
        c.Succeeded > 0 ? Judgement.Succeeded
        : c.Failed == c.Total ? Judgement.Failed(c.Why ?? "nothing to fall back on")
        : Judgement.Run(c.Failed + 1);

    private static Judgement AtLeast(int success, ControlState c) =>
        c.Succeeded >= success ? Judgement.Succeeded
        : c.Failed > c.Total - success ? Judgement.Failed(c.Why ?? $"fewer than {success} can succeed")
        : Judgement.Run(c.Total);

    /// <summary>One of its branches, chosen once.</summary>
    private static Judgement Either(IfNode node, ControlState c) => c.Turn switch
    {
        Truth.Unknown => Judgement.Failed($"nobody could see whether {c.Condition}{Evidence.Trouble(c.LookError)}"),
        Truth.False when node.Else is null => Judgement.Succeeded,
        Truth.True or Truth.False =>
            c.Succeeded > 0 ? Judgement.Succeeded : c.Failed > 0 ? Judgement.Failed(c.Why ?? "its branch failed") : Judgement.Run(1),
        _ => throw new InvalidOperationException($"no such truth: {c.Turn}"),
    };

    /// <summary>Its child again and again while the condition holds; the rounds are bounded, and bounded rounds that change nothing are a failure.</summary>
    private static Judgement AgainWhile(WhileNode node, ControlState c) => c.Turn switch
    {
        Truth.False => Judgement.Succeeded,
        Truth.Unknown => Judgement.Failed($"nobody could see whether {c.Condition}{Evidence.Trouble(c.LookError)}"),
        Truth.True when c.Failed > 0 => Judgement.Failed(c.Why ?? "a round failed"),
        Truth.True when c.Succeeded >= node.Most => Judgement.Failed($"{c.Condition} still holds after {node.Most} rounds"),
        Truth.True => Judgement.Run(c.Succeeded + 1),
        _ => throw new InvalidOperationException($"no such truth: {c.Turn}"),
    };

    private static Judgement Until(WaitNode node, ControlState c) =>
        c.Turn == Truth.True ? Judgement.Succeeded
        : c.Failed > 0 ? Judgement.Failed($"{node.For} did not come true within {node.Deadline.TotalSeconds:0.###} s")
        : Judgement.Run(0);
}
