namespace RobotWorker.Episodes.Audit;

/// <summary>Something that must hold of every transition of every episode.</summary>
/// <param name="Name">One word or two, as findings and counts show it.</param>
/// <param name="Statement">In one line, for a person.</param>
/// <param name="Check">One item for each time that the invariant had something to say here: null where it held, else what was wrong.</param>
internal sealed record Invariant(string Name, string Statement, Func<Moment, IEnumerable<string?>> Check);
