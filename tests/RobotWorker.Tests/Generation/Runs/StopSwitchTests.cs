using RobotWorker.Generation.Runs;
using RobotWorker.Time;

namespace RobotWorker.Tests.Generation.Runs;

/// <summary>Ctrl-C may come at any moment.</summary>
public sealed class StopSwitchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [TestCase(1, TestName = "Press_BeforeTheRunIsThere_IsKept")]
    [TestCase(2, TestName = "Press_Twice_IsOneStop")]
    public void PressBefore(int times)
    {
        var stop = new StopSwitch();
        for (var i = 0; i < times; i++) stop.Press();

        Assert.That(StopsAfter(stop, () => { }), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Press_FromAnotherThread_StopsTheRunOnItsOwn()
    {
        var stop = new StopSwitch();
        var stopped = StopsAfter(stop, () =>
        {
            var presser = new Thread(stop.Press);
            presser.Start();
            presser.Join();
        });

        Assert.That(stopped, Is.LessThan(Long));
    }

    [Test]
    public void NotPressed_TheRunGoesOn() => Assert.That(StopsAfter(new(), () => { }), Is.EqualTo(Long));

    [Test]
    public void Press_AfterTheRun_TouchesNothing()
    {
        var stop = new StopSwitch();
        StopsAfter(stop, () => { });

        Assert.That(stop.Press, Throws.Nothing, "the run's token source is disposed by now");
    }

    private static TimeSpan StopsAfter(StopSwitch stop, Action wired)
    {
        var loop = new EpisodeLoop(Pace.Virtual);
        return loop.Run(async () =>
        {
            using var source = new CancellationTokenSource();
            stop.Wire(loop.Inbox, source);
            wired();
            try
            {
                await Task.Delay(Long, loop.Time, source.Token);
            }
            catch (OperationCanceledException)
            {
                // What the test is about.
            }
            stop.Unwire();
            return loop.Elapsed;
        });
    }
}
