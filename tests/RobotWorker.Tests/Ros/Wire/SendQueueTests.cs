using System.Text;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Tests.Ros.Wire;

[TestFixture]
public sealed class SendQueueTests
{
    [Test]
    public void TryAdd_NoRoom_TheOldestTelemetryGoesAndIsCounted_CommandsStay()
    {
        var queue = new SendQueue(mostBytes: 40);
        foreach (var name in new[] { "t1", "c1", "t2", "c2" }) Assert.That(queue.TryAdd(Frame(name)));

        Assert.That(queue.TryAdd(Frame("t3")));
        Assert.That(queue.TryAdd(Frame("c3")));

        Assert.That(Taken(queue), Is.EqualTo(["c1", "c2", "t3", "c3"]));
        Assert.That(queue.Dropped, Is.EqualTo(2));
        Assert.That(queue.Bytes, Is.Zero);
    }

    [Test]
    public void TryAdd_OnlyCommandsWait_ACommandIsRefused_AndTelemetryCounted()
    {
        var queue = new SendQueue(mostBytes: 20);
        Assert.That(queue.TryAdd(Frame("c1")) && queue.TryAdd(Frame("c2")));

        Assert.That(queue.TryAdd(Frame("c3")), Is.False, "never dropped in silence");
        Assert.That(queue.TryAdd(Frame("t1")), Is.True);

        Assert.That(Taken(queue), Is.EqualTo(["c1", "c2"]));
        Assert.That(queue.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void Close_TellsWhatTelemetryWaited_AndTakesNothingMore()
    {
        var queue = new SendQueue(mostBytes: 1000);
        foreach (var name in new[] { "t1", "c1", "t2" }) queue.TryAdd(Frame(name));

        Assert.That(queue.Close(), Is.EqualTo(2));

        Assert.That(queue.TryAdd(Frame("t3")), Is.False);
        Assert.That(Taken(queue), Is.Empty);
    }

    [Test]
    public void Take_KeepsTheOrderOverManyRounds()
    {
        var queue = new SendQueue(mostBytes: 100_000);
        var (sent, taken) = (new List<string>(), new List<string>());
        for (var i = 0; i < 2000; i++)
        {
            sent.Add((i % 3 == 0 ? "c" : "t") + i);
            queue.TryAdd(Frame(sent[^1]));
            if (i % 7 == 0) taken.AddRange(Taken(queue, 5));
        }

        taken.AddRange(Taken(queue));
        Assert.That(taken, Is.EqualTo(sent));
    }

    // Ten bytes each.
    private static OutFrame Frame(string name)
    {
        var buffer = FramePool.Rent(16);
        Encoding.ASCII.GetBytes(name.PadRight(10)).CopyTo(buffer, 0);
        return new(buffer, 10, name[0] == 'c' ? FrameKind.Command : FrameKind.Telemetry);
    }

    private static List<string> Taken(SendQueue queue, int most = int.MaxValue)
    {
        var frames = new List<OutFrame>();
        queue.Take(frames, most);
        return [.. frames.Select(frame => Encoding.ASCII.GetString(frame.Bytes.Span).TrimEnd())];
    }
}
