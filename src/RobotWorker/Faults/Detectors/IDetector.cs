using RobotWorker.Time;

namespace RobotWorker.Faults.Detectors;

/// <summary>What a detector says after a sample.</summary>
public interface IDetection
{
    /// <summary>How far the limit is used up, without unit: 0 as it should be, 1 at the limit.</summary>
    double Score { get; }

    /// <summary>Whether it finds this sample wrong. One sample may be chance: <see cref="TimeDebounce"/> and <see cref="CounterDebounce"/> wait for more.</summary>
    bool Alarmed { get; }
}

/// <summary>
/// A detector over one signal. It is its parameters alone and holds nothing: what it knows is the state, a value that begins as <c>default</c>. So results depend on
/// the samples and their times and on nothing else, and nothing is allocated. A value that is no number (NaN) is no sample: the state stays as it was.
/// </summary>
public interface IDetector<TState>
    where TState : struct, IDetection
{
    /// <param name="value">In the signal's unit.</param>
    /// <param name="at">When it was measured.</param>
    TState Next(in TState state, double value, RobotTime at);
}

/// <summary>A detector over several signals that are measured together; otherwise as <see cref="IDetector{TState}"/>.</summary>
public interface IVectorDetector<TState>
    where TState : struct, IDetection
{
    /// <param name="values">One of each signal, in the order and units of the parameters.</param>
    TState Next(in TState state, ReadOnlySpan<double> values, RobotTime at);
}
