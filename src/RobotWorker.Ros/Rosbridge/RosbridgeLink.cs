using System.Runtime.ExceptionServices;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Rosbridge.Protocol;
using RobotWorker.Ros.Wire;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>Says itself to the server at the start of each session.</summary>
internal interface ISpoken
{
    /// <summary>The session is up: say what should be known there.</summary>
    void Say();

    /// <summary>The session is lost: what waited for it ends.</summary>
    void Lost(string why);
}

/// <summary>The connection's side of its link, on the loop: sessions, dialect, ops out, problems and counts.</summary>
internal sealed class RosbridgeLink : ILinkEvents, IDisposable
{
    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(10);

    private readonly RosLoop loop;
    private readonly LoopQueue arrivals;
    private readonly WebSocketLink wire;
    private readonly string address;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly List<ISpoken> spoken = [];
    private readonly HashSet<(RosbridgeProblemCode, string)> reported = [];
    private long lossToldAt;
    private FrameReader? reader;    // the socket's thread's
    private LinkSession? session;
    private long published;
    private long droppedWhileDown;
    private long droppedForRoom;
    private long receivedBefore;
    private long undecodableBefore;
    private long ids;

    public RosbridgeLink(Dial dial, string address, string node, RosLoop loop, RosbridgeOptions options, TimeProvider wireTime)
    {
        this.loop = loop;
        this.address = address;
        Node = node;
        Options = options;
        Dial = dial;
        WireTime = wireTime;
        Dialect = options.Dialect;
        arrivals = new(loop, options.MostWaitingMessages, options.MostWaitingBytes);
        wire = new(
            dial,
            new(options.ConnectDeadline, options.SilenceDeadline, options.FirstPause, options.LongestPause, options.MostQueuedBytes, options.MostFrameBytes),
            wireTime, new Random(options.JitterSeed), this);
    }

    public event Action<LinkState>? Changed;

    public event Action<RosbridgeProblem>? ProblemFound;

    public string Node { get; }

    public RosbridgeOptions Options { get; }

    public Dial Dial { get; }

    public TimeProvider WireTime { get; }

    public TimeProvider Time => loop.Time;

    public LinkState State { get; private set; } = LinkState.Connecting;

    public RosDialect? Dialect { get; private set; }

    public OpTargets Targets { get; } = new();

    public FrameBuilder Builder { get; } = new();

    public List<IMessageTap> Taps { get; } = [];

    public HashSet<string> OfferedActions { get; } = new(StringComparer.Ordinal);

    public long DroppedAsOld { get; set; }

    public RosbridgeCounts Counts => new(
        published,
        receivedBefore + (reader?.Received ?? 0),
        droppedWhileDown,
        droppedForRoom + (session?.Dropped ?? 0),
        DroppedAsOld,
        undecodableBefore + (reader?.Undecodable ?? 0));

    bool ILinkEvents.IsFull => arrivals.IsFull;

    /// <summary>Whether there is a socket, though the server's dialect may not be known yet.</summary>
    public bool IsOpen => session is not null;

    public void Start() => wire.Start();

    public void Later(Action work) => loop.Later(work);

    public void PostFromOutside(Action work) => arrivals.Add(work);

