using System.Collections.Immutable;
using RobotWorker.Time;

namespace RobotWorker.Generation.Scoring;

/// <summary>A time series of which somebody has written down when something was wrong.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Columns">Names of the values.</param>
/// <param name="Times">One a row.</param>
/// <param name="Values">Row by row: value <c>c</c> of row <c>r</c> is at <c>r * Columns.Length + c</c>.</param>
/// <param name="Anomalies">Whether something is wrong in a row.</param>
/// <param name="Changes">Rows in which something began or ended.</param>
public sealed record LabelledSeries(
    string Name, ImmutableArray<string> Columns, ImmutableArray<RobotTime> Times, ImmutableArray<double> Values, ImmutableArray<bool> Anomalies, ImmutableArray<int> Changes)
{
    public int Rows => Times.Length;

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan().Slice(row * Columns.Length, Columns.Length);

    public double[] Column(int column, int rows) => [.. Enumerable.Range(0, rows).Select(row => Values[(row * Columns.Length) + column])];

    /// <summary>Where labels say nothing of changes: both ends of each stretch of anomalous rows.</summary>
    public static ImmutableArray<int> ChangesOf(ImmutableArray<bool> anomalies) =>
        [.. Enumerable.Range(0, anomalies.Length).Where(row => anomalies[row] != (row > 0 && anomalies[row - 1]))];
}
