using System.Globalization;

namespace RobotWorker.Skills.Profile;

/// <summary>Over which wire a robot is reached.</summary>
public enum RobotWire
{
    /// <summary>rosbridge over a WebSocket, with TLS for <c>wss://</c>.</summary>
    Rosbridge,

    /// <summary>The ROS 1 graph itself: its master, and every node directly.</summary>
    Ros1,
}

/// <summary>Where a robot is: <c>ws://host:9090</c>, <c>wss://host:9090</c>, or <c>ros1://host:11311</c> (the master).</summary>
/// <param name="Text">As it was written.</param>
public sealed record RobotAddress(RobotWire Wire, Uri Uri, string Text)
{
    /// <summary>What an address may look like, for messages.</summary>
    public const string Forms = "write ws://host:9090, wss://host:9090 or ros1://host:11311";

    private const int RosbridgePort = 9090;
    private const int MasterPort = 11311;

    /// <summary>The XML-RPC address of the master; only for <see cref="RobotWire.Ros1"/>.</summary>
    public Uri Master => new UriBuilder("http", Uri.Host, Uri.Port, "/").Uri;

    /// <summary>The address, or null where the text is none. A port that is left out is the wire's usual one.</summary>
    public static RobotAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0) return null;
        (RobotWire Wire, int Port, bool MayHavePath)? known = uri.Scheme switch
        {
            "ws" or "wss" => (RobotWire.Rosbridge, RosbridgePort, true),
            "ros1" => (RobotWire.Ros1, MasterPort, false),
            _ => null,
        };
        if (known is not { } form || uri.Fragment.Length > 0) return null;
        if (!form.MayHavePath && (uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0)) return null;
        // .NET gives ws and wss their web ports; a rosbridge stands on 9090 unless it is told otherwise.
        var port = HasPort(text, uri) ? uri.Port : form.Port;
        return port is < 1 or > 65535 ? null : new(form.Wire, new UriBuilder(uri) { Port = port }.Uri, text);
    }

    public override string ToString() => Text;

    private static bool HasPort(string text, Uri uri)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var authority = rest.Split('/', '?')[0];
        return authority.EndsWith(":" + uri.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
