using System.Text;

namespace RobotWorker.Episodes;

/// <summary>One execution of one plan on one robot.</summary>
/// <param name="Id">Derived, so that the same plan and seed give the same goal ids.</param>
public sealed record Episode(string Id, long Seed)
{
    /// <summary>The episode of a plan, its revision and a seed.</summary>
    public static Episode Of(string plan, int revision, long seed) =>
        new(GoalIds.Derive(Namespace, Encoding.UTF8.GetBytes($"{plan}\n{revision}\n{seed}")).ToString("D"), seed);

    // UUIDv5 of the URL namespace (RFC 9562, 6.6) and "robotworker/v1"; written out, because it must never change.
    private static readonly Guid Namespace = new("01e8f42e-1917-573a-9aef-65aca5c07702");
}
