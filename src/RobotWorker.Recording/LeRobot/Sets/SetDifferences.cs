using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>Why episodes of two sets cannot stand in one: what a reader is told once must hold for all.</summary>
public static class SetDifferences
{
    /// <returns>Each in a line; none: they go together.</returns>
    public static ImmutableArray<string> Between(StoredSet one, StoredSet other)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        void Compare(string what, string? a, string? b)
        {
            if (a != b) found.Add($"{what} is {a ?? "missing"} in {one.Folder} and {b ?? "missing"} in {other.Folder}");
        }

        Compare("robot_type", one.RobotType, other.RobotType);
        Compare("fps", $"{one.FramesPerSecond}", $"{other.FramesPerSecond}");
        // What is to test with is no longer held out once it is trained on.
        Compare("held_out", HeldOut(one), HeldOut(other));
        foreach (var key in one.Features.Concat(other.Features).Select(f => f.Key).Distinct())
        {
            var (a, b) = (one.Features.FirstOrDefault(f => f.Key == key), other.Features.FirstOrDefault(f => f.Key == key));
            if (a is null || b is null)
            {
                found.Add($"{key} is missing in {(a is null ? one.Folder : other.Folder)}");
                continue;
            }
            Compare($"dtype of {key}", a.Dtype, b.Dtype);
            Compare($"shape of {key}", $"[{string.Join(", ", a.Shape)}]", $"[{string.Join(", ", b.Shape)}]");
            if (a.Names.Length == b.Names.Length) Compare($"names of {key}", Different(a.Names, b.Names), Different(b.Names, a.Names));
            if (a.IsVideo && !JsonNode.DeepEquals(a.Json["info"], b.Json["info"])) Compare($"info of {key}", a.Json["info"]?.ToJsonString(), b.Json["info"]?.ToJsonString());
        }
        if (SetCameras.Common(one) != SetCameras.Common(other)) found.Add($"meta/{SetCameras.Name} has other cameras, sidecars or segments in {one.Folder} than in {other.Folder}");
        foreach (var column in one.Own)
            if (other.Own.FirstOrDefault(o => o.Name == column.Name) is { } same && (same.IsList != column.IsList || Kind(same.Kind, column.Kind) is null))
                Compare($"the kind of meta/episodes' {column.Name}", Word(column), Word(same));
        return found.ToImmutable();
    }

    private static string HeldOut(StoredSet set) =>
        string.Join(" and ", Enumerable.Range(0, set.Episodes.Length).Select(i => set.Value("held_out", i) is true ? "true" : "false").Distinct().Order(StringComparer.Ordinal));

    /// <summary>The kind that holds both; null: none does.</summary>
    internal static CellKind? Kind(CellKind one, CellKind other) => (one, other) switch
    {
        _ when one == other => one,
        (CellKind.Whole, CellKind.Fraction) or (CellKind.Fraction, CellKind.Whole) => CellKind.Fraction,
        _ => null,
    };

    private static string Word(OwnColumn column) => $"{(column.IsList ? "a list of " : "")}{column.Kind switch { CellKind.Whole => "int64", CellKind.Fraction => "float64", CellKind.Truth => "bool", CellKind.Text => "string" }}";

    private static string Different(ImmutableArray<string> names, ImmutableArray<string> others) => string.Join(", ", names.Where((n, i) => n != others[i]));
}
