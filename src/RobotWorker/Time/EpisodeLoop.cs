namespace RobotWorker.Time;

/// <summary>How the loop's clock moves: jumping to the next timer, or sleeping until it is due.</summary>
public enum Pace
{
    Virtual,
    Wall,
}

/// <summary>
/// Owns an episode: one thread, a queue of ready work (first in, first out) and timers (by due time, then by sequence).
/// Executor, skills, action clients, fault monitor and simulated robot all live on it, at both paces, without locks.
/// </summary>
/// <remarks>
/// Ready work always goes before timers, so a run at virtual pace depends on nothing but its inputs. Work from other
/// threads enters through <see cref="Inbox"/> alone; everything else that arrives on another thread is an error that names itself.
/// </remarks>
public sealed class EpisodeLoop : SynchronizationContext
{
    private const int MostInARow = 16;

    private readonly Queue<(SendOrPostCallback Work, object? State)> ready = new();
    private readonly PriorityQueue<LoopTimer, (long Due, long Sequence)> timers = new();
    private readonly LoopInbox inbox = new();
    private readonly LoopTimeProvider time;
    private readonly WallClock wall;
    private readonly double rate;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private long nowTicks;
    private long sequence;
    private TimeSpan wallStart;
    private int outsideWaits;
    private int turnsBeforeTimers;
    private int arrivalsInARow;

    /// <param name="pace">Virtual for simulation and tests, wall for a robot of metal.</param>
    /// <param name="start">What the clock shows at the start; the default keeps virtual runs reproducible.</param>
    /// <param name="wall">The clock behind <see cref="Pace.Wall"/>.</param>
    /// <param name="rate">At wall pace: seconds of the loop in a second of the wall, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not above 0, or no number.</exception>
    public EpisodeLoop(Pace pace, DateTimeOffset? start = null, WallClock? wall = null, double rate = 1)
    {
        if (!(rate > 0 && double.IsFinite(rate))) throw new ArgumentOutOfRangeException(nameof(rate), rate, "a rate is above 0");
        this.rate = rate;
        Pace = pace;
        this.wall = wall ?? WallClock.Real;
        Start = start ?? DateTimeOffset.UnixEpoch;
        time = new LoopTimeProvider(this);
    }

    public Pace Pace { get; }

    public DateTimeOffset Start { get; }

    /// <summary>The loop's clock and timers: hand it to everything that waits.</summary>
    public TimeProvider Time => time;

    /// <summary>The one door through which another thread may enter.</summary>
    public LoopInbox Inbox => inbox;

    /// <summary>Loop time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(nowTicks);

    /// <summary>Runs <paramref name="main"/> and everything that it starts, on this thread, until it ends. The one place that blocks on async code.</summary>
    /// <exception cref="InvalidOperationException">Something left the episode's thread, or waits for something that nobody on the loop will do.</exception>
    public T Run<T>(Func<Task<T>> main)
    {
        Guard("Run");
        var before = Current;
        SetSynchronizationContext(this);
        wallStart = wall.Now - OnWall(Elapsed);
        try
        {
            var task = main();
            while (!task.IsCompleted) Turn();
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Run(Func<Task> main) => Run(async () =>
    {
        await main();
        return true;
    });

    public override void Post(SendOrPostCallback d, object? state)
    {
        Guard("a continuation");
        ready.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Guard("Send");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Says that something outside (a terminal, a socket, a child process) will post to the inbox, so that idleness is no error meanwhile.</summary>
    public IDisposable ExpectOutside()
    {
        outsideWaits++;
        return new Expectation(this);
    }

    internal void Guard(string what)
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException($"left the episode's thread at {what}: only Inbox.Post may be called from another thread");
    }

    internal void Schedule(LoopTimer timer, TimeSpan due) =>
        timers.Enqueue(timer, (nowTicks + Math.Max(0, due.Ticks), timer.Version = ++sequence));

    private void Turn()
    {
        // One piece of work a turn: any of it may be the last that the main task waited for.
        if (Pace == Pace.Wall && ++turnsBeforeTimers > MostInARow && FireDue()) return;
        if ((arrivalsInARow < MostInARow || ready.Count == 0 || Pace == Pace.Virtual) && inbox.TryTake(out var arrived))
        {
            arrivalsInARow++;
            Arrive(arrived);
            return;
        }
        if (ready.TryDequeue(out var next))
        {
            if (arrivalsInARow > 0) arrivalsInARow--;    // in a lasting flood they take turns, one and one
            next.Work(next.State);
            return;
        }
        ReadWallClock();
        DropStaleTimers();
        if (timers.TryPeek(out _, out var key)) WaitFor(key.Due);
        else if (outsideWaits > 0) Arrive(inbox.TryTake(out var awaited, Timeout.Infinite) ? awaited : throw new InvalidOperationException("a wait without end ended"));
        else throw new InvalidOperationException("waits for something outside: nothing is ready, no timer runs, and nobody announced an outside wait");
    }

    // At wall pace a flood from outside, or work that makes more work, must not hold up what is due: a robot's control period, a deadline. Nor may timers that are
    // always late hold up what arrives: so many of the one, then so many of the other.
    private bool FireDue()
    {
        ReadWallClock();
        DropStaleTimers();
        if (turnsBeforeTimers <= 2 * MostInARow && timers.TryPeek(out _, out var key) && key.Due <= nowTicks)
        {
            timers.Dequeue().Fire();
            return true;
        }
        turnsBeforeTimers = 0;
        return false;
    }

    private void WaitFor(long due)
    {
        // At virtual pace an announced outside wait (a person, a child process) goes before the clock: time stands still for it.
        if (Pace == Pace.Virtual && outsideWaits > 0 && inbox.TryTake(out var work, Timeout.Infinite))
        {
            Arrive(work);
            return;
        }
        if (Pace == Pace.Wall && due > nowTicks)
        {
            if (wall.Sleep(OnWall(TimeSpan.FromTicks(due - nowTicks)), inbox) is { } arrived) Arrive(arrived);
            return;
        }
        nowTicks = Math.Max(nowTicks, due);
        timers.Dequeue().Fire();
    }

    // The clock is read first: a timer that the work sets counts from its arrival, not from when the loop went to sleep.
    private void Arrive(Action work)
    {
        ReadWallClock();
        work();
    }

    private void ReadWallClock()
    {
        if (Pace == Pace.Wall) nowTicks = Math.Max(nowTicks, OnLoop(wall.Now - wallStart).Ticks);
    }

    // At rate 1 exactly the same: no timer's instant moves by a rounding. Sleeps are rounded up, so that none ends before its timer is due.
    private TimeSpan OnLoop(TimeSpan onWall) => rate == 1 ? onWall : onWall * rate;

    private TimeSpan OnWall(TimeSpan onLoop) => rate == 1 ? onLoop : TimeSpan.FromTicks((long)Math.Ceiling(onLoop.Ticks / rate));

    private void DropStaleTimers()
    {
        while (timers.TryPeek(out var timer, out var key) && timer.Version != key.Sequence) timers.Dequeue();
    }

    private sealed class Expectation(EpisodeLoop loop) : IDisposable
    {
        private bool over;

        public void Dispose()
        {
            loop.Guard("an outside wait's end");
            if (over) return;
            over = true;
            loop.outsideWaits--;
        }
    }
}
