using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Execution.Core;

/// <summary>Facts that stop to count before they are old: the world may have changed under them.</summary>
internal static class Doubts
{
    /// <summary>What was seen of a pattern before an instant is unknown until it is seen again.</summary>
    public static void SeenBefore(Transition t, Atom pattern, RobotTime instant)
    {
        List<Atom>? doubted = null;
        foreach (var (atom, fact) in t.World.Facts)
            if (fact.CapturedAt < instant && atom.Matches(pattern)) (doubted ??= []).Add(atom);
        if (doubted is not null) Forget(t, doubted);
    }

    /// <summary>A fault makes these predicates doubtful: everything about them is unknown until it is seen again.</summary>
    public static void Of(Transition t, string code)
    {
        List<Atom> doubted = [];
        foreach (var (atom, _) in t.World.Facts)
            if (t.Setup.Faults.Doubts(code, atom.Predicate)) doubted.Add(atom);
        Forget(t, doubted);
    }

    /// <summary>An atom has stopped to hold: what rests on it is unknown until it is seen again. Of a robot that is lost nobody knows where it stands or what it reaches.</summary>
    public static void OfAllThatRestsOn(Transition t, Atom atom)
    {
        List<Atom> doubted = [];
        foreach (var predicate in t.World.Predicates.RestingOn(atom))
            foreach (var (known, _) in t.World.Facts)
                if (known.Predicate == predicate) doubted.Add(known);
        if (doubted.Count > 0) Forget(t, doubted);
    }

    /// <summary>Nothing is known any more but what nobody can change.</summary>
    public static void OfEverything(Transition t)
    {
        List<Atom> doubted = [];
        foreach (var (atom, fact) in t.World.Facts)
        {
            if (t.World.Predicates.ByName.TryGetValue(atom.Predicate, out var known) && known.ChangedBy == ChangedBy.Nobody) t.World = t.World with { Facts = t.World.Facts.SetItem(atom, fact with { CapturedAt = t.Now }) };
            else doubted.Add(atom);
        }
        Forget(t, doubted);
    }

    /// <summary>Whether something that a predicate rests on is known not to hold: what is said of it now means nothing.</summary>
    public static bool IsGroundless(Transition t, string predicate)
    {
        if (!t.World.Predicates.ByName.TryGetValue(predicate, out var known)) return false;
        foreach (var needed in known.Needs)
            if (t.World.Find(needed, t.Now) is { Value: not Truth.True }) return true;
        return false;
    }

    /// <summary>Whether an active fault keeps a predicate from being believed.</summary>
    public static bool Doubted(Transition t, string predicate)
    {
        foreach (var (_, fault) in t.Faults)
            if (t.Setup.Faults.Doubts(fault.Code, predicate)) return true;
        return false;
    }

    private static void Forget(Transition t, List<Atom> atoms)
    {
        // The order of a hash table must not decide which step hears of it first.
        atoms.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        t.World = t.World with { Facts = t.World.Facts.RemoveRange(atoms) };
        foreach (var atom in atoms) Watching.AtomTurned(t, atom);
    }
}
