using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Firmware.Arm;

/// <summary>The bus on the episode's own loop: for emulated servos at virtual pace, where a cycle takes no time.</summary>
public sealed class LoopPacer(Func<IServoBus> open, TimeProvider time, TimeSpan period, ulong seed = 1) : IServoPacer
{
    private readonly ServoCycle cycle = new(open, time, new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), new Random((int)seed)));
    private ITimer? timer;

    public ImmutableArray<double> Goals { private get; set; } = [];

    public void Start(Action<ServoReadings> onReadings) => timer = time.CreateTimer(_ =>
    {
        var done = new List<Action>();
        onReadings(cycle.Run(Goals, (work, refused) => done.Add(() => work.Done?.Invoke(refused))));
        foreach (var tell in done) tell();
    }, null, period, period);

    public void Enqueue(ServoWork work) => cycle.Enqueue(work);

    public void Dispose()
    {
        timer?.Dispose();
        timer = null;
        cycle.Dispose();
    }
}
