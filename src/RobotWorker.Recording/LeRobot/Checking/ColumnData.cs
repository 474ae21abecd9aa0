using System.Collections.Immutable;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>
/// The values of a column, flat, and beside them the two levels by which Parquet says where lists begin and what is null. They are kept as they stand in the file,
/// because a wrong shape is exactly what a friendlier form would hide.
/// </summary>
internal sealed class ColumnData(ColumnType type)
{
    private readonly List<short> definitions = [];
    private readonly List<short> repetitions = [];

    public ColumnType Type { get; } = type;

    public List<double> Numbers { get; } = [];

    public List<string> Texts { get; } = [];

    public long Rows { get; private set; }

    public void Mark(short definition, short repetition)
    {
        // Without lists and nulls the file has no levels, and what the reader leaves in the buffers means nothing.
        definitions.Add(Type.Present == 0 ? (short)0 : definition);
        repetitions.Add(Type.Depth == 0 ? (short)0 : repetition);
        if (repetitions[^1] == 0) Rows++;
    }

    /// <summary>Rows that are null, hold a null, or are not of the shape. Without any, row r has the values from r times the shape's width on.</summary>
    public IEnumerable<(long Row, string Problem)> NotOfShape(ImmutableArray<int> shape)
    {
        var pattern = Pattern(shape);
        foreach (var (row, from, to) in Cells())
        {
            if (IsNull(from, to)) yield return (row, "is null or empty, or has a null in it: every frame must have its values");
            else if (!IsPattern(pattern, from, to)) yield return (row, $"has {to - from} {(to - from == 1 ? "value" : "values")}, must be of shape [{string.Join(", ", shape)}]");
        }
    }

    /// <summary>Rows that are null or hold a null, whatever their length.</summary>
    public IEnumerable<(long Row, string Problem)> Nulls() => Cells().Where(c => IsNull(c.From, c.To)).Select(c => (c.Row, "is null or empty, or has a null in it"));

    /// <summary>The texts of each row; for a column without nulls.</summary>
    public IEnumerable<ImmutableArray<string>> TextsByRow() => Cells().Select(c => Texts.GetRange(c.From, c.To - c.From).ToImmutableArray());

    /// <summary>Of a column without lists: what each row has, or nothing.</summary>
    public IEnumerable<TCell?> Cells<T, TCell>(IReadOnlyList<T> values, Func<T, TCell?> of)
    {
        var next = 0;
        foreach (var definition in definitions) yield return definition == Type.Present ? of(values[next++]) : default;
    }

    private IEnumerable<(long Row, int From, int To)> Cells()
    {
        var row = 0L;
        for (var from = 0; from < repetitions.Count; row++)
        {
            var to = from + 1;
            while (to < repetitions.Count && repetitions[to] != 0) to++;
            yield return (row, from, to);
            from = to;
        }
    }

    private bool IsNull(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (definitions[i] != Type.Present) return true;
        return false;
    }

    private bool IsPattern(short[] pattern, int from, int to)
    {
        if (to - from != pattern.Length) return false;
        for (var i = from; i < to; i++)
            if (repetitions[i] != pattern[i - from]) return false;
        return true;
    }

    // The repetition levels of one cell: 0 where the row begins, 1 where the outermost list goes on, 2 where the list inside it does.
    private short[] Pattern(ImmutableArray<int> shape)
    {
        var levels = new short[shape.Aggregate(1, (product, size) => product * size)];
        for (var i = 1; i < levels.Length; i++)
        {
            var (level, inner) = (Type.Depth, 1);
            for (var axis = shape.Length - 1; axis > 0 && i % (inner * shape[axis]) == 0; axis--)
            {
                inner *= shape[axis];
                level--;
            }
            levels[i] = (short)level;
        }
        return levels;
    }
}
