using RobotWorker.Ros.Codecs;

namespace RobotWorker.Ros.Rosbridge.Protocol;

/// <summary>An op's envelope, taken apart: the fields as they stand in the frame, empty where missing.</summary>
internal ref struct JsonOp
{
    public ReadOnlySpan<byte> Op;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Topic;
    public ReadOnlySpan<byte> Service;
    public ReadOnlySpan<byte> Action;
    public ReadOnlySpan<byte> Msg;
    public ReadOnlySpan<byte> Values;
    public ReadOnlySpan<byte> Args;
    public ReadOnlySpan<byte> Result;
    public ReadOnlySpan<byte> Status;
    public ReadOnlySpan<byte> Level;
    public ReadOnlySpan<byte> Data;
    public ReadOnlySpan<byte> Num;
    public ReadOnlySpan<byte> Total;
    public ReadOnlySpan<byte> Feedback;

    /// <summary>Takes the next op of a frame, which may hold several one behind the other.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="at">Where to start; then the place behind it.</param>
    /// <param name="op">The op.</param>
    /// <returns>False at the end of the frame.</returns>
    /// <exception cref="RosCodecException">It is no JSON object.</exception>
    public static bool TryNext(ReadOnlySpan<byte> frame, ref int at, out JsonOp op)
    {
        op = default;
        at = JsonSlices.SkipSpace(frame, at);
        if (at >= frame.Length) return false;
        if (frame[at] != '{') throw RosCodecException.At("op", at, "an op is a JSON object");
        at = JsonSlices.SkipSpace(frame, at + 1);
        while (at < frame.Length && frame[at] != '}')
        {
            if (frame[at] != '"') throw RosCodecException.At("op", at, "a field's name is missing");
            var end = JsonSlices.EndOfString(frame, at);
            var name = frame[(at + 1)..(end - 1)];
            at = JsonSlices.SkipSpace(frame, end);
            if (at >= frame.Length || frame[at] != ':') throw RosCodecException.At("op", at, "':' is missing");
            at = JsonSlices.SkipSpace(frame, at + 1);
            end = JsonSlices.EndOfValue(frame, at);
            op.Keep(name, frame[at..end]);
            at = JsonSlices.SkipSpace(frame, end);
            if (at < frame.Length && frame[at] == ',') at = JsonSlices.SkipSpace(frame, at + 1);
            else if (at < frame.Length && frame[at] != '}') throw RosCodecException.At("op", at, "',' or '}' is missing");
        }

        if (at++ >= frame.Length) throw RosCodecException.At("op", frame.Length, "the op does not end");
        return true;
    }

    /// <summary>Whether the op is this one, in quotes.</summary>
    public readonly bool Is(ReadOnlySpan<byte> quoted) => Op.SequenceEqual(quoted);

    private void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("op"u8)) Op = value;
        else if (name.SequenceEqual("topic"u8)) Topic = value;
        else if (name.SequenceEqual("msg"u8)) Msg = value;
        else if (name.SequenceEqual("id"u8)) Id = value;
        else if (name.SequenceEqual("values"u8)) Values = value;
        else if (name.SequenceEqual("result"u8)) Result = value;
        else if (name.SequenceEqual("service"u8)) Service = value;
        else if (name.SequenceEqual("args"u8)) Args = value;
        else if (name.SequenceEqual("action"u8)) Action = value;
        else if (name.SequenceEqual("status"u8)) Status = value;
        else if (name.SequenceEqual("data"u8)) Data = value;
        else if (name.SequenceEqual("num"u8)) Num = value;
        else if (name.SequenceEqual("total"u8)) Total = value;
        else if (name.SequenceEqual("level"u8)) Level = value;
        else if (name.SequenceEqual("feedback"u8)) Feedback = value;
    }
}
