using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using RobotWorker.Faults.Detectors;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults.Detectors;

/// <summary>However samples are batched and whatever else is heard in between, a detector says the same.</summary>
public sealed class BatchTests
{
    private static readonly Gen<double> Value = Gen.Frequency(
        (20, Gen.Double[-3, 3]), (3, Gen.Double[-1e6, 1e6]), (2, Gen.Const(1.0)), (1, Gen.OneOf(Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity))));

    // Steps in nanoseconds: regular, none, long, and back.
    private static readonly Gen<long> Step = Gen.Frequency((20, Gen.Const(20_000_000L)), (2, Gen.Const(0L)), (2, Gen.Long[1, 60_000_000_000]), (1, Gen.Long[-5_000_000_000, -1]));

    private static readonly Gen<(double[] Values, RobotTime At)[]> Series = Gen.Select(Value.Array[3], Step).Array[1, 150].Select(samples =>
    {
        var at = 0L;
        return samples.Select(s => (s.Item1, new RobotTime(at += s.Item2))).ToArray();
    });

    private static readonly Learning Slow = new(5);

    private static IEnumerable<TestCaseData<IProbe>> Detectors() =>
    [
        Of("limits", new Limits(-2, 2, 0, 0.5)),
        Of("rate", new RateOfChange(10, 0.05)),
        Of("stuck", new Stuck(0.1, 0.01)),
        Of("stale", new Staleness(0.1)),
        Of("cusum", new Cusum(Baseline.Given(0, 1, Slow))),
        Of("cusum that restarts, learned", new Cusum(Baseline.Learned(10, 0.1, Slow), Restart: true)),
        Of("ewma", new Ewma(Baseline.Given(0, 1, Slow))),
        Of("ewma, learned", new Ewma(Baseline.Learned(10, 0.1, Slow))),
        Of("local level", new LocalLevel(0.1, 1, new(1))),
        Of("mewma", new Mewma(VectorBaseline.Given(Vector<double>.Build.Dense(3), Matrix<double>.Build.DenseIdentity(3), Slow), 0.2, 15)),
        Of("mewma, learned", Mewma.Gate(VectorBaseline.Learned(3, 10, 0.1, Slow), 0.01)),
        Of("joint", new JointTracking(15, 0.5, 0.001, 0.01, new(2))),
        Of("motor", new MotorTemperature(300, 0.02, 24, 0.02, 0.3, new(1))),
    ];

    [TestCaseSource(nameof(Detectors))]
    public void States_BatchedInAnyWay_AreTheSame(IProbe detector) =>
        Gen.Select(Series, Gen.Int[1, 20].Array[1, 40]).Sample((samples, cuts) =>
        {
            var atOnce = detector.Run(samples, [samples.Length]);
            Assert.That(detector.Run(samples, cuts), Is.EqualTo(atOnce));
            Assert.That(detector.Run(samples, [1]), Is.EqualTo(atOnce));
        }, iter: 100);

    /// <summary>One detector, whatever its state's type is.</summary>
    public interface IProbe
    {
        /// <summary>The states after each sample. Between two batches the state is all that is kept, and another series is heard.</summary>
        IReadOnlyList<object> Run((double[] Values, RobotTime At)[] samples, int[] batches);
    }

    private static TestCaseData<IProbe> Of<TState>(string name, IDetector<TState> detector)
        where TState : struct, IDetection => new(new Probe<TState>((in TState state, double[] values, RobotTime at) => detector.Next(state, values[0], at))) { TestName = $"States_BatchedInAnyWay_AreTheSame({name})" };

    private static TestCaseData<IProbe> Of<TState>(string name, IVectorDetector<TState> detector)
        where TState : struct, IDetection => new(new Probe<TState>((in TState state, double[] values, RobotTime at) =>
            detector.Next(state, detector is MotorTemperature ? values.AsSpan(0, 2) : values, at))) { TestName = $"States_BatchedInAnyWay_AreTheSame({name})" };

    private delegate TState Next<TState>(in TState state, double[] values, RobotTime at);

    private sealed class Probe<TState>(Next<TState> next) : IProbe
        where TState : struct, IDetection
    {
        public IReadOnlyList<object> Run((double[] Values, RobotTime At)[] samples, int[] batches)
        {
            var states = new List<object>();
            TState kept = default, other = default;
            for (var (from, batch) = (0, 0); from < samples.Length; batch++)
            {
                var size = batches[batch % batches.Length];
                foreach (var (values, at) in samples.Skip(from).Take(size))
                {
                    kept = next(kept, values, at);
                    states.Add(kept);
                }
                other = next(other, [42, -42, 7], new(batch));
                from += size;
            }
            return states;
        }
    }
}
