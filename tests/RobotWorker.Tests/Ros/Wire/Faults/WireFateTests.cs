using RobotWorker.Chance;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Tests.Ros.Wire.Faults;

/// <summary>What becomes of a message under the faults of the moment: pure.</summary>
public sealed class WireFateTests
{
    private static readonly WireFault Delay = new(WireFaultKind.Delay) { Delay = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.FromMilliseconds(40) };

    [Test]
    public void NoFault_ArrivesWholeOnceAtOnce() => Assert.That(Fate([], 0), Is.EqualTo(WireFate.Untouched));

    [Test]
    public void Delay_IsUniformWithinItsJitter()
    {
        var delays = Enumerable.Range(0, 1000).Select(n => Fate([Delay], n).Delay.TotalMilliseconds).ToList();

        Assert.That(delays, Has.All.InRange(60, 140));
        Assert.That((delays.Min(), delays.Max()), Is.EqualTo((60.0, 140.0)).Using<(double A, double B)>((a, b) => Math.Abs(a.A - b.A) < 2 && Math.Abs(a.B - b.B) < 2));
        Assert.That(delays.Average(), Is.EqualTo(100).Within(3));
        Assert.That(Fate([Delay], 1).IsOvertaken, Is.False);
    }

    [Test]
    public void Delay_WhoseJitterIsLargerThanItself_IsNeverNegative() =>
        Assert.That(Enumerable.Range(0, 100).Select(n => Fate([Delay with { Jitter = TimeSpan.FromSeconds(1) }], n).Delay), Has.All.GreaterThanOrEqualTo(TimeSpan.Zero));

    [TestCase(WireFaultKind.Drop, 0)]
    [TestCase(WireFaultKind.Duplicate, 2)]
    public void DropAndDuplicate_StrikeSoManyAsTheirProbabilitySays(WireFaultKind kind, int copies)
    {
        var struck = Enumerable.Range(0, 2000).Count(n => Fate([new(kind) { Probability = 0.2 }], n).Copies == copies);

        Assert.That(struck, Is.EqualTo(400).Within(60));
    }

    [Test]
    public void Reorder_IsHeldBackAndMayBeOvertaken()
    {
        var fate = Fate([new(WireFaultKind.Reorder) { Delay = TimeSpan.FromMilliseconds(50) }], 0);

        Assert.That((fate.Delay, fate.IsOvertaken), Is.EqualTo((TimeSpan.FromMilliseconds(50), true)));
    }

    [Test]
    public void Corrupt_FlipsSoManyBitsWithinThePayload()
    {
        var flips = Enumerable.Range(0, 100).SelectMany(n => Fate([new(WireFaultKind.Corrupt) { Bytes = 3 }], n, payload: 10).Flips).ToList();

        Assert.That(flips, Has.Count.EqualTo(300).And.All.InRange(0, 79));
        Assert.That(Fate([new(WireFaultKind.Corrupt) { Bytes = 3 }], 0, payload: 0).Flips, Is.Empty);
    }

    [TestCase(WireFaultKind.Stall)]
    [TestCase(WireFaultKind.HalfOpen)]
    [TestCase(WireFaultKind.Cut)]
    public void FaultsOfConnections_LeaveMessagesAlone(WireFaultKind kind) => Assert.That(Fate([new(kind)], 0), Is.EqualTo(WireFate.Untouched));

    [Test]
    public void Direction_TheOtherOne_IsNotConcerned() =>
        Assert.That(Fate([new(WireFaultKind.Drop) { Direction = WireDirection.ToRobot }], 0), Is.EqualTo(WireFate.Untouched));

    [Test]
    public void Names_AnotherTopic_IsNotConcerned()
    {
        WireFault fault = new(WireFaultKind.Drop) { Names = ["/odom"] };

        Assert.That((Fate([fault], 0, "/odom").Copies, Fate([fault], 0, "/tf").Copies), Is.EqualTo((0, 1)));
    }

    [Test]
    public void WhatSetsAConnectionUp_IsOnlyDelayed()
    {
        var fate = Fate([Delay, new(WireFaultKind.Drop), new(WireFaultKind.Corrupt), new(WireFaultKind.Duplicate)], 0, name: null);

        Assert.That(fate, Is.EqualTo(WireFate.Untouched with { Delay = fate.Delay }));
        Assert.That(fate.Delay, Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void Faults_SeveralAtOnce_AddUp()
    {
        var fate = Fate([Delay with { Jitter = TimeSpan.Zero }, new(WireFaultKind.Duplicate), new(WireFaultKind.Reorder) { Delay = WireFault.HeldBack }], 0);

        Assert.That((fate.Copies, fate.Delay, fate.IsOvertaken), Is.EqualTo((2, TimeSpan.FromMilliseconds(150), true)));
    }

    [Test]
    public void SameKey_SameFate() => Assert.That(
        Enumerable.Range(0, 50).Select(n => Fate([Delay, new(WireFaultKind.Drop) { Probability = 0.5 }], n)),
        Is.EqualTo(Enumerable.Range(0, 50).Select(n => Fate([Delay, new(WireFaultKind.Drop) { Probability = 0.5 }], n))));

    private static WireFate Fate(WireFault[] active, int message, string? name = "/odom", int payload = 100) => WireFate.Of(
        [.. active], WireDirection.FromRobot, name, payload, fault => RandomStream.For(1, "test", $"{message}/{fault}").NextDouble);
}
