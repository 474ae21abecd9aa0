using System.Collections.Immutable;
using ParquetSharp;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>How a feature's <c>dtype</c> stands in a Parquet file.</summary>
internal static class Dtypes
{
    private static readonly ImmutableSortedDictionary<string, (PhysicalType Physical, int Bits, bool Signed)> Columns = new Dictionary<string, (PhysicalType, int, bool)>
    {
        ["float32"] = (PhysicalType.Float, 0, true), ["float64"] = (PhysicalType.Double, 0, true), ["bool"] = (PhysicalType.Boolean, 0, true), ["string"] = (PhysicalType.ByteArray, 0, true),
        ["int64"] = (PhysicalType.Int64, 64, true), ["int32"] = (PhysicalType.Int32, 32, true), ["int16"] = (PhysicalType.Int32, 16, true), ["int8"] = (PhysicalType.Int32, 8, true),
        ["uint32"] = (PhysicalType.Int32, 32, false), ["uint16"] = (PhysicalType.Int32, 16, false), ["uint8"] = (PhysicalType.Int32, 8, false),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static string Listed { get; } = $"one of {string.Join(", ", Columns.Keys)}, image, video";

    public static bool IsKnown(string dtype) => dtype is "image" or "video" || Columns.ContainsKey(dtype);

    /// <summary>Whether a leaf column holds values of this kind.</summary>
    public static bool Fits(string dtype, ColumnType column)
    {
        if (!Columns.TryGetValue(dtype, out var right) || column.Physical != right.Physical) return false;
        if (dtype == "string") return column.Logical == LogicalTypeEnum.String;
        if (right.Bits == 0) return column.Logical == LogicalTypeEnum.None;
        // A plain int32 or int64 needs no annotation.
        if (column.Logical == LogicalTypeEnum.None) return right is { Signed: true, Bits: 64 or 32 };
        return column.Logical == LogicalTypeEnum.Int && column.Bits == right.Bits && column.Signed == right.Signed;
    }
}
