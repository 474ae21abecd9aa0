using System.Collections.Immutable;
using RobotWorker.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Lets a fact through when its value changed, its pose moved, or the last one of its atom has grown old: the journal holds what was learnt, not
/// every frame. A fact is said again before half of the time is over for which its predicate counts.
/// </summary>
internal sealed class FactGate(IWorkerInbox inbox, PredicateTable predicates)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);
    private const double MovedMetres = 0.01;
    private readonly Dictionary<Atom, Fact> last = [];
    private ImmutableList<Atom> awaited = [];

    /// <summary>What somebody waits for now; an atom stands here once for each who does.</summary>
    public ImmutableList<Atom> Awaited => awaited;

    /// <summary>Until the end of this, facts about these atoms pass at once: somebody waits for them.</summary>
    public IDisposable Await(ImmutableArray<Atom> atoms)
    {
        awaited = awaited.AddRange(atoms);
        return new Ending(() =>
        {
            foreach (var atom in atoms) awaited = awaited.Remove(atom);
        });
    }

    public void Post(Fact fact)
    {
        if (last.TryGetValue(fact.Atom, out var known) && known.Value == fact.Value && !Moved(known, fact)
            && fact.CapturedAt >= known.CapturedAt - WorldModel.ClockTolerance && fact.CapturedAt - known.CapturedAt < Refresh(fact.Atom.Predicate) && !awaited.Contains(fact.Atom)) return;
        last[fact.Atom] = fact;
        inbox.FactObserved(fact);
    }

    /// <summary>The last fact that was let through about an atom at or after an instant.</summary>
    public Fact? Last(Atom atom, RobotTime since) => last.TryGetValue(atom, out var fact) && fact.CapturedAt >= since ? fact : null;

    private TimeSpan Refresh(string predicate)
    {
        var half = predicates.MaxAge(predicate) / 2;
        return half < LongestSilence ? half : LongestSilence;
    }

    private static bool Moved(Fact a, Fact b) =>
        a.Where is not null && b.Where is not null && (a.Where.Pose.Position - b.Where.Pose.Position).Length > MovedMetres;
}
