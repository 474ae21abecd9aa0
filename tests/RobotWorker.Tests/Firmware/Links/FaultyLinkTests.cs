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
