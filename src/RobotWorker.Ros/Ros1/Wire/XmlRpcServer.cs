using System.Net;
using System.Net.Sockets;
using RobotWorker.Ros.Ros1.XmlRpc;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Serves XML-RPC calls over HTTP on a free port. <paramref name="answer"/> runs on the sockets' threads.</summary>
internal sealed class XmlRpcServer(IPAddress address, TimeProvider clock, Func<XmlRpcCall, XmlRpcValue> answer, FaultyWire? wire = null) : IDisposable
{
    /// <summary>A connection that says nothing for so long is closed: clients open a new one by themselves.</summary>
    private static readonly TimeSpan MostIdle = TimeSpan.FromSeconds(60);

    private readonly Listener listener = new(address, clock, async (socket, stop) =>
    {
        await using var stream = new NetworkStream(wire is null ? socket : await wire.ThroughAsync(socket, WireCutters.Plain(), stop), ownsSocket: true);
        await ServeAsync(stream, clock, answer, stop);
    });

    public int Port => listener.Port;

    public void Dispose() => listener.Dispose();

    /// <summary>Answers one connection's requests until it ends.</summary>
    public static async Task ServeAsync(Stream stream, TimeProvider clock, Func<XmlRpcCall, XmlRpcValue> answer, CancellationToken stop)
    {
        var connection = new HttpConnection(stream);
        while (true)
        {
            using var idle = new CancellationTokenSource(MostIdle, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, stop);
            try
            {
                if (await connection.ReadAsync(either.Token) is not { } request) return;
                await connection.WriteAsync(200, "OK", Answer(request, answer), either.Token);
                if (!connection.IsKept) return;
            }
            catch (HttpRefusal refusal)
            {
                await connection.WriteAsync(refusal.Status, refusal.Reason, default, either.Token);
                return;
            }
        }
    }

    private static byte[] Answer(byte[] request, Func<XmlRpcCall, XmlRpcValue> answer)
    {
        try
        {
            return XmlRpcWriter.Response(answer(XmlRpcReader.Call(request)));
        }
        catch (Exception wrong) when (wrong is XmlRpcException or XmlRpcFaultException)
        {
            return XmlRpcWriter.Fault((wrong as XmlRpcFaultException)?.Code ?? -1, wrong.Message);
        }
    }
}
