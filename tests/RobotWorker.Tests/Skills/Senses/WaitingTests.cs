using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class WaitingTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    [Test]
    public void Until_SensedInTime_IsTrueAtThatMoment() => OnLoop.Run(async world =>
    {
        var waiting = new Waiting(world.Time);
        var seen = false;
        var wait = waiting.UntilAsync(() => seen, Deadline, default);
        await world.Seconds(1.5);
        seen = true;
        waiting.Changed();

        Assert.That(await wait, Is.True);
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
    });

    [Test]
    public void Until_NothingTellsOfAChange_IsNotLookedAtAgain() => OnLoop.Run(async world =>
    {
        var waiting = new Waiting(world.Time);
        var looks = 0;

        Assert.That(await waiting.UntilAsync(() => ++looks > 1, Deadline, default), Is.False);
        Assert.That(looks, Is.EqualTo(1), "it looks when a sense has taken something in, and never by a clock");
        Assert.That(world.Loop.Elapsed, Is.EqualTo(Deadline));
    });

    [Test]
    public void Until_TheDeadlinePassed_NobodyAsksAgain() => OnLoop.Run(async world =>
    {
        var waiting = new Waiting(world.Time);
        var looks = 0;
        await waiting.UntilAsync(() => ++looks < 0, Deadline, default);
        waiting.Changed();

        Assert.That(looks, Is.EqualTo(1));
    });

    [Test]
    public void Until_Cancelled_Throws() => OnLoop.Run(async world =>
    {
        var waiting = new Waiting(world.Time);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), world.Time);

        await Assert.ThatAsync(() => waiting.UntilAsync(() => false, Deadline, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(world.Loop.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
    });

    [Test]
    public void Until_CancelledBefore_ThrowsEvenIfItIsSensed() => OnLoop.Run(world => Assert.ThatAsync(
        () => new Waiting(world.Time).UntilAsync(() => true, Deadline, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>()));

    [Test]
    public void Changed_SeveralWait_EachGoesOnByItsOwnSense() => OnLoop.Run(async world =>
    {
        var waiting = new Waiting(world.Time);
        var level = 0;
        var waits = Enumerable.Range(1, 3).Select(wanted => waiting.UntilAsync(() => level >= wanted, Deadline, default)).ToList();
        level = 2;
        waiting.Changed();
        await world.Settle();
        Assert.That(waits.Select(w => w.IsCompleted), Is.EqualTo([true, true, false]));

        level = 3;
        waiting.Changed();
        Assert.That(await Task.WhenAll(waits), Has.All.True);
    });
}
