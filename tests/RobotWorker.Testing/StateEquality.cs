using System.Collections;
using System.Reflection;

namespace RobotWorker.Testing;

/// <summary>Compares two immutable values by all that they hold, where record equality would stop at collections.</summary>
public static class StateEquality
{
    /// <returns>Null when they are equal, else where they first differ: <c>.Halt.Unsettled[0]: 3 is not 4</c>.</returns>
    public static string? FirstDifference(object? a, object? b, string path = "")
    {
        if (ReferenceEquals(a, b)) return null;
        if (a is null || b is null) return $"{path}: {a ?? "null"} is not {b ?? "null"}";
        if (a.GetType() != b.GetType()) return $"{path}: a {a.GetType().Name} is not a {b.GetType().Name}";
        if (IsPlain(a.GetType())) return a.Equals(b) ? null : $"{path}: {a} is not {b}";
        return a is IEnumerable ? Items((IEnumerable)a, (IEnumerable)b, path) : Properties(a, b, path);
    }

    private static string? Items(IEnumerable a, IEnumerable b, string path)
    {
        // A default ImmutableArray cannot be walked.
        if (a.GetType().GetProperty("IsDefault") is { } isDefault)
        {
            if (!Equals(isDefault.GetValue(a), isDefault.GetValue(b))) return $"{path}: one is default";
            if (Equals(isDefault.GetValue(a), true)) return null;
        }
        var left = a.Cast<object?>().ToList();
        var right = b.Cast<object?>().ToList();
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
            if (FirstDifference(left[i], right[i], $"{path}[{i}]") is { } difference) return difference;
        return left.Count == right.Count ? null : $"{path}: {left.Count} items are not {right.Count}";
    }

    private static string? Properties(object a, object b, string path)
    {
        foreach (var property in a.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            if (FirstDifference(property.GetValue(a), property.GetValue(b), $"{path}.{property.Name}") is { } difference) return difference;
        }
        return null;
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(decimal) || typeof(Type).IsAssignableFrom(type);
}
