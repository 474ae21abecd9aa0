using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ParquetSharp;

namespace RobotWorker.Recording.LeRobot.Checking;

/// <summary>A Parquet file, read column by column with Apache's own library, which is the one behind LeRobot's readers.</summary>
internal sealed class ParquetTable : IDisposable
{
    private const int Batch = 4096;

    private readonly ParquetFileReader reader;
    private readonly short[] definitions = new short[Batch];
    private readonly short[] repetitions = new short[Batch];
    private ImmutableArray<ColumnType> columns;

    public ParquetTable(string path)
    {
        reader = new(path);
        Rows = reader.FileMetaData.NumRows;
        RowGroups = reader.FileMetaData.NumRowGroups;
        if (Rows is >= 0 and <= int.MaxValue) return;
        reader.Dispose();
        throw new InvalidDataException($"the footer promises {Rows} rows");
    }

    public long Rows { get; }

    public int RowGroups { get; }

    public IReadOnlyDictionary<string, string> Footer => reader.FileMetaData.KeyValueMetadata;

    public ImmutableArray<ColumnType> Columns => columns.IsDefault ? columns = TypesOf(reader.FileMetaData.Schema) : columns;

    public ColumnType? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <exception cref="InvalidDataException">There are fewer rows than the footer promises.</exception>
    public ColumnData Read(ColumnType type)
    {
        var data = new ColumnData(type);
        for (var group = 0; group < RowGroups; group++)
        {
            using var rows = reader.RowGroup(group);
            using var column = rows.Column(type.Leaf);
            switch (column)
            {
                case ColumnReader<float> floats: Read(floats, data, value => data.Numbers.Add(value)); break;
                case ColumnReader<double> doubles: Read(doubles, data, value => data.Numbers.Add(value)); break;
                case ColumnReader<int> integers when !type.Signed: Read(integers, data, value => data.Numbers.Add((uint)value)); break;
                case ColumnReader<int> integers: Read(integers, data, value => data.Numbers.Add(value)); break;
                case ColumnReader<long> integers: Read(integers, data, value => data.Numbers.Add(value)); break;
                case ColumnReader<bool> truths: Read(truths, data, value => data.Numbers.Add(value ? 1 : 0)); break;
                // The bytes are the reader's, and gone with the next batch.
                case ColumnReader<ByteArray> texts: Read(texts, data, value => data.Texts.Add(Marshal.PtrToStringUTF8(value.Pointer, value.Length))); break;
                default: throw new NotSupportedException($"column {type.Name} is {type}");
            }
        }
        if (data.Rows != Rows) throw new InvalidDataException($"column {type.Name} has {data.Rows} rows, the footer promises {Rows}");
        return data;
    }

    public void Dispose() => reader.Dispose();

    private void Read<T>(ColumnReader<T> column, ColumnData data, Action<T> keep)
        where T : unmanaged
    {
        var values = new T[Batch];
        while (column.HasNext)
        {
            var levels = (int)column.ReadBatch(Batch, definitions, repetitions, values, out var count);
            if (levels == 0) break;
            for (var i = 0; i < levels; i++) data.Mark(definitions[i], repetitions[i]);
            for (var i = 0; i < count; i++) keep(values[i]);
        }
    }

    private static ImmutableArray<ColumnType> TypesOf(SchemaDescriptor schema)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnType>();
        for (var i = 0; i < schema.NumColumns; i++)
        {
            var leaf = schema.Column(i);
            using var root = schema.ColumnRoot(i);
            // A second leaf below one root makes it a structure. Plain columns of one name stay two, so that the second is noticed.
            if (columns.Count > 0 && columns[^1].Name == root.Name && leaf.Path.ToDotVector().Length > 1)
            {
                columns[^1] = columns[^1] with { Leaves = columns[^1].Leaves + 1 };
                continue;
            }
            using var logical = leaf.LogicalType;
            var (bits, signed) = logical is IntLogicalType integer ? (integer.BitWidth, integer.IsSigned) : (0, true);
            columns.Add(new(root.Name, i, 1, leaf.PhysicalType, logical.Type, bits, signed, leaf.MaxRepetitionLevel, leaf.MaxDefinitionLevel));
        }
        return columns.ToImmutable();
    }
}
