using System.Buffers;
using RobotWorker.Firmware.Links;

namespace RobotWorker.Tests.Firmware.Links;

public sealed class FaultyLinkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    [Test]
    public void NoFaults_EveryByteArrives()
    {
        var (sent, come) = Through(new());

        Assert.That(come, Is.EqualTo(sent));
    }

    [Test]
    public void Flips_AreAboutAsManyAsAsked_OneBitEach()
    {
        var (sent, come) = Through(new(Flip: 0.02));

        var changed = sent.Zip(come).Where(pair => pair.First != pair.Second).ToList();
        // Both ways, so twice.
        Assert.That(changed, Has.Count.InRange(300, 500));
        Assert.That(changed.Select(pair => int.PopCount(pair.First ^ pair.Second)), Has.All.LessThanOrEqualTo(2));
    }

    [Test]
    public void DropsAndDoubles_ChangeTheCount()
    {
        Assert.That(Through(new(Drop: 0.02)).Come, Has.Length.InRange(9500, 9700));
        Assert.That(Through(new(Double: 0.02)).Come, Has.Length.InRange(10_300, 10_500));
    }

    [Test]
    public void SameSeed_SameFaults_OtherSeed_Others()
    {
        var faults = new LinkFaults(Flip: 0.01, Drop: 0.01, Double: 0.01, Burst: 0.002);

        var first = Through(faults, 5).Come;
        Assert.That(Through(faults, 5).Come, Is.EqualTo(first));
        Assert.That(Through(faults, 6).Come, Is.Not.EqualTo(first));
    }

    [Test]
    public void CutAfter_TheLinkIsLostThere()
    {
        var link = new FaultyLink(new MemoryLink("echo", new Echo(), 1_000_000), new(CutAfter: 10), 1);
        link.Write(new byte[10], Soon);

        Assert.That(Assert.Throws<ByteLinkException>(() => link.Write(new byte[1], Soon))!.Failure, Is.EqualTo(ByteLinkFailure.Lost));
    }

    [Test]
    public void Delay_WhatComesIsHeldBackForSoLong()
    {
        var time = new Hand();
        var link = new FaultyLink(new MemoryLink("echo", new Echo(), 1_000_000), new() { Delay = TimeSpan.FromMilliseconds(16) }, 1, time);
        var come = new byte[4];
        link.Write([1, 2, 3], Soon);

        Assert.That(link.Read(come, Soon), Is.Zero, "they have come, and are held");
        time.Now = TimeSpan.FromMilliseconds(15.9);
        Assert.That(link.Read(come, Soon), Is.Zero);
        time.Now = TimeSpan.FromMilliseconds(16);
        Assert.That((link.Read(come, Soon), come[0], come[2]), Is.EqualTo((3, 1, 3)));
    }

    [Test]
    public void Delay_InRealTime_IsWaitedForWithinTheReadersTime()
    {
        var link = new FaultyLink(new MemoryLink("echo", new Echo(), 1_000_000), new() { Delay = TimeSpan.FromMilliseconds(5) }, 1);
        link.Write([1], Soon);

        Assert.That(link.Read(new byte[4], TimeSpan.FromSeconds(2)), Is.EqualTo(1));
    }

    private sealed class Hand : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private static (byte[] Sent, byte[] Come) Through(LinkFaults faults, ulong seed = 1)
    {
        var link = new FaultyLink(new MemoryLink("echo", new Echo(), 1_000_000), faults, seed);
        byte[] sent = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 37))];
        link.Write(sent, Soon);
        var come = new List<byte>();
        var buffer = new byte[100];
        while (link.Read(buffer, Soon) is var count && count > 0) come.AddRange(buffer[..count]);
        return (sent, [.. come]);
    }

    private sealed class Echo : IByteDevice
    {
        public void Receive(ReadOnlySpan<byte> bytes, IBufferWriter<byte> answers) => answers.Write(bytes);
    }
}
