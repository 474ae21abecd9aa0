using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Firmware.Arm;

/// <summary>The bus on the episode's own loop: for emulated servos at virtual pace, where a cycle takes no time.</summary>
public sealed class LoopPacer(Func<IServoBus> open, TimeProvider time, TimeSpan period, ulong seed = 1) : IServoPacer
{
    private readonly ServoCycle cycle = new(open, time, new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), new Random((int)seed)));
    private readonly List<Action<IServoBus>> work = [];
    private ITimer? timer;

    public ImmutableArray<double> Goals { private get; set; } = [];

    public void Start(Action<ServoReadings> onReadings) => timer = time.CreateTimer(_ =>
    {
        Action<IServoBus>[] now = [.. work];
        work.Clear();
        onReadings(cycle.Run(Goals, now));
    }, null, period, period);

    public void Enqueue(Action<IServoBus> work) => this.work.Add(work);

    public void Dispose()
    {
        timer?.Dispose();
        timer = null;
    }
}
