using RobotWorker.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// Lets a fact through when its value changed, its pose moved, or the last one of its atom has grown old: the journal holds what was learnt, not
/// every frame.
/// </summary>
internal sealed class FactGate(IWorkerInbox inbox)
{
    private const double MovedMetres = 0.01;
    private readonly Dictionary<Atom, Fact> last = [];

    /// <summary>How old a standing fact may grow before it is said again.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Facts that somebody waits for pass at once.</summary>
    public bool Open { get; set; }

    public void Post(Fact fact)
    {
        if (!Open && last.TryGetValue(fact.Atom, out var known) && known.Value == fact.Value
            && fact.CapturedAt - known.CapturedAt < Refresh && !Moved(known, fact)) return;
        last[fact.Atom] = fact;
        inbox.FactObserved(fact);
    }

    /// <summary>The last fact that was let through about an atom at or after an instant.</summary>
    public Fact? Last(Atom atom, RobotTime since) => last.TryGetValue(atom, out var fact) && fact.CapturedAt >= since ? fact : null;

    private static bool Moved(Fact a, Fact b) =>
        a.Where is not null && b.Where is not null && (a.Where.Pose.Position - b.Where.Pose.Position).Length > MovedMetres;
}
