using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Time;

/// <summary>How the loop sleeps at wall pace, on clocks of which the test says how long each sleep takes.</summary>
public sealed class WallPaceTests
{
    [Test]
    public void Timers_LessThanAMillisecondApart_NoneIsEarlyOrOutOfOrder()
    {
        var clock = new JumpingClock();
        var late = Lateness(clock, [5.0004, 0.3, 0.7, 1.2001, 1.2, 5, 40]);

        Assert.That(late.Select(l => l.Due), Is.EqualTo([0.3, 0.7, 1.2, 1.2001, 5, 5.0004, 40]).AsCollection);
        Assert.That(late.Select(l => l.Late), Is.All.InRange(0, 2));
    }

    [Test]
    public void Timers_OnTheRealClock_NoneIsEarly() =>
        Assert.That(Lateness(WallClock.Real, [0.3, 1.7, 3.4, 5.1, 6.8, 8.5, 30.2]).Select(l => l.Late), Is.All.GreaterThanOrEqualTo(0));

    [Test]
    public void Sleep_OverTooSoon_TheTimerIsStillNotEarly()
    {
        var sleeps = 0;
        var clock = new SetClock(asked =>
        {
            sleeps++;
            return asked > TimeSpan.FromMilliseconds(1) ? asked / 2 : asked;
        });

        Assert.That(Lateness(clock, [1000]).Single().Late, Is.Zero);
        Assert.That(sleeps, Is.GreaterThan(5), "it slept again and again");
    }

    [Test]
    public void Arrival_InMidSleep_RunsThen_AndTheTimerKeepsItsInstant()
    {
        var log = new List<string>();
        var (loop, clock) = ArrivingAfter(0.3, loop => log.Add($"arrived at {loop.Elapsed.TotalSeconds}"));

        loop.Run(() => Task.Delay(TimeSpan.FromSeconds(1), loop.Time));
        log.Add($"timer at {clock.Now.TotalSeconds}");

        Assert.That(log, Is.EqualTo(["arrived at 0.3", "timer at 1"]).AsCollection);
    }

    [Test]
    public void Arrival_InMidSleep_TheTimerItSetsCountsFromThen()
    {
        var fired = new TaskCompletionSource<double>();
        SetClock? clock = null;
        (var loop, clock) = ArrivingAfter(0.9, loop => loop.Time.CreateTimer(
            _ => fired.TrySetResult(clock!.Now.TotalSeconds), null, TimeSpan.FromSeconds(0.5), Timeout.InfiniteTimeSpan));

        var at = loop.Run(async () =>
        {
            using var other = loop.Time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
            return await fired.Task;
        });

        Assert.That(at, Is.EqualTo(1.4));
    }

    // Each arrival brings another one, as a client does that floods its server: a robot's control period is due all the same.
    [Test]
    public void Flood_OfArrivals_TimersFireAllTheSame()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var arrivals = 0;
        void Arrive()
        {
            arrivals++;
            loop.Inbox.Post(Arrive);
        }

