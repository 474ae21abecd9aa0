using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Wire;
using static RobotWorker.Ros.Rosbridge.RosbridgeProblemCode;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>
/// Takes frames apart on the socket's thread: text and binary, several ops in one, fragments and images. What it cannot read it reports; nothing
/// that a server sends stops it.
/// </summary>
internal sealed class FrameReader(OpTargets targets, LoopQueue arrivals, int mostBytes, Action<RosbridgeProblem> report)
{
    // An image or a fragment may hold another op, but not for ever.
    private const int DeepestWrapping = 3;

    private readonly FragmentJoiner fragments = new(mostBytes);
    private long received;
    private long undecodable;

    /// <summary>Whose names and fields the server uses; set before anything is subscribed.</summary>
    public RosDialect Dialect { get; set; }

    public long Received => Interlocked.Read(ref received);

    public long Undecodable => Interlocked.Read(ref undecodable);

    /// <summary>Reads a frame.</summary>
    public void Read(ReadOnlySpan<byte> frame) => Read(frame, 0);

    private void Read(ReadOnlySpan<byte> frame, int wrapping)
    {
        if (wrapping > DeepestWrapping)
        {
            Bad("ops are wrapped in one another too deeply");
            return;
        }

        try
        {
            // A CBOR map starts with 0xA0 to 0xBF, JSON text never does; JSON may come in binary frames all the same.
            if (frame.Length > 0 && frame[0] is >= 0xA0 and <= 0xBF) ReadCbor(frame);
            else
                for (var at = 0; JsonOp.TryNext(frame, ref at, out var op);) ReadJson(op, wrapping);
        }
        catch (RosCodecException wrong)
        {
            Bad(wrong.Problem);
        }
    }

    private void ReadJson(in JsonOp op, int wrapping)
    {
        if (op.Is("\"publish\""u8)) Publish(op);
        else if (op.Is("\"service_response\""u8)) Give(targets.Calls, op.Id, op, "a call's response");
        else if (op.Is("\"call_service\""u8)) Give(targets.Services, op.Service, op, "a request");
        else if (op.Is("\"action_feedback\""u8) || op.Is("\"action_result\""u8)) Give(targets.Goals, op.Id, op, "an action's answer");
        else if (op.Is("\"send_action_goal\""u8) || op.Is("\"cancel_action_goal\""u8)) Give(targets.Actions, op.Action, op, "a goal");
        else if (op.Is("\"fragment\""u8)) Join(op, wrapping);
        else if (op.Is("\"png\""u8)) Read(PngText.Read(Unpacked(op), mostBytes), wrapping + 1);
        else if (op.Is("\"status\""u8))
            report(new(ServerStatus, EnvelopeText.Read(op.Level) ?? "status", EnvelopeText.Read(op.Msg) ?? "", "the server dropped something; see its log"));
        else Bad($"the op {Encoding.UTF8.GetString(op.Op)} is not known");
    }

    private void Publish(in JsonOp op)
    {
        if (FindTopic(op.Topic) is not { } topic) return;    // unsubscribed meanwhile
        object? message;
        try
        {
            message = topic.Decode(op, Dialect);
        }
        catch (RosCodecException wrong)
        {
            Unreadable(EnvelopeText.Read(op.Topic)!, wrong);
            return;
        }

        Interlocked.Increment(ref received);
        arrivals.Add(topic, message, op.Msg.Length);
    }

    private void ReadCbor(ReadOnlySpan<byte> frame)
    {
        var op = CborOp.Read(frame);
        if (op.Op != "publish" || !targets.Topics.TryGetValue(op.Topic, out var topic)) return;
        object? message;
        try
        {
            message = topic.Decode(op, Dialect);
        }
        catch (RosCodecException wrong)
        {
            Unreadable(op.Topic, wrong);
            return;
        }

        Interlocked.Increment(ref received);
        arrivals.Add(topic, message, op.Msg.Length);
    }

    private void Give(ConcurrentDictionary<string, OpTarget> table, ReadOnlySpan<byte> key, in JsonOp op, string what)
    {
        if (EnvelopeText.Read(key) is not { } name || !table.TryGetValue(name, out var target)) return;    // late: nobody waits any more
        try
        {
            arrivals.Add(target, target.Decode(op, Dialect), op.Values.Length + op.Args.Length);
        }
        catch (RosCodecException wrong)
        {
            Unreadable($"{what} of {name}", wrong);
        }
    }

    // Topics are looked up without making a string: this is the path of every message.
    private TopicTarget? FindTopic(ReadOnlySpan<byte> quoted)
    {
        if (quoted.Length is < 2 or > 512 || quoted[0] != '"' || quoted.Contains((byte)'\\'))
            return EnvelopeText.Read(quoted) is { } name ? targets.Topics.GetValueOrDefault(name) : null;
        Span<char> text = stackalloc char[quoted.Length];
        return Encoding.UTF8.TryGetChars(quoted[1..^1], text, out var length)
            && targets.Topics.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var topic) ? topic : null;
    }

    private void Join(in JsonOp op, int wrapping)
    {
        var forgotten = fragments.Forgotten;
        var whole = fragments.Take(op);
        if (fragments.Forgotten > forgotten)
            report(new(FragmentsForgotten, EnvelopeText.Read(op.Id) ?? "", "fragments filled all the room before an op was whole", "its message is lost; the server should send all pieces"));
        if (whole is not null) Read(whole, wrapping + 1);
    }

    private static byte[] Unpacked(in JsonOp op)
    {
        var text = Encoding.UTF8.GetBytes(EnvelopeText.Read(op.Data) ?? "");
        return Base64.DecodeFromUtf8InPlace(text, out var length) == System.Buffers.OperationStatus.Done
            ? text[..length]
            : throw RosCodecException.At("data", 0, "is no base64");
    }

    private void Unreadable(string subject, RosCodecException wrong)
    {
        Interlocked.Increment(ref undecodable);
        report(new(RosbridgeProblemCode.Undecodable, subject, wrong.Message, "the message is dropped; check that both sides have the same definition of its type"));
    }

    private void Bad(string problem)
    {
        Interlocked.Increment(ref undecodable);
        report(new(BadFrame, "frame", problem, "the rest of the frame is dropped"));
    }

}
