using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace RobotWorker.Generation.Scoring;

/// <summary>What detectors may learn of a series: its first rows, without their labels, and the false alarms that are asked for.</summary>
public sealed class Training
{
    private readonly LabelledSeries series;

    /// <param name="rows">How many rows it is.</param>
    /// <param name="falseAlarmProbability">That a normal row is alarmed, by a detector over all columns together.</param>
    public Training(LabelledSeries series, int rows, double falseAlarmProbability)
    {
        (this.series, Rows, FalseAlarmProbability) = (series, rows, falseAlarmProbability);
        Columns = [.. Enumerable.Range(0, series.Columns.Length).Where(c => Of(c).Variance() is > 0 and < double.PositiveInfinity)];
        var gaps = Enumerable.Range(1, rows - 1).Select(r => (series.Times[r].Nanoseconds - series.Times[r - 1].Nanoseconds) * 1e-9).ToArray();
        (SpacingSeconds, LongestGapSeconds) = (Math.Max(gaps.Median(), 1e-9), Math.Max(gaps.Max(), 1e-9));
    }

    public int Rows { get; }

    public double FalseAlarmProbability { get; }

    /// <summary>The columns that change at all; of others nothing can be learned.</summary>
    public ImmutableArray<int> Columns { get; }

    /// <summary>The same, shared out evenly among the columns (Bonferroni).</summary>
    public double FalseAlarmProbabilityOfOne => FalseAlarmProbability / Math.Max(1, Columns.Length);

    /// <summary>Median time between rows.</summary>
    public double SpacingSeconds { get; }

    public double LongestGapSeconds { get; }

    public double[] Of(int column) => series.Column(column, Rows);

    public Matrix<double> Of(ImmutableArray<int> columns) => Matrix<double>.Build.Dense(Rows, columns.Length, (row, column) => series.Row(row)[columns[column]]);

    /// <summary>For how many rows on end a column stays the same at most.</summary>
    public int LongestStillness(int column)
    {
        var (longest, since) = (0, 0);
        for (var row = 1; row < Rows; row++)
        {
            if (series.Row(row)[column] != series.Row(row - 1)[column]) since = row;
            longest = Math.Max(longest, row - since);
        }
        return longest;
    }
}
