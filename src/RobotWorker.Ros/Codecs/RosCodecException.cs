namespace RobotWorker.Ros.Codecs;

/// <summary>Bytes that are not the message that they should be, or a message that does not fit its definition.</summary>
public sealed class RosCodecException : Exception
{
    private RosCodecException(string rosType, string path, int offset, string problem)
        : base($"{rosType}{(path.Length == 0 ? "" : " field " + path)} at byte {offset}: {problem}")
    {
        RosType = rosType;
        FieldPath = path;
        Offset = offset;
        Problem = problem;
    }

    /// <summary>The type of the whole message.</summary>
    public string RosType { get; }

    /// <summary>The field, from the outside in: <c>header.frame_id</c>.</summary>
    public string FieldPath { get; }

    /// <summary>The byte at which it happened, counted from the encapsulation header's first.</summary>
    public int Offset { get; }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }

    internal static RosCodecException At(string field, int offset, string problem) => new("?", field, offset, problem);

    internal RosCodecException Inside(string field) => new(RosType, FieldPath.Length == 0 ? field : $"{field}.{FieldPath}", Offset, Problem);

    internal RosCodecException Of(string rosType) => new(rosType, FieldPath, Offset, Problem);
}
