using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Rosbridge.Protocol;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>
/// Tells on a faulty wire what is said on topics, by services and actions from what only sets it up: a subscription that is lost would be a connection that is dead without
/// anybody's knowing, which is another fault.
/// </summary>
internal static class Traffic
{
    /// <summary>The topic, service or action of an operation; empty where it bears no name (a fragment); null for what sets up.</summary>
    public static string? NameOf(ReadOnlySpan<byte> frame)
    {
        try
        {
            // A CBOR map starts with 0xA0 to 0xBF, JSON text never does.
            if (frame.Length > 0 && frame[0] is >= 0xA0 and <= 0xBF) return CborOp.Read(frame).Topic;
            var at = 0;
            if (!JsonOp.TryNext(frame, ref at, out var op)) return null;
            if (op.Is("\"publish\""u8)) return NameIn(op.Topic);
            if (op.Is("\"call_service\""u8) || op.Is("\"service_response\""u8)) return NameIn(op.Service);
            if (op.Is("\"send_action_goal\""u8) || op.Is("\"cancel_action_goal\""u8) || op.Is("\"action_feedback\""u8) || op.Is("\"action_result\""u8)) return NameIn(op.Action);
            return op.Is("\"fragment\""u8) || op.Is("\"png\""u8) ? "" : null;
        }
        catch (RosCodecException)
        {
            return null;    // who reads it will say so
        }
    }

    private static string NameIn(ReadOnlySpan<byte> quoted) => EnvelopeText.Read(quoted) is { } name ? name.StartsWith('/') ? name : "/" + name : "";
}
