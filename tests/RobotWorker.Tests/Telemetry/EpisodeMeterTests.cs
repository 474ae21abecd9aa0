using System.Diagnostics.Metrics;
using RobotWorker.Telemetry;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using static RobotWorker.Telemetry.TelemetryNames;

namespace RobotWorker.Tests.Telemetry;

[TestFixture]
[NonParallelizable]
public sealed class EpisodeMeterTests
{
    private const string Grasp = "{id: root, sequence: [{id: grasp, skill: pick, args: {object: cup1}}]}";

    private readonly SortedDictionary<string, double> sums = new(StringComparer.Ordinal);
    private readonly List<double> delays = [];
    private MeterListener listener = null!;

    [SetUp]
    public void Listen()
    {
        sums.Clear();
        delays.Clear();
        listener = new() { InstrumentPublished = (instrument, own) => { if (instrument.Meter.Name == Source) own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();
    }

    [TearDown]
    public void Stop() => listener.Dispose();

    [Test]
    public void Fault_ThatHealsByItself_IsCountedWithItsDelay_AndItsRetry()
    {
        var bench = NewBench();
        bench.Robot.On("grasp", 1, new(Hangs: true));
        bench.At(2, () => bench.Worker.FaultConfirmed(Kitchen.FaultOf("GRIPPER_WEAK", bench.Robot.Now) with { RaisedAt = bench.Robot.Now - TimeSpan.FromSeconds(0.15) }));
        bench.At(5, () => Assert.That(sums["fault.active GRIPPER_WEAK gripper critical"], Is.EqualTo(1)));
        bench.At(8, () => bench.Heal("GRIPPER_WEAK"));

        bench.Run(Grasp);

        Assert.That(sums["fault.onsets GRIPPER_WEAK gripper critical"], Is.EqualTo(1));
        Assert.That(sums["fault.active GRIPPER_WEAK gripper critical"], Is.Zero);
        Assert.That(sums["fault.recovered GRIPPER_WEAK robot"], Is.EqualTo(1));
        Assert.That(delays, Is.EqualTo([0.15]));
        Assert.That(sums["retry GRIPPER_WEAK succeeded"], Is.EqualTo(1));
        Assert.That(sums["operating AUTOMATIC"], Is.EqualTo(bench.State.At.TotalSeconds).Within(1e-9));
    }

    [Test]
    public void Fault_ThatAPersonMends_IsTheirs()
    {
        var bench = NewBench();
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));
        bench.Answers.Enqueue("continue");

        bench.Run(Grasp);

        Assert.That(sums["fault.recovered DOOR_OPEN person"], Is.EqualTo(1));
        Assert.That(sums["intervention answer"], Is.EqualTo(1));
    }

    [Test]
    public void Retries_ThatFailTwiceAndThenSucceed_AreTwoFailedAndOneSucceeded()
    {
        var bench = NewBench();
        bench.Robot.On("grasp", 1, Behaviour.Fails("SLIPPED"));
        bench.Robot.On("grasp", 2, Behaviour.Fails("SLIPPED"));

        bench.Run(Grasp);

        Assert.That(sums["retry SLIPPED failed"], Is.EqualTo(1));
        Assert.That(sums["retry SLIPPED succeeded"], Is.EqualTo(1));
    }

    [Test]
    public void Look_ThatShowsNothing_IsAFailedReverification()
    {
        var bench = NewBench();
        bench.Robot.On("grasp", 1, Behaviour.Fails("SLIPPED", then: r => r.Hidden.UnionWith(["holding", "empty", "gripped"])));

        bench.Run(Grasp);

        Assert.That(sums["reverify.failed SLIPPED"], Is.EqualTo(2), "once, and once more from elsewhere");
    }

    [Test]
    public void Link_ThatIsLostForTwoSeconds_IsCountedAndTimed()
    {
        var bench = NewBench();
        bench.At(0.4, bench.Worker.LinkLost);
        bench.At(2.4, bench.Worker.LinkBack);

        bench.Run(Grasp);

        Assert.That(sums["link.lost"], Is.EqualTo(1));
        Assert.That(sums["link.down"], Is.EqualTo(2).Within(1e-9));
    }

    [Test]
    public void Person_WhoTakesTheRobotOver_IsAnIntervention()
    {
        var bench = NewBench();
        bench.At(0.4, () => bench.Worker.ModeChanged(RobotWorker.Execution.OperatingMode.Manual, "a person"));
        bench.At(2, () => bench.Worker.ModeChanged(RobotWorker.Execution.OperatingMode.Automatic, "a person"));
        bench.Answers.Enqueue("continue");

        bench.Run(Grasp);

        Assert.That(sums["intervention mode"], Is.EqualTo(1));
        Assert.That(sums.Keys, Does.Contain("operating MANUAL"));
    }

    [Test]
    public void FaultThatIsActiveAtTheEnd_IsActiveNoMore()
    {
        var bench = NewBench();
        bench.At(0.5, () => bench.Confirm("DOOR_OPEN"));

        bench.Run(Grasp);

        Assert.That(sums["fault.active DOOR_OPEN cell fatal"], Is.Zero);
        Assert.That(sums.Keys, Has.None.StartsWith("fault.recovered"));
    }

    private static Bench NewBench()
    {
        var bench = new Bench(Pace.Virtual) { CheckFold = false };
        bench.Worker.Subscribe(new EpisodeMeter());
        return bench;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name == Metrics.DetectionDelay)
        {
            delays.Add(Math.Round(value, 9));
            return;
        }
        var key = instrument.Name;
        foreach (var tag in tags) key += $" {tag.Value}";
        sums[key] = sums.GetValueOrDefault(key) + value;
    }
}
