namespace RobotWorker.Faults;

/// <summary>Which of several faults is the cause and which are its consequences: the arm's controller does not fail because its joints are silent, but the other way round.</summary>
public static class Correlation
{
    /// <summary>A consequence may be confirmed before its cause is: their detectors take different times.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>For each fault the index of the one that it follows most directly, or null for a cause of its own.</summary>
    /// <param name="faults">In the order of their confirmation; codes that are not in the catalogue follow nothing.</param>
    public static IReadOnlyList<int?> Causes(IReadOnlyList<Fault> faults, FaultCatalogue catalogue)
    {
        var causes = new int?[faults.Count];
        for (var i = 0; i < faults.Count; i++)
            if (catalogue.ByCode.TryGetValue(faults[i].Code, out var known) && !known.Follows.IsEmpty) causes[i] = CauseOf(faults, i, known);
        return causes;
    }

    /// <summary>The cause at the end of the chain: the fault itself where it follows none, or where they follow each other.</summary>
    public static int RootOf(IReadOnlyList<int?> causes, int fault)
    {
        var root = fault;
        // A catalogue may let two faults follow each other: as many steps as there are faults lead everywhere.
        for (var steps = 0; causes[root] is { } cause; steps++)
        {
            if (steps == causes.Count) return fault;
            root = cause;
        }
        return root;
    }

    // Among several that it may follow, the one that the catalogue names first, and of that the one that began last.
    private static int? CauseOf(IReadOnlyList<Fault> faults, int fault, FaultDefinition known)
    {
        foreach (var code in known.Follows)
            for (var i = faults.Count - 1; i >= 0; i--)
                if (i != fault && faults[i].Code == code && WereThereTogether(faults[i], faults[fault])) return i;
        return null;
    }

    private static bool WereThereTogether(Fault cause, Fault consequence) =>
        cause.RaisedAt <= consequence.RaisedAt + Window && (cause.HealedAt is not { } healed || healed + Window >= consequence.RaisedAt);
}
