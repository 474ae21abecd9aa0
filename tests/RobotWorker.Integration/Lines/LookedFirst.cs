using System.Globalization;
using System.Text.RegularExpressions;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using RobotWorker.Plans;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>
/// After an outage, what the robot was doing is found by looking: held against a run's journal. Nothing starts before the robot was seen to stand still since the link was back and,
/// where something was under way, before a look at what it has done; and what is decided on was seen since then. On ROS 1 the link is the master's, and the silence of the senses
/// stands for it.
/// </summary>
internal static partial class LookedFirst
{
    /// <summary>When the link was missed, and what was assumed.</summary>
    public static (IReadOnlyList<RobotTime> Missed, IReadOnlyList<string> Assumed) Of(RunResult run, Plan plan)
    {
        var assumed = new List<string>();
        var missed = new List<RobotTime>();
        RobotTime? since = null;
        var (away, still, looked, underWay) = (false, true, true, false);
        var state = PlanState.Before(run.State.Setup, plan, run.Report.Episode);
        foreach (var happened in run.Events)
        {
            var before = state;
            if (IsLoss(happened))
            {
                // Where the clock's own topic is not back yet, what was heard last says when.
                missed.Add(happened is Event.FaultConfirmed { Fault.RaisedAt: var raised } ? raised : happened.Now);
                (away, underWay) = (true, underWay || !state.Flights.IsEmpty);
            }

            // Whatever is seen after the senses fell silent was heard after they spoke again; a link that was lost says itself when it is back.
            if (IsLoss(happened) || happened is Event.LinkBack) (since, still, looked) = (happened.Now, false, false);
            if (IsReturn(happened)) away = false;
            if (happened is Event.StoodStill { Still: true }) still = true;
            if (happened is Event.Looked { Error: null }) (looked, underWay) = (true, false);
            (state, var commands) = Executor.Next(state, happened);
            foreach (var start in commands.OfType<Command.StartAttempt>())
            {
                var path = start.Attempt.Path;
                if (away) assumed.Add($"{happened.Now}: {path} starts while the link is away");
                if (!still) assumed.Add($"{happened.Now}: {path} starts, and the robot was not seen to stand still since {since}");
                if (!looked && underWay) assumed.Add($"{happened.Now}: {path} starts, and nobody looked since {since} at what was under way");
            }

            if (since is not { } back) continue;
            foreach (var decided in state.Recoveries.Skip(before.Recoveries.Count))
                assumed.AddRange(SeenAt().Matches(decided.Evidence).Select(seen => double.Parse(seen.Groups[1].Value, CultureInfo.InvariantCulture))
                    .Where(at => at < back.Seconds).Select(at => $"{happened.Now}: {decided.Step} is decided by what was seen at {at} s, before {back}: {decided.Evidence}"));
        }

        return (missed, assumed);
    }

    private static bool IsLoss(Event happened) => happened is Event.LinkLost || (happened is Event.FaultConfirmed { Fault.Code: var code } && code.EndsWith("_SILENT", StringComparison.Ordinal));

    private static bool IsReturn(Event happened) => happened is Event.LinkBack || (happened is Event.FaultHealed { Fault.Code: var code } && code.EndsWith("_SILENT", StringComparison.Ordinal));

    [GeneratedRegex(@"\) (?:true|false) at (\d+\.\d+) s")]
    private static partial Regex SeenAt();
}
