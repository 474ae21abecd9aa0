namespace RobotWorker.Ros.Wire;

/// <summary>What a link tells its owner, on threads of its own, one call after another.</summary>
internal interface ILinkEvents
{
    /// <summary>Whether what was received before should be taken first; the link then stops reading, and the other side is slowed down.</summary>
    bool IsFull { get; }

    /// <summary>Ends when there is room again.</summary>
    Task RoomAsync(CancellationToken cancel);

    /// <summary>A session began.</summary>
    void Opened(LinkSession session);

    /// <summary>A frame came. The bytes are the link's: they are gone after the call.</summary>
    void Received(LinkSession session, ReadOnlySpan<byte> frame);

    /// <summary>A frame was longer than is allowed, and skipped.</summary>
    void Skipped(LinkSession session, long bytes);

    /// <summary>The session ended, or none could begin (then <paramref name="session"/> is null).</summary>
    void Lost(LinkSession? session, string why, TimeSpan nextAttempt);
}
