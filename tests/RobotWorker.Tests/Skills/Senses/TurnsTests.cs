using RobotWorker.Skills.Senses;
using RobotWorker.Tests.Ros;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>One looks after another.</summary>
public sealed class TurnsTests
{
    [Test]
    public void Take_TakenAlready_WaitsInOrder() => OnLoop.Run(async world =>
    {
        var turns = new Turns();
        var order = new List<string>();
        async Task Look(string name, double seconds)
        {
            using var turn = await turns.TakeAsync(default);
            order.Add($"{name} begins at {world.Loop.Elapsed.TotalSeconds:0}");
            await world.Seconds(seconds);
        }

        await Task.WhenAll(Look("first", 2), Look("second", 3), Look("third", 1));

        Assert.That(order, Is.EqualTo(["first begins at 0", "second begins at 2", "third begins at 5"]));
    });

    [Test]
    public void Take_GaveUpWaiting_IsPassedOver() => OnLoop.Run(async world =>
    {
        var turns = new Turns();
        var first = await turns.TakeAsync(default);
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1), world.Time);
        var second = turns.TakeAsync(impatient.Token);
        var third = turns.TakeAsync(default);
        await world.Seconds(2);
        first.Dispose();

        await Assert.ThatAsync(() => second, Throws.InstanceOf<OperationCanceledException>());
        (await third).Dispose();
        (await turns.TakeAsync(default)).Dispose();
    });

    [Test]
    public void End_Twice_EndsOnlyItsOwnTurn() => OnLoop.Run(async world =>
    {
        var turns = new Turns();
        var first = await turns.TakeAsync(default);
        first.Dispose();
        using var second = await turns.TakeAsync(default);
        first.Dispose();
        var third = turns.TakeAsync(default);
        await world.Seconds(1);

        Assert.That(third.IsCompleted, Is.False);
    });
}
