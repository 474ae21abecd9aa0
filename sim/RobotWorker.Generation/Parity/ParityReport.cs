using System.Collections.Immutable;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.World;

namespace RobotWorker.Generation.Parity;

/// <summary>How one plan went on two robots, A and B, held against each other. SI units.</summary>
/// <param name="RmseMetres">The distance of the two runs: root mean square of the distances of their tools over all phases that both have (<see cref="PhaseAlignment"/>). Null: there is no way to compare.</param>
/// <param name="RmseRadians">The same of the angles between the tools.</param>
/// <param name="Agreement">At the ends of all phases that both have, and of the runs.</param>
/// <param name="AtEnd">What was believed at the end and not the same.</param>
public sealed record ParityReport(
    string Plan, ParitySide A, ParitySide B, double? RmseMetres, double? RmseRadians, TruthAgreement Agreement, ImmutableArray<PhaseParity> Phases,
    ImmutableArray<TruthDifference> AtEnd, ImmutableArray<LatencyParity> Latencies)
{
    /// <summary>Compares two runs of one plan. Pure: the same runs give the same report.</summary>
    public static ParityReport Of(RecordedRun a, RecordedRun b)
    {
        var pairs = Pairs(a, b);
        var alignments = pairs.Select(p => p is { A: { } inA, B: { } inB } ? PhaseAlignment.Of(inA, a.Tool, inB, b.Tool) : null).ToList();
        var (end, different) = TruthAgreement.Of(a.AtEnd, b.AtEnd);
        ImmutableArray<PhaseParity> phases = [.. pairs.Zip(alignments, PhaseParity.Of)];
        return new(
            a.Plan, ParitySide.Of(a), ParitySide.Of(b), PhaseAlignment.Rmse(alignments.OfType<PhaseAlignment>(), p => p.Metres), PhaseAlignment.Rmse(alignments.OfType<PhaseAlignment>(), p => p.Radians),
            phases.Aggregate(end, (all, phase) => all + phase.Agreement), phases, different, LatencyParity.Of(a.Latencies, b.Latencies));
    }

    /// <summary>Phases by their paths: those of A in its order, and then what B alone had.</summary>
    internal static IReadOnlyList<PhasePair> Pairs(RecordedRun a, RecordedRun b)
    {
        var inA = a.Phases.Select(p => p.Path).ToHashSet(StringComparer.Ordinal);
        return [.. a.Phases.Select(p => new PhasePair(p, b.Phases.FirstOrDefault(other => other.Path == p.Path))), .. b.Phases.Where(p => !inA.Contains(p.Path)).Select(p => new PhasePair(null, p))];
    }
}

/// <summary>One phase on both sides; null on a side that did not come to it.</summary>
internal sealed record PhasePair(RecordedPhase? A, RecordedPhase? B);

/// <summary>How the plan went on one robot.</summary>
/// <param name="GoalMet">By the simulator's truth; null where there is none.</param>
/// <param name="Goal">Whether the worker believed it to hold at the end; null: the plan has none.</param>
/// <param name="Seconds">Of the robot's clock.</param>
/// <param name="Faults">Codes of the faults that were confirmed, in that order.</param>
/// <param name="Notices">What is wrong with its recording: of a damaged one a part was compared.</param>
public sealed record ParitySide(string Robot, string Backend, ulong Seed, EpisodeOutcome Outcome, string Reason, Truth? Goal, bool? GoalMet, double Seconds, ImmutableArray<string> Faults, ImmutableArray<string> Notices)
{
    internal static ParitySide Of(RecordedRun run) => new(run.Robot, run.Backend, run.Seed, run.Outcome, run.Reason, run.Goal, run.GoalMet, run.Seconds, run.Faults, run.Notices);
}

/// <summary>A step of the plan on both sides; what a side that did not come to it would have is null.</summary>
/// <param name="ByGoals">The tools' ways were laid beside each other goal by goal; false: by beginning and end of the phase alone.</param>
/// <param name="Agreement">At its end.</param>
/// <param name="Different">What was believed at its end and not the same.</param>
public sealed record PhaseParity(
    string Path, string Skill, PhaseFigures? A, PhaseFigures? B, double? RmseMetres, double? RmseRadians, bool ByGoals, TruthAgreement Agreement, ImmutableArray<TruthDifference> Different)
{
    /// <summary>B's duration by A's.</summary>
    public double? Ratio => A is { Seconds: > 0 } && B is not null ? B.Seconds / A.Seconds : null;

    internal static PhaseParity Of(PhasePair pair, PhaseAlignment? way)
    {
        var one = pair.A ?? pair.B!;
        var (agreement, different) = pair is { A: { } a, B: { } b } ? TruthAgreement.Of(a.Truths, b.Truths) : (TruthAgreement.None, []);
        return new(one.Path, one.Skill, PhaseFigures.Of(pair.A), PhaseFigures.Of(pair.B), way?.RmseMetres, way?.RmseRadians, way?.ByGoals == true, agreement, different);
    }
}

public sealed record PhaseFigures(double Seconds, StepStatus State, int Attempts)
{
    internal static PhaseFigures? Of(RecordedPhase? phase) => phase is null ? null : new(phase.Seconds, phase.State, phase.Attempts);
}

/// <summary>On how much of what at least one side knew both were of one mind.</summary>
public sealed record TruthAgreement(int Same, int All)
{
    public static readonly TruthAgreement None = new(0, 0);

    public static TruthAgreement operator +(TruthAgreement a, TruthAgreement b) => new(a.Same + b.Same, a.All + b.All);

    internal static (TruthAgreement Agreement, ImmutableArray<TruthDifference> Different) Of(IReadOnlyDictionary<string, Truth> a, IReadOnlyDictionary<string, Truth> b)
    {
        var all = a.Keys.Union(b.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(atom => new TruthDifference(atom, a.GetValueOrDefault(atom), b.GetValueOrDefault(atom))).ToList();
        ImmutableArray<TruthDifference> different = [.. all.Where(t => t.A != t.B)];
        return (new(all.Count - different.Length, all.Count), different);
    }
}

/// <param name="Atom">Such as <c>holding(robot, cup_red)</c>.</param>
public sealed record TruthDifference(string Atom, Truth A, Truth B);
