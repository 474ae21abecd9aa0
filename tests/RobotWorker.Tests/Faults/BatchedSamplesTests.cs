using RobotWorker.Chance;
using RobotWorker.Faults;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Faults;

/// <summary>Telemetry comes as it likes: each message at its instant, or many at once after a pause of the wire. What the monitor notices, and when by the samples' own clock, is the same.</summary>
public sealed class BatchedSamplesTests
{
    private const double Seconds = 60;

    // Every signal that a value can be wrong of, as the catalogue has them; silence is a matter of the watchdog's clock, and a pause shorter than its time is none.
    private static readonly string[] Signals =
        [.. Porter.Faults.ByCode.Values.SelectMany(f => f.Detectors).SelectMany(Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [Test]
    public void Notes_AreTheSame_HoweverTheSamplesAreBatched([Range(1, 12)] int seed)
    {
        var samples = Telemetry(RandomStream.For((ulong)seed, "telemetry", "values"));

        var one = Notes(samples, TimeSpan.Zero, seed);
        Assert.That(one.Count(n => n.Stage == FaultStage.Confirmed), Is.GreaterThan(5), "a robot on which nothing goes wrong shows nothing");
        foreach (var pause in (double[])[0.05, 0.2, 0.4]) Assert.That(Notes(samples, TimeSpan.FromSeconds(pause), seed), Is.EqualTo(one).AsCollection, $"in batches of up to {pause} s");
    }

    private static IEnumerable<string> Of(DetectorRule rule) => rule switch
    {
        DetectorRule.OutOfBounds bounds => bounds.When.Select(g => g.Signal).Append(bounds.Signal).Concat(bounds.Limit.Of is { } of ? [of] : []),
        DetectorRule.Detected detected => detected.When.Select(g => g.Signal).Concat(detected.Signals),
        _ => [],
    };

    /// <summary>Signals at 20 Hz that wander, jump, and get stuck, far enough for their limits.</summary>
    private static List<Sample> Telemetry(RandomStream chance)
    {
        var samples = new List<Sample>();
        var values = new double[Signals.Length];
        for (var step = 0; step < Seconds * 20; step++)
            for (var s = 0; s < Signals.Length; s++)
            {
                if (chance.NextDouble() < 0.02) values[s] = chance.Normal(1) * Math.Pow(10, chance.Uniform(-2, 2));
                else if (chance.NextDouble() < 0.7) values[s] += chance.Normal(0.01);
                samples.Add(new(Signals[s], values[s], RobotTime.FromSeconds(step * 0.05)));
            }
        return samples;
    }

    private static List<FaultNote> Notes(List<Sample> samples, TimeSpan pause, int seed)
    {
        var notes = new List<FaultNote>();
        var loop = new EpisodeLoop(Pace.Virtual);
        using var monitor = new FaultMonitor(Porter.Faults, loop.Time, NoFaultListener.Instance, notes.Add);
        var chance = RandomStream.For((ulong)seed, "telemetry", $"pauses {pause}");
        loop.Run(() => DeliverAsync(samples, pause, chance, monitor, loop));
        return notes;
    }

    private static async Task DeliverAsync(List<Sample> samples, TimeSpan pause, RandomStream chance, FaultMonitor monitor, EpisodeLoop loop)
    {
        for (var next = 0; next < samples.Count;)
        {
            var due = TimeSpan.FromSeconds(samples[next].At.Seconds) + (pause * chance.NextDouble());
            if (due > loop.Elapsed) await Task.Delay(due - loop.Elapsed, loop.Time);
            while (next < samples.Count && samples[next].At.Seconds <= due.TotalSeconds) monitor.Take(samples[next++]);
        }
    }
}
