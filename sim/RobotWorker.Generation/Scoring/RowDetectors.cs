using System.Collections.Immutable;
using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Generation.Scoring;

/// <summary>Detectors over the rows of one series.</summary>
internal interface IRowDetector
{
    /// <returns>Whether any of them is alarmed.</returns>
    bool Next(ReadOnlySpan<double> row, RobotTime at);
}

/// <summary>One detector a column.</summary>
internal sealed class ColumnDetectors<TState>((int Column, IDetector<TState> Detector)[] detectors) : IRowDetector
    where TState : struct, IDetection
{
    private readonly TState[] states = new TState[detectors.Length];

    public bool Next(ReadOnlySpan<double> row, RobotTime at)
    {
        var alarmed = false;
        for (var i = 0; i < detectors.Length; i++)
        {
            states[i] = detectors[i].Detector.Next(states[i], row[detectors[i].Column], at);
            alarmed |= states[i].Alarmed;
        }
        return alarmed;
    }
}

/// <summary>One detector a group of columns.</summary>
internal sealed class GroupDetectors<TState>((ImmutableArray<int> Columns, IVectorDetector<TState> Detector)[] detectors) : IRowDetector
    where TState : struct, IDetection
{
    private readonly TState[] states = new TState[detectors.Length];
    private readonly double[] values = new double[Signals8.Most];

    public bool Next(ReadOnlySpan<double> row, RobotTime at)
    {
        var alarmed = false;
        for (var i = 0; i < detectors.Length; i++)
        {
            var columns = detectors[i].Columns;
            for (var c = 0; c < columns.Length; c++) values[c] = row[columns[c]];
            states[i] = detectors[i].Detector.Next(states[i], values.AsSpan(0, columns.Length), at);
            alarmed |= states[i].Alarmed;
        }
        return alarmed;
    }
}