        loop.Inbox.Post(Arrive);
        loop.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), loop.Time);
            await Task.Yield();    // what a timer makes ready must get its turn as well
        });

        Assert.That(arrivals, Is.GreaterThan(16));
    }

    // A period that is always late must not keep a stop from arriving.
    [Test]
    public void Flood_OfTimers_WhatArrivesIsTakenAllTheSame()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var arrived = new TaskCompletionSource();
        ITimer? late = null;
        loop.Run(() =>
        {
            late = loop.Time.CreateTimer(_ => late!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            loop.Inbox.Post(() => loop.Inbox.Post(arrived.SetResult));
            return arrived.Task;
        });

        Assert.That(arrived.Task.IsCompletedSuccessfully);
    }

    [Test]
    public void OutsideWait_NoTimerRuns_WhatFollowsCountsFromTheArrival()
    {
        var clock = new SetClock(asked => asked);
        var loop = new EpisodeLoop(Pace.Wall, wall: clock);

        loop.Run(async () =>
        {
            var answered = new TaskCompletionSource();
            using (loop.ExpectOutside())
            {
                new Thread(() =>
                {
                    clock.Advance(TimeSpan.FromMinutes(1));
                    loop.Inbox.Post(answered.SetResult);
                }).Start();
                await answered.Task;
            }
            await Task.Delay(TimeSpan.FromSeconds(10), loop.Time);
        });

        Assert.That(clock.Now, Is.EqualTo(TimeSpan.FromSeconds(70)));
        Assert.That(loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(70)));
    }

    [Test]
    public void OutsideWait_ATimerRuns_ItFiresMeanwhile()
    {
        var clock = new SetClock(asked => asked);
        var loop = new EpisodeLoop(Pace.Wall, wall: clock);

        loop.Run(async () =>
        {
            using var expected = loop.ExpectOutside();
            await Task.Delay(TimeSpan.FromSeconds(2), loop.Time);
        });

        Assert.That(loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)), "unlike at virtual pace, nobody can hold the clock");
    }

    [TestCase(5)]
    [TestCase(0.5)]
    public void Rate_TheLoopsClockRunsSoMuchFasterThanTheWalls(double rate)
    {
        var clock = new SetClock(asked => asked);
        var loop = new EpisodeLoop(Pace.Wall, wall: clock, rate: rate);

        loop.Run(() => Task.Delay(TimeSpan.FromSeconds(10), loop.Time));

        Assert.That(loop.Elapsed.TotalSeconds, Is.EqualTo(10).Within(1e-6).And.AtLeast(10));
        Assert.That(clock.Now.TotalSeconds, Is.EqualTo(10 / rate).Within(1e-6));
    }

    [Test]
    public void Rate_ATimerIsNeverEarly_AndARunGoesOnWhereTheLastOneEnded()
    {
        var clock = new JumpingClock();
        var loop = new EpisodeLoop(Pace.Wall, wall: clock, rate: 3);

        for (var i = 1; i <= 5; i++)
        {
            loop.Run(() => Task.Delay(TimeSpan.FromMilliseconds(7), loop.Time));
            Assert.That(loop.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(7 * i)));
        }

        Assert.That(loop.Elapsed, Is.EqualTo(clock.Now * 3).Within(TimeSpan.FromMilliseconds(1)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Rate_NotAbove0_IsRefused(double rate) =>
        Assert.That(() => new EpisodeLoop(Pace.Wall, rate: rate), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>In the order of firing: when each timer was due and how late the clock said it was, in milliseconds.</summary>
    private static List<(double Due, double Late)> Lateness(WallClock clock, double[] dues)
    {
        var loop = new EpisodeLoop(Pace.Wall, wall: clock);
        var fired = new List<(double, double)>();
        loop.Run(() =>
        {
            var start = clock.Now - loop.Elapsed;
            return Task.WhenAll(dues.Select(async due =>
            {
                var time = TimeSpan.FromMilliseconds(due);
                var done = new TaskCompletionSource();
                await using var timer = loop.Time.CreateTimer(_ =>
                {
                    fired.Add((due, (clock.Now - start - time).TotalMilliseconds));
                    done.SetResult();
                }, null, time, Timeout.InfiniteTimeSpan);
                await done.Task;
            }));
        });
        return fired;
    }

    /// <summary>A loop in whose first sleep something arrives after a while.</summary>
    private static (EpisodeLoop Loop, SetClock Clock) ArrivingAfter(double seconds, Action<EpisodeLoop> what)
    {
        EpisodeLoop? loop = null;
        var arrived = false;
        var clock = new SetClock(asked =>
        {
            if (arrived) return asked;
            arrived = true;
            loop!.Inbox.Post(() => what(loop));
            return TimeSpan.FromSeconds(seconds);
        });
        loop = new EpisodeLoop(Pace.Wall, wall: clock);
        return (loop, clock);
    }

    /// <param name="sleeping">How long a sleep takes of which it is told how long it shall; it may post to the inbox.</param>
    private sealed class SetClock(Func<TimeSpan, TimeSpan> sleeping) : WallClock
    {
        private long ticks;

        public override TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

        public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

        public override Action? Sleep(TimeSpan time, LoopInbox inbox)
        {
            if (inbox.TryTake(out var there)) return there;
            Advance(sleeping(time));
            return inbox.TryTake(out var arrived) ? arrived : null;
        }
    }
}
