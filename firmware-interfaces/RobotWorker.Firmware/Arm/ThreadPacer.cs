using System.Collections.Concurrent;
using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using RobotWorker.Ros.Wire;
using RobotWorker.Time;

namespace RobotWorker.Firmware.Arm;

/// <summary>
/// The bus on a thread of its own, at absolute deadlines: a late cycle makes none of the next ones late. A period that was missed is left out, not made up: two goals at once would be a jump. For the same
/// reason a loop that was held up gets the newest readings alone. Goals that the loop has not renewed for <see cref="MostStale"/> are no longer sent, and the servos' own watchdogs, or their last setpoint,
/// stop the arm.
/// </summary>
/// <param name="post">Brings work onto the episode's loop (`loop.Inbox.Post`).</param>
/// <param name="clock">The robot's clock, from any thread: readings are stamped when they are made. A loop that takes them in late would make a slow joint look fast.</param>
public sealed class ThreadPacer(Func<IServoBus> open, TimeProvider time, TimeSpan period, Action<Action> post, Func<RobotTime>? clock = null, ulong seed = 1) : IServoPacer
{
    /// <summary>Five periods at 50 Hz: a pause of the garbage collector is no reason to let go.</summary>
    public static readonly TimeSpan MostStale = TimeSpan.FromMilliseconds(100);

    private readonly ServoCycle cycle = new(open, time, new BackOff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), new Random((int)seed)));
    private readonly ConcurrentQueue<ServoWork> asked = new();
    private readonly ManualResetEventSlim over = new();
    private readonly long[] lateness = new long[4];
    private Thread? thread;
    private volatile Wanted wanted = new([], 0);
    private ServoReadings? newest;

    private sealed record Wanted(ImmutableArray<double> Goals, long Since);

    public ImmutableArray<double> Goals
    {
        set => wanted = new(value, time.GetTimestamp());
    }

    /// <summary>How late cycles began, in periods: [0] up to 0.1, [1] up to 0.5, [2] up to 1, [3] missed.</summary>
    public ImmutableArray<long> Lateness => [.. lateness.Select(count => Interlocked.Read(ref count))];

    public void Start(Action<ServoReadings> onReadings)
    {
        thread = new Thread(() => Live(onReadings)) { IsBackground = true, Name = "servo bus", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    public void Enqueue(ServoWork work) => asked.Enqueue(work);

    public void Dispose()
    {
        over.Set();
        // A thread that still waits for a port closes it when it comes back.
        thread?.Join(TimeSpan.FromSeconds(2));
    }

    private void Live(Action<ServoReadings> onReadings)
    {
        using var closing = cycle;
        var began = time.GetTimestamp();
        var next = TimeSpan.Zero;
        while (true)
        {
            next += period;
            var left = next - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero ? over.Wait(left) : over.IsSet) return;
            var late = (time.GetElapsedTime(began) - next) / period;
            Interlocked.Increment(ref lateness[late switch { <= 0.1 => 0, <= 0.5 => 1, <= 1 => 2, _ => 3 }]);
            if (late > 1) next += period * Math.Floor(late);
            while (asked.TryDequeue(out var work)) cycle.Enqueue(work);
            var done = new List<Action>();
            Post(onReadings, cycle.Run(Current(), (work, refused) => done.Add(() => work.Done?.Invoke(refused))) with { At = clock?.Invoke() });
            foreach (var tell in done) post(tell);
        }
    }

    private void Post(Action<ServoReadings> onReadings, ServoReadings readings)
    {
        if (Interlocked.Exchange(ref newest, readings) is not null) return;
        post(() =>
        {
            if (Interlocked.Exchange(ref newest, null) is { } now) onReadings(now);
        });
    }

    private ImmutableArray<double> Current() => wanted is var (goals, since) && time.GetElapsedTime(since) <= MostStale ? goals : [.. wanted.Goals.Select(_ => double.NaN)];
}
