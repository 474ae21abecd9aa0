using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults.Detectors;

/// <summary>A sample allocates nothing: what watches a robot for weeks must not make work for the collector.</summary>
public sealed class AllocationTests
{
    private const int Samples = 100_000;

    // A collection that another thread causes takes the rest of this thread's allocation quantum, 8 KiB, which then counts as allocated. A byte a sample would be ten times that.
    private const int Quantum = 8192;

    private static readonly double[] Values = [.. Feeding.Noise("allocation", Samples + 8)];

    private static readonly Learning Slow = new(5);

    [Test]
    public void ScalarDetectors_AllocateNothing()
    {
        AssertFree(new Limits(-2, 2, 0, 0.5));
        AssertFree(new RateOfChange(10));
        AssertFree(new Stuck(0.1));
        AssertFree(new Staleness(0.1));
        AssertFree(new Cusum(Baseline.Given(0, 1, Slow)));
        AssertFree(new Ewma(Baseline.Learned(50, 0.1, Slow)));
        AssertFree(new LocalLevel(0.1, 1, new(1)));
    }

    [Test]
    public void VectorDetectors_AllocateNothing()
    {
        AssertFree(new Mewma(VectorBaseline.Given(Vector<double>.Build.Dense(8), Matrix<double>.Build.DenseIdentity(8), Slow), 0.2, 25), 8);
        AssertFree(Mewma.Gate(VectorBaseline.Learned(8, 100, 0.1, Slow), 0.001), 8);
        AssertFree(new JointTracking(15, 0.5, 0.001, 0.01, new(2)), 3);
        AssertFree(new MotorTemperature(300, 0.02, 24, 0.02, 0.3, new(1)), 2);
    }

    [Test]
    public void Debounce_AllocatesNothing()
    {
        var (byTime, byCount) = (new TimeDebounce(0.1, 0.1), new CounterDebounce(3, 3));
        var (timed, counted) = (byTime.Next(default, Values[0] > 0, default), byCount.Next(default, true));
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Samples; i++)
        {
            timed = byTime.Next(timed, Values[i] > 0, new(i * 20_000_000L));
            counted = byCount.Next(counted, Values[i] > 0);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - bytes, Is.LessThanOrEqualTo(Quantum));
    }

    private static void AssertFree<TState>(IDetector<TState> detector)
        where TState : struct, IDetection
    {
        var state = detector.Next(default, Values[0], RobotTime.Zero);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Samples; i++) state = detector.Next(state, Values[i], new(i * 20_000_000L));
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;

        Assert.That(bytes, Is.LessThanOrEqualTo(Quantum), detector.GetType().Name);
        Assert.That(state.Score, Is.GreaterThanOrEqualTo(0));
    }

    private static void AssertFree<TState>(IVectorDetector<TState> detector, int signals)
        where TState : struct, IDetection
    {
        var state = detector.Next(default, Values.AsSpan(0, signals), RobotTime.Zero);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Samples; i++) state = detector.Next(state, Values.AsSpan(i, signals), new(i * 20_000_000L));
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;

        Assert.That(bytes, Is.LessThanOrEqualTo(Quantum), detector.GetType().Name);
        Assert.That(state.Score, Is.GreaterThanOrEqualTo(0));
    }
}