    public void Guard(string what, string name)
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException(
                $"the rosbridge connection left its loop's thread at {what} {name}: it belongs to thread {thread}, this is {Environment.CurrentManagedThreadId}");
    }

    /// <summary>An id that no other call of this connection has.</summary>
    public string NextId(string what) => $"{what}:{Node}:{++ids}";

    /// <summary>A type's name as the server spells it: ROS 1 drops the other spelling silently.</summary>
    public string Spelled(string type) => Dialect == RosDialect.Ros1 ? Ros1Definition.NameOf(type) : type;

    /// <summary>Says it now if the link is up, and at the start of every session.</summary>
    public void Add(ISpoken what)
    {
        spoken.Add(what);
        if (State == LinkState.Up) what.Say();
    }

    public void Remove(ISpoken what) => spoken.Remove(what);

    public OpWriter Op(string op) => new(Builder, op);

    /// <summary>Sends a command. No: there is no link, or no room; the problem is reported.</summary>
    public bool Command(OutFrame frame, string subject)
    {
        if (session is null)
        {
            frame.Return();
            return false;
        }

        if (Send(frame)) return true;
        Report(new(RosbridgeProblemCode.NoRoom, subject, "too much waits for the socket", "the command was not sent and says so; send less, or raise MostQueuedBytes"));
        return false;
    }

    /// <summary>Publishes, or drops and counts.</summary>
    public void Publish(OutFrame frame)
    {
        if (State != LinkState.Up)
        {
            frame.Return();
            DroppedWhileDown();
        }
        else if (Send(frame))
        {
            published++;
        }
        else
        {
            DroppedWhileDown();    // the session has just ended
        }
    }

    public void DroppedWhileDown() => droppedWhileDown++;

    /// <summary>Tells of a problem, once for each subject and session.</summary>
    public void Report(RosbridgeProblem problem)
    {
        if (problem.Code == RosbridgeProblemCode.ServerStatus || reported.Add((problem.Code, problem.Subject))) ProblemFound?.Invoke(problem);
    }

    public void Forget(RosbridgeProblemCode code, string subject) => reported.Remove((code, subject));

    public void Dispose()
    {
        if (State == LinkState.Closed) return;
        State = LinkState.Closed;
        foreach (var one in spoken.ToList()) one.Lost("the connection was disposed");
        wire.Dispose();
        Changed?.Invoke(LinkState.Closed);
    }

    Task ILinkEvents.RoomAsync(CancellationToken cancel) => arrivals.RoomAsync(cancel);

    void ILinkEvents.Opened(LinkSession opened)
    {
        var mine = new FrameReader(Targets, arrivals, Options.MostFrameBytes, problem => arrivals.Add(() => Report(problem))) { Dialect = Dialect ?? Options.DialectOtherwise };
        arrivals.Add(() => Begin(opened, mine));
        Volatile.Write(ref reader, mine);
    }

    void ILinkEvents.Received(LinkSession from, ReadOnlySpan<byte> frame) => Volatile.Read(ref reader)!.Read(frame);

    void ILinkEvents.Skipped(LinkSession from, long bytes) => arrivals.Add(() => Report(new(
        RosbridgeProblemCode.FrameTooLong, address, $"a frame of {bytes} bytes", $"it was skipped; MostFrameBytes is {Options.MostFrameBytes}")));

    void ILinkEvents.Lost(LinkSession? lost, string why, TimeSpan nextAttempt)
    {
        var waiting = lost?.Close() ?? 0;
        var pushedOut = lost?.Dropped ?? 0;
        var last = Interlocked.Exchange(ref reader, null);
        arrivals.Add(() =>
        {
            droppedWhileDown += waiting;
            droppedForRoom += pushedOut;
            receivedBefore += last?.Received ?? 0;
            undecodableBefore += last?.Undecodable ?? 0;
            End(why, nextAttempt);
        });
    }

    private bool Send(OutFrame frame)
    {
        if (Options.FragmentBytes is not { } size || frame.Length <= size) return session!.Send(frame);
        var pieces = FragmentSplitter.Split(frame.Bytes.Span, size, NextId("fragment"));
        frame.Return();
        var sent = true;
        foreach (var piece in pieces) sent &= session!.Send(piece);
        return sent;
    }

    private void Begin(LinkSession opened, FrameReader mine)
    {
        if (State == LinkState.Closed) return;
        session = opened;
        reported.Clear();
        _ = GuardedBeginAsync(opened, mine);
    }

    // What a listener throws ends the loop's run, as from any handler; a task that nobody awaits would swallow it.
    private async Task GuardedBeginAsync(LinkSession opened, FrameReader mine)
    {
        try
        {
            await BeginAsync(opened, mine);
        }
        catch (Exception failure)
        {
            var thrown = ExceptionDispatchInfo.Capture(failure);
            Later(() => thrown.Throw());
        }
    }

    // A session is up once its dialect is known: everything said before would be guessed.
    private async Task BeginAsync(LinkSession opened, FrameReader mine)
    {
        var found = Options.Dialect ?? await DialectQuestion.AskAsync(this);
        if (session != opened || State == LinkState.Closed) return;
        if (found is null)
            Report(new(RosbridgeProblemCode.DialectUnknown, address, "the server's rosapi says neither its version nor its topics", $"{Options.DialectOtherwise} is taken; set Dialect if that is wrong"));
        found ??= Dialect ?? Options.DialectOtherwise;
        if (Dialect is { } before && before != found)
            Report(new(RosbridgeProblemCode.DialectChanged, address, $"{found} where {before} was before", "topics and services go on; make a new connection for actions"));
        Dialect = found;
        mine.Dialect = found.Value;
        State = LinkState.Up;
        foreach (var one in spoken.ToList())
        {
            if (session != opened) return;
            one.Say();
        }

        Changed?.Invoke(LinkState.Up);
    }

    private void End(string why, TimeSpan nextAttempt)
    {
        if (State == LinkState.Closed) return;
        session = null;
        var wasUp = State == LinkState.Up;
        State = LinkState.Connecting;
        // Whoever waits for a robot that does not come back is told so again, now and then.
        if (Time.GetElapsedTime(lossToldAt) >= TellAgain) Forget(RosbridgeProblemCode.LinkLost, address);
        if (!reported.Contains((RosbridgeProblemCode.LinkLost, address))) lossToldAt = Time.GetTimestamp();
        Report(new(RosbridgeProblemCode.LinkLost, address, why, $"it is tried again in {nextAttempt.TotalSeconds:0.##} s"));
        // First that the link is lost, then what that means for each: whoever hears of a call or a goal that it failed must know why, or would try the next one.
        if (wasUp) Changed?.Invoke(LinkState.Connecting);
        var detail = $"the link to {address} was lost: {why}";
        foreach (var one in spoken.ToList()) one.Lost(detail);
    }
}
