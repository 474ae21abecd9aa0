using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Time;

namespace RobotWorker.Integration.Lines;

/// <summary>When the link fails.</summary>
public enum Moments
{
    Random,

    /// <summary>As a drive begins, so that the silence falls into it.</summary>
    AsDrivesBegin,
}

/// <summary>Lets the link of a served robot fail, several times in a run, from a thread of its own. Times are the robot's.</summary>
/// <param name="kinds">In which ways, in turn.</param>
/// <param name="lasting">How long each; null: for good.</param>
/// <param name="pause">The longest pause before each, in seconds.</param>
internal sealed class Outages(ServedRobot robot, Random chance, Moments moments, int count, WireFaultKind[] kinds, TimeSpan? lasting, double pause) : IDisposable
{
    private const double Stands = 0.05, Drives = 0.3, Heard = 0.5;

    private readonly ManualResetEventSlim over = new(false);
    private readonly List<string> told = [];
    private volatile bool isOn;
    private long endedAt;
    private Thread? thread;

    /// <summary>Each with its moment.</summary>
    public IReadOnlyList<string> Told => told;

    /// <summary>Whether nobody can be waited for: an outage is on, or the worker has not heard the robot since.</summary>
    /// <param name="heard">The robot's clock as the worker last heard it.</param>
    public bool IsAway(RobotTime heard) => isOn || heard.Nanoseconds < Interlocked.Read(ref endedAt);

    public Outages Begin()
    {
        thread = new(Fail) { IsBackground = true, Name = "outages" };
        thread.Start();
        return this;
    }

    public void Dispose()
    {
        over.Set();
        thread?.Join();
    }

    private void Fail()
    {
        for (var i = 0; i < count; i++)
        {
            // One that begins before the worker is back would be the same outage.
            if (!Until(() => robot.SilentSeconds < Heard)) return;
            var at = robot.Now.Seconds + 1 + (pause * chance.NextDouble());
            if (!Until(() => robot.Now.Seconds >= at)) return;
            if (moments == Moments.AsDrivesBegin && !(Until(() => robot.Speed < Stands) && Until(() => robot.Speed > Drives))) return;
            var kind = kinds[i % kinds.Length];
            told.Add($"{robot.Now}: {kind} for {(lasting is { } time ? $"{time.TotalSeconds} s" : "good")} at {robot.Speed:0.00} m/s");
            isOn = true;
            var number = robot.Inject(new FaultOnWire($"{kind}", FaultTrigger.AtOnce, lasting, new(kind))).Number;
            if (!Until(() => robot.Faults[number - 1].EndSeconds is not null)) return;
            Interlocked.Exchange(ref endedAt, robot.Now.Nanoseconds);
            isOn = false;
        }
    }

    private bool Until(Func<bool> holds)
    {
        while (!holds())
            if (over.Wait(5)) return false;
        return true;
    }
}
