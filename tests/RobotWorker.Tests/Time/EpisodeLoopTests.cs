using System.Diagnostics;
using RobotWorker.Testing;
using RobotWorker.Time;

namespace RobotWorker.Tests.Time;

public sealed class EpisodeLoopTests
{
    [Test]
    public void Virtual_TimersAndReadyWork_RunByDueTimeThenInOrder()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var log = new List<string>();

        loop.Run(async () =>
        {
            var tasks = new[] { Say("c", 3), Say("a", 1), Say("b1", 2), Say("b2", 2) };
            await Task.Yield();
            log.Add("ready");
            await Task.WhenAll(tasks);
        });

        Assert.That(log, Is.EqualTo(["ready", "a at 1", "b1 at 2", "b2 at 2", "c at 3"]).AsCollection);

        async Task Say(string what, double seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), loop.Time);
            log.Add($"{what} at {loop.Elapsed.TotalSeconds}");
        }
    }

    [Test]
    public void Virtual_AnHour_TakesNoTime()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var clock = Stopwatch.StartNew();
        loop.Run(() => Task.Delay(TimeSpan.FromHours(1), loop.Time));
        Assert.That(loop.Elapsed, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void Wall_ATimer_IsNeverEarly()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var clock = Stopwatch.StartNew();
        loop.Run(() => Task.Delay(TimeSpan.FromMilliseconds(120), loop.Time));
        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(120)));
        Assert.That(loop.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(120)));
    }

    [Test]
    public void Wall_WorkFromAnotherThread_WakesItAtOnce()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var clock = Stopwatch.StartNew();
        loop.Run(async () =>
        {
            var arrived = new TaskCompletionSource();
            new Thread(() =>
            {
                Thread.Sleep(100);      // until the loop is asleep
                loop.Inbox.Post(arrived.SetResult);
            }).Start();
            await Task.WhenAny(arrived.Task, Task.Delay(TimeSpan.FromSeconds(60), loop.Time));
        });
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void Wall_SleepsUntilTheNextTimer_AndWhatArrivesMeanwhileRunsFirst()
    {
        var clock = new JumpingClock();
        var loop = new EpisodeLoop(Pace.Wall, wall: clock);
        var log = new List<string>();
        loop.Run(async () =>
        {
            loop.Inbox.Post(() => log.Add("arrived"));
            await Task.Delay(TimeSpan.FromHours(1), loop.Time);
            log.Add($"an hour, {(loop.Elapsed < TimeSpan.FromHours(1) ? "early" : "not early")}");
        });

        Assert.That(log, Is.EqualTo(["arrived", "an hour, not early"]));
        Assert.That(loop.Elapsed, Is.EqualTo(TimeSpan.FromHours(1)).Within(TimeSpan.FromMilliseconds(2)));
    }

    [Test]
    public void Timer_ChangedOrDisposed_FiresOnlyAsLastSet()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var log = new List<string>();
        loop.Run(async () =>
        {
            using var moved = loop.Time.CreateTimer(_ => log.Add($"moved at {loop.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            moved.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
            loop.Time.CreateTimer(_ => log.Add("disposed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();
            var every = loop.Time.CreateTimer(_ => log.Add($"every at {loop.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5));
            await Task.Delay(TimeSpan.FromSeconds(4), loop.Time);
            await every.DisposeAsync();
            await Task.Delay(TimeSpan.FromSeconds(4), loop.Time);
        });
        Assert.That(log, Is.EqualTo(["every at 1.5", "moved at 2", "every at 3"]).AsCollection);
    }

    [Test]
    public void Exception_OfTheMainTask_ComesOut()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        Assert.That(() => loop.Run(async () =>
        {
            await Task.Yield();
            throw new InvalidDataException("broken");
        }), Throws.InstanceOf<InvalidDataException>());
        Assert.That(SynchronizationContext.Current, Is.Not.SameAs(loop));
    }

    [Test]
    public void Idle_NothingToWaitFor_Throws()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        Assert.That(
            () => loop.Run(() => new TaskCompletionSource().Task),
            Throws.InvalidOperationException.With.Message.Contains("waits for something outside"));
    }

    [Test]
    public void Idle_AnOutsideWaitIsAnnounced_WaitsForTheInbox([Values] Pace pace)
    {
        var loop = new EpisodeLoop(pace);
        var answer = loop.Run(async () =>
        {
            using var expected = loop.ExpectOutside();
            var answered = new TaskCompletionSource<string>();
            new Thread(() => loop.Inbox.Post(() => answered.SetResult("yes"))).Start();
            return await answered.Task;
        });
        Assert.That(answer, Is.EqualTo("yes"));
    }

    [Test]
    public void Virtual_AnOutsideWait_StopsTheClock()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        loop.Run(async () =>
        {
            var late = Task.Delay(TimeSpan.FromSeconds(1), loop.Time);
            var answered = new TaskCompletionSource();
            using (loop.ExpectOutside())
            {
                new Thread(() =>
                {
                    Thread.Sleep(50);
                    loop.Inbox.Post(answered.SetResult);
                }).Start();
                await answered.Task;
            }
            Assert.That(late.IsCompleted, Is.False);
        });
    }

    [Test]
    public void Guard_ConfigureAwaitFalse_IsCaughtWhereItSetsATimer()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var error = Caught(loop, async () =>
        {
            await Task.Run(() => Thread.Sleep(20)).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(1), loop.Time);
        });
        Assert.That(error, Does.Contain("left the episode's thread at CreateTimer"));
    }

    [Test]
    public void Guard_ContinuationsOnThePool_AreCaughtAtTheNextAwait()
    {
        var loop = new EpisodeLoop(Pace.Wall);
        var error = Caught(loop, async () =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            new Thread(() =>
            {
                Thread.Sleep(20);
                source.SetResult();
            }).Start();
            await source.Task.ConfigureAwait(false);
            using var timer = loop.Time.CreateTimer(_ => { }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        });
        Assert.That(error, Does.Contain("left the episode's thread"));
    }

    [Test]
    public void Guard_PostFromAnotherThread_Throws()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var error = "";
        var thread = new Thread(() =>
        {
            try
            {
                loop.Post(_ => { }, null);
            }
            catch (InvalidOperationException e)
            {
                error = e.Message;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(error, Does.Contain("left the episode's thread at a continuation: only Inbox.Post"));
    }

    [Test]
    public void Guard_RunOnAnotherThreadThanItsOwn_Throws()
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        var error = "";
        var thread = new Thread(() =>
        {
            try
            {
                loop.Run(() => Task.CompletedTask);
            }
            catch (InvalidOperationException e)
            {
                error = e.Message;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(error, Does.Contain("left the episode's thread at Run"));
    }

    /// <summary>The message with which the work ends, whichever thread it ended on; the loop is kept waiting meanwhile.</summary>
    private static string Caught(EpisodeLoop loop, Func<Task> work) => loop.Run(async () =>
    {
        using var expected = loop.ExpectOutside();
        var ended = new TaskCompletionSource<string>();
        async Task Watch()
        {
            try
            {
                await work().ConfigureAwait(false);
                loop.Inbox.Post(() => ended.SetResult("no guard fired"));
            }
            catch (InvalidOperationException e)
            {
                loop.Inbox.Post(() => ended.SetResult(e.Message));
            }
        }
        _ = Watch();
        return await ended.Task;
    });
}
