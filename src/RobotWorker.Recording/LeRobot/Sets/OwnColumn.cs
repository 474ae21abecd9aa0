using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>What the cells of a column are.</summary>
public enum CellKind
{
    Whole,
    Fraction,
    Truth,
    Text,
}

/// <summary>A column of <c>meta/episodes</c> that the format does not ask for: where an episode comes from, and what became of it.</summary>
/// <param name="IsList">Each cell is a list of such values.</param>
/// <param name="Values">An entry an episode: long, double, bool, string, a list of those, or null.</param>
public sealed record OwnColumn(string Name, CellKind Kind, bool IsList, ImmutableArray<object?> Values)
{
    /// <exception cref="DatasetException">Its cells are of a kind that cannot be carried.</exception>
    internal static OwnColumn Of(string name, IArrowArray array, string file)
    {
        try
        {
            return Of(name, [.. Enumerable.Range(0, array.Length).Select(i => ArrowCells.Value(array, i))], array.Data.DataType);
        }
        catch (NotSupportedException)
        {
            throw new DatasetException($"{file}: column {name} is {array.Data.DataType.Name}: only numbers, truths and texts, and lists of them, can be carried");
        }
    }

    /// <summary>The kind is that of the type; of values that came without one (JSON), of the values.</summary>
    internal static OwnColumn Of(string name, ImmutableArray<object?> values, IArrowType? type)
    {
        var isList = type is ListType or LargeListType || values.Any(v => v is List<object?>);
        var item = type is NestedType nested && isList ? nested.Fields[0].DataType : type;
        var single = values.SelectMany(v => v is List<object?> list ? list : [v]).OfType<object>();
        return new(name, item is null ? KindOf([.. single]) : KindOf(item), isList, values);
    }

    /// <summary>The cells of some episodes, of this column and of others of its name and kind; null stands where there is no such column.</summary>
    internal static IArrowArray Array(CellKind kind, bool isList, IReadOnlyList<object?> cells)
    {
        if (isList) return ArrowCells.Lists(Array(kind, false, [.. cells.SelectMany(Items)]), cells.Select(c => Items(c).Count));
        return kind switch
        {
            CellKind.Whole => ArrowCells.Of(cells.Select(c => (long?)c)),
            CellKind.Fraction => ArrowCells.Of(cells.Select(c => c is null ? (double?)null : Convert.ToDouble(c))),
            CellKind.Truth => ArrowCells.Of(cells.Select(c => (bool?)c)),
            CellKind.Text => ArrowCells.Of(cells.Select(c => (string?)c)),
        };
    }

    private static List<object?> Items(object? cell) => cell as List<object?> ?? [];

    private static CellKind KindOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Float or ArrowTypeId.Double => CellKind.Fraction,
        ArrowTypeId.Boolean => CellKind.Truth,
        ArrowTypeId.String or ArrowTypeId.LargeString => CellKind.Text,
        ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
            or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 => CellKind.Whole,
        _ => throw new NotSupportedException(),
    };

    // Where nothing stands in any row, it is taken for numbers with a fraction: moments that never came.
    private static CellKind KindOf(IReadOnlyCollection<object> values) => values switch
    {
        _ when values.Count == 0 => CellKind.Fraction,
        _ when values.All(v => v is bool) => CellKind.Truth,
        _ when values.All(v => v is long) => CellKind.Whole,
        _ when values.All(v => v is long or double) => CellKind.Fraction,
        _ => CellKind.Text,
    };
}
