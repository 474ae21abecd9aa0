using System.Net.WebSockets;

namespace RobotWorker.Ros.Rosbridge.Server.Wire;

/// <summary>Why the server lets a client go, as the WebSocket's close frame says it (RFC 6455, 7.4.1).</summary>
/// <param name="Status">The number.</param>
/// <param name="Text">Why, in fewer than 120 bytes.</param>
internal sealed record CloseReason(WebSocketCloseStatus Status, string Text)
{
    public static readonly CloseReason Leaving = new(WebSocketCloseStatus.EndpointUnavailable, "the server ends");

    public static CloseReason TooBig(int most) => new(WebSocketCloseStatus.MessageTooBig, $"a message may have {most} bytes");

    public static readonly CloseReason TooSlow = new((WebSocketCloseStatus)1013, "answers wait that this client does not read");
}
