using RobotWorker.Episodes;
using RobotWorker.Episodes.Audit;
using RobotWorker.Recovery;
using RobotWorker.Skills;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Execution.Schedules;

/// <summary>
/// Random schedules of outcomes, blindness, faults, link cuts, modes, revisions, pauses, kills and answers against the real executor on a virtual clock. The architecture's
/// invariants are held against the journal of every run and against an observer of the world; what was reached is counted, and what was hardly reached fails the test.
/// </summary>
[TestFixture]
public sealed class RandomScheduleTests
{
    private const int LeastHits = 20;

    private static readonly string[] Cells = [.. from effect in Enum.GetValues<Effect>() from skill in Enum.GetValues<EffectClass>() select $"cell {effect} {skill}"];

    private static readonly string[] Antecedents =
    [
        "killed", "taken up and running", "taken up and gone", "asked", "told twice", "told late", "parked", "breaker kept a step", "no progress", "revision taken", .. Enum.GetNames<TroubleKind>(),
        .. Enum.GetNames<EpisodeOutcome>().Select(o => $"ended {o}"), .. SafetyAudit.All.Select(i => $"invariant {i.Name}"),
    ];

    [Test]
    public void RandomSchedules_KeepTheInvariants_AndReachEveryCell() => Run(from: 1, count: 2_000);

    [Test]
    [Category("Slow")]
    public void TenThousandRandomSchedules_KeepTheInvariants_AndReachEveryCell() => Run(from: 10_000, count: 12_000);

    private static void Run(int from, int count)
    {
        var hits = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = from; seed < from + count; seed++)
        {
            var script = ScheduleScript.Draw((ulong)seed);
            if (ScheduleJudge.Judge(script, hits) is [var first, ..]) Assert.Fail(Counterexample.Of(script, first, Repository.PathOf("artifacts/counterexamples")).ToString());
        }
        TestContext.Out.WriteLine($"{count} schedules\n{string.Join('\n', hits.Select(h => $"{h.Value,8} {h.Key}"))}");
        Assert.That(Cells.Concat(Antecedents).Where(c => hits.GetValueOrDefault(c) < LeastHits).Select(c => $"{c}: {hits.GetValueOrDefault(c)}"), Is.Empty, "hardly reached: what is never tried proves nothing");
    }
}
