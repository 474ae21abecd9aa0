using System.Net;
using System.Net.Sockets;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Under which name others find this node, and where it listens.</summary>
/// <param name="Name">A host's name or an address.</param>
/// <param name="Listen">Loopback for a loopback name, else every interface: one node talks to several networks.</param>
internal sealed record HostName(string Name, IPAddress Listen)
{
    public static HostName Of(Ros1Options options)
    {
        var name = options.Host ?? (options.Master.IsLoopback ? "127.0.0.1" : TowardsMaster(options.Master));
        var isLoopback = name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
        return new(name, isLoopback ? IPAddress.Loopback : IPAddress.Any);
    }

    // The address of this machine that the system would take on the way there; nothing is sent.
    private static string TowardsMaster(Uri master)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(master.Host, master.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return Dns.GetHostName();    // no way there yet; the name serves where it is known
        }
    }
}
