using ParquetSharp;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>A column of a Parquet file as its schema has it.</summary>
/// <param name="Leaf">The index of its first leaf.</param>
/// <param name="Leaves">More than one where it holds structures instead of values or lists.</param>
/// <param name="Depth">How many lists are nested.</param>
/// <param name="Present">The definition level of a value that is there: anything below is null or an empty list.</param>
internal sealed record ColumnType(string Name, int Leaf, int Leaves, PhysicalType Physical, LogicalTypeEnum Logical, int Bits, bool Signed, int Depth, int Present)
{
    public bool IsNumber => Leaves == 1 && Physical is PhysicalType.Float or PhysicalType.Double or PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Boolean;

    public bool IsText => Leaves == 1 && Physical == PhysicalType.ByteArray;

    public override string ToString()
    {
        if (Leaves > 1) return "a structure";
        var value = Logical is LogicalTypeEnum.None ? $"{Physical}" : Logical is LogicalTypeEnum.Int ? $"{(Signed ? "" : "u")}int{Bits}" : $"{Physical} ({Logical})";
        return Depth == 0 ? value.ToLowerInvariant() : $"{(Depth == 1 ? "list" : $"{Depth} nested lists")} of {value.ToLowerInvariant()}";
    }
}
