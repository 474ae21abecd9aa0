using System.Collections.Immutable;
using System.Text.Json;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>Nested arrays of numbers.</summary>
internal static class JsonNumbers
{
    /// <returns>The numbers, flat, or null where the arrays are not of this shape or hold something else. True and false count as 1 and 0: numpy's least of booleans is a boolean.</returns>
    public static double[]? Read(JsonElement value, ImmutableArray<int> shape)
    {
        var numbers = new List<double>();
        return Add(value, shape.AsSpan(), numbers) ? [.. numbers] : null;
    }

    private static bool Add(JsonElement value, ReadOnlySpan<int> shape, List<double> numbers)
    {
        if (shape.IsEmpty)
        {
            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) numbers.Add(value.ValueKind == JsonValueKind.True ? 1 : 0);
            else if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)) numbers.Add(number);
            else return false;
            return true;
        }
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != shape[0]) return false;
        foreach (var part in value.EnumerateArray())
            if (!Add(part, shape[1..], numbers)) return false;
        return true;
    }
}
