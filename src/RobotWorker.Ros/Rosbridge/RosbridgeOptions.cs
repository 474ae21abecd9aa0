using System.Security.Cryptography.X509Certificates;
using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>How messages of a subscription are packed on the wire.</summary>
public enum RosbridgeCompression
{
    /// <summary>JSON.</summary>
    None,

    /// <summary>JSON in the pixels of an image: small and slow.</summary>
    Png,

    /// <summary>CBOR with typed arrays: best for large arrays of numbers.</summary>
    Cbor,

    /// <summary>The message as ROS itself serialises it, in CBOR: best for images.</summary>
    CborRaw,
}

/// <summary>How a client of a rosbridge server connects, keeps alive and bounds itself.</summary>
public sealed record RosbridgeOptions
{
    /// <summary>Whose names and fields the server wants; null: it is asked (rosapi).</summary>
    public RosDialect? Dialect { get; init; }

    /// <summary>The dialect of a server that does not say; reported as a problem.</summary>
    public RosDialect DialectOtherwise { get; init; } = RosDialect.Ros2;

    /// <summary>Sent as <c>Authorization: Bearer</c>; null: none.</summary>
    public string? Token { get; init; }

    /// <summary>Whose certificates are believed over <c>wss://</c>, instead of the authorities that this machine trusts; null: those.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>For one attempt to connect.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest silence of a server, which is pinged meanwhile; past it the link counts as lost. At least 400 ms: pings go four times as often.</summary>
    public TimeSpan SilenceDeadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The pause before the second attempt to connect; each later one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between attempts to connect.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seeds the chance by which pauses are shortened, so that not all robots come back at once; give each robot its own.</summary>
    public int JitterSeed { get; init; }

    /// <summary>The most bytes that wait for the socket. Past it the oldest published messages go, and commands are refused.</summary>
    public long MostQueuedBytes { get; init; } = 16 << 20;

    /// <summary>The most bytes of one frame that arrives; a longer one is skipped and reported.</summary>
    public int MostFrameBytes { get; init; } = 64 << 20;

    /// <summary>How many messages may wait for the loop before no more is read from the socket, so that the server is slowed down.</summary>
    public int MostWaitingMessages { get; init; } = 10_000;

    /// <summary>How many bytes of messages may wait for the loop before no more is read.</summary>
    public long MostWaitingBytes { get; init; } = 64 << 20;

    /// <summary>Frames that are longer leave in fragments that carry so many bytes; null: never (servers take 10 MB unless told otherwise).</summary>
    public int? FragmentBytes { get; init; }

    /// <summary>How subscriptions are packed that do not say it themselves.</summary>
    public RosbridgeCompression Compression { get; init; }

    /// <summary>How long the server's rosapi may take to answer.</summary>
    public TimeSpan RosapiDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after the last advertisement or subscription the server is asked whether it took them (it drops bad ones silently).</summary>
    public TimeSpan CheckAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the server's topics are asked for.</summary>
    public TimeSpan TopicsPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a wish to cancel may go unheeded before the action's own cancel service is called on another socket, for all its goals. ROS 2
    /// servers read a cancel only after the goal unless <c>send_action_goals_in_new_thread</c> is set.
    /// </summary>
    public TimeSpan CancelHeededWithin { get; init; } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        Positive(ConnectDeadline, nameof(ConnectDeadline));
        Positive(FirstPause, nameof(FirstPause));
        Positive(RosapiDeadline, nameof(RosapiDeadline));
        Positive(CheckAfter, nameof(CheckAfter));
        Positive(TopicsPeriod, nameof(TopicsPeriod));
        Positive(CancelHeededWithin, nameof(CancelHeededWithin));
        if (SilenceDeadline < TimeSpan.FromMilliseconds(400)) throw new ArgumentException("SilenceDeadline is below 400 ms: a busy machine would look dead");
        if (LongestPause < FirstPause) throw new ArgumentException("LongestPause is shorter than FirstPause");
        if (MostQueuedBytes < 1024 || MostFrameBytes < 1024 || MostWaitingMessages < 1 || MostWaitingBytes < 1024)
            throw new ArgumentException("MostQueuedBytes, MostFrameBytes and MostWaitingBytes are at least 1024, MostWaitingMessages at least 1");
        if (FragmentBytes is < 256) throw new ArgumentException("FragmentBytes is below 256: the envelopes would outweigh what they carry");
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentException($"{name} is {value}; it must be above 0");
    }
}

/// <summary>What a single subscription asks of a rosbridge server beyond its quality of service.</summary>
public sealed record SubscribeOptions
{
    /// <summary>The least time between two messages; 0: all.</summary>
    public TimeSpan Throttle { get; init; }

    /// <summary>How many messages the server keeps for us while it throttles; 0: all. Of several subscriptions to a topic the most generous counts.</summary>
    public int QueueLength { get; init; }

    /// <summary>The most bytes of a frame that the server sends; longer ones come in fragments. Servers keep it for the whole connection. Null: any.</summary>
    public int? FragmentBytes { get; init; }

    /// <summary>How messages are packed; null: as the connection's options say.</summary>
    public RosbridgeCompression? Compression { get; init; }
}
