using System.Collections.Concurrent;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Tests.Ros.Wire;

[TestFixture]
public sealed class WebSocketLinkTests
{
    [Test]
    public void Refused_IsTriedAgainAfterTheBackOffsPauses_AndNotBefore()
    {
        var time = new HandTime();
        var events = new Listener();
        var dials = 0;
        using var link = new WebSocketLink(
            (_, _) =>
            {
                Interlocked.Increment(ref dials);
                throw new IOException("connection refused");
            },
            new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), 1 << 20, 1 << 20), time, new Random(1), events);
        link.Start();
        var expected = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), new Random(1));

        for (var attempt = 1; attempt <= 6; attempt++)
        {
            Assert.That(events.Pauses.TryTake(out var lost, TimeSpan.FromSeconds(20)), "each refusal is told");
            Assert.That(lost.Why, Is.EqualTo("connection refused"));
            Assert.That(lost.Pause, Is.EqualTo(expected.Next()));
            Assert.That(time.Waits.TryTake(out _, TimeSpan.FromSeconds(20)), "it waits");
            time.Advance(lost.Pause - TimeSpan.FromMilliseconds(1));
            Assert.That(Volatile.Read(ref dials), Is.EqualTo(attempt), "not before its time");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private sealed class Listener : ILinkEvents
    {
        public BlockingCollection<(string Why, TimeSpan Pause)> Pauses { get; } = [];

        public bool IsFull => false;

        public Task RoomAsync(CancellationToken cancel) => Task.CompletedTask;

        public void Opened(LinkSession session)
        {
        }

        public void Received(LinkSession session, ReadOnlySpan<byte> frame)
        {
        }

        public void Skipped(LinkSession session, long bytes)
        {
        }

        public void Lost(LinkSession? session, string why, TimeSpan nextAttempt) => Pauses.Add((why, nextAttempt));
    }
}
