using System.Text.RegularExpressions;
using RobotWorker.Recovery;

namespace RobotWorker.Dependability;

/// <summary>What came of a retry, a resumption or a repair.</summary>
/// <param name="Code">Of the failure that led to it: a fault's, or the attempt's own.</param>
public sealed record RetryOutcome(string Code, bool Succeeded);

/// <summary>
/// Follows the decisions of one episode. A retry (resumption, repair) has failed when something else must be decided about its step afterwards, other than that it was done;
/// it has succeeded when its step is finished first.
/// </summary>
public sealed partial class RetryLedger
{
    private const string Goal = "goal";

    // In the order of deciding.
    private readonly List<(string Step, string Code)> open = [];

    /// <returns>What this decision says of the retry before it on the same step, or null.</returns>
    public RetryOutcome? Decided(RecoveryEntry entry)
    {
        var before = Ended(entry.Step, entry.Decision == Decision.Skip);
        if (entry.Decision is Decision.Retry or Decision.Resume or Decision.Repair) open.Add((entry.Step, CodeOf(entry)));
        return before;
    }

    /// <returns>What the end of a step says of the retry before it, or null.</returns>
    public RetryOutcome? Ended(string step, bool finished)
    {
        var at = open.FindIndex(o => o.Step == step);
        if (at < 0) return null;
        var code = open[at].Code;
        open.RemoveAt(at);
        return new(code, finished);
    }

    /// <summary>The episode is over: what its steps did not come to has failed, and a repair of the goal is as good as the episode.</summary>
    public IReadOnlyList<(string Step, RetryOutcome Outcome)> AllEnded(bool succeeded)
    {
        var last = open.Select(o => (o.Step, new RetryOutcome(o.Code, succeeded && o.Step == Goal))).ToList();
        open.Clear();
        return last;
    }

    /// <summary>The code with which a decision's evidence begins; <c>OTHER</c> where it begins with none, as a person's word does.</summary>
    public static string CodeOf(RecoveryEntry entry) => Leading().Match(entry.Evidence) is { Success: true } match ? match.Groups[1].Value : "OTHER";

    [GeneratedRegex("^([A-Z][A-Z0-9_]*):")]
    private static partial Regex Leading();
}
