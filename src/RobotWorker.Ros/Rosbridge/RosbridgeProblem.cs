namespace RobotWorker.Ros.Rosbridge;

/// <summary>What can go wrong between a rosbridge client and its server without anybody failing.</summary>
public enum RosbridgeProblemCode
{
    /// <summary>There is no link: it could not be made, or was lost; it is tried again.</summary>
    LinkLost,

    /// <summary>The server does not say whether it speaks for ROS 1 or ROS 2.</summary>
    DialectUnknown,

    /// <summary>The server speaks another dialect than before: another robot answers at this address.</summary>
    DialectChanged,

    /// <summary>The server's rosapi does not answer: what the server drops silently cannot be found.</summary>
    NoRosapi,

    /// <summary>The server does not show a topic that was advertised or subscribed: it dropped that silently.</summary>
    TopicMissing,

    /// <summary>A topic has another type there: nothing arrives.</summary>
    TypeDiffers,

    /// <summary>A message, request, response, goal or result could not be read as its type.</summary>
    Undecodable,

    /// <summary>A published message holds what JSON cannot carry: the server may drop it silently.</summary>
    NotCarried,

    /// <summary>A frame is no op.</summary>
    BadFrame,

    /// <summary>A frame was longer than allowed, and skipped.</summary>
    FrameTooLong,

    /// <summary>Fragments of an op that never became whole were forgotten.</summary>
    FragmentsForgotten,

    /// <summary>The server complained (<c>status</c>).</summary>
    ServerStatus,

    /// <summary>A wish to cancel a goal was not heeded in time; the action's own cancel service is called for all its goals.</summary>
    CancelNotHeeded,

    /// <summary>A command did not fit the queue: it was not sent.</summary>
    NoRoom,
}

/// <summary>A problem between a rosbridge client and its server.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Subject">Of what: a topic, service, action or address.</param>
/// <param name="Found">What was found.</param>
/// <param name="Right">What would be right, and what happens now.</param>
public sealed record RosbridgeProblem(RosbridgeProblemCode Code, string Subject, string Found, string Right)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Subject}: {Found}; {Right}";
}

/// <summary>What a rosbridge client sent, received and dropped since it was made.</summary>
/// <param name="Published">Messages handed to the socket.</param>
/// <param name="Received">Messages that arrived and were decoded.</param>
/// <param name="DroppedWhileDown">Published while there was no link, or waiting when it was lost.</param>
/// <param name="DroppedForRoom">Published and pushed out by newer ones.</param>
/// <param name="DroppedAsOld">Received and overtaken by newer ones, as a best-effort subscription allows.</param>
/// <param name="Undecodable">Received and not readable.</param>
public readonly record struct RosbridgeCounts(
    long Published, long Received, long DroppedWhileDown, long DroppedForRoom, long DroppedAsOld, long Undecodable);
