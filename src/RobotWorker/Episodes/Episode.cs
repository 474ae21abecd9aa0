using System.Text;

namespace RobotWorker.Episodes;

/// <summary>One execution of one plan on one robot.</summary>
/// <param name="Id">Derived, so that the same plan and seed give the same goal ids in simulation.</param>
public sealed record Episode(string Id, long Seed)
{
    /// <summary>The episode of a plan, its revision and a seed.</summary>
    public static Episode Of(string plan, int revision, long seed) => Of($"{plan}\n{revision}\n{seed}", seed);

    /// <summary>
    /// The same on a robot that lives on between episodes: its action servers remember the goals of the last one and would take a goal with the same id for that one.
    /// </summary>
    /// <param name="began">When it begins, to the tick.</param>
    public static Episode Of(string plan, int revision, long seed, DateTimeOffset began) => Of($"{plan}\n{revision}\n{seed}\n{began.UtcTicks}", seed);

    private static Episode Of(string name, long seed) => new(GoalIds.Derive(Namespace, Encoding.UTF8.GetBytes(name)).ToString("D"), seed);

    // UUIDv5 of the URL namespace (RFC 9562, 6.6) and "robotworker/v1"; written out, because it must never change.
    private static readonly Guid Namespace = new("01e8f42e-1917-573a-9aef-65aca5c07702");
}
