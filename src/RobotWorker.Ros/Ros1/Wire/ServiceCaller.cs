using System.Net.Sockets;
using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>A connection to a service's server, for one request or, when it is persistent, for one after another.</summary>
internal sealed class ServiceCaller<TRequest, TResponse>(ServiceType<TRequest, TResponse> type, string service, TcpRosClient client) : IDisposable
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Looks the service up and connects. Nothing is asked yet.</summary>
    /// <exception cref="RosServiceException">Nobody offers it, or its server refuses this type.</exception>
    public static async Task<ServiceCaller<TRequest, TResponse>> OpenAsync(
        ServiceType<TRequest, TResponse> type, string service, string md5, bool isPersistent, string node, MasterClient master, Ros1Options options, CancellationToken cancel)
    {
        var wireType = new WireType(Ros1Definition.NameOf(type.Name), md5, "");
        try
        {
            var place = await master.LookUpServiceAsync(service, cancel) ?? throw new Ros1Exception("the master knows nobody who offers it");
            if (!Uri.TryCreate(place, UriKind.Absolute, out var address) || address.Port <= 0) throw new Ros1Exception($"the master says that it is at '{place}'");
            List<(string, string)> header = [("callerid", node), ("service", service), ("type", wireType.Name), ("md5sum", md5)];
            if (isPersistent) header.Add(("persistent", "1"));
            var client = await TcpRosClient.ConnectAsync(address.Host, address.Port, header, options, cancel);
            if (client.Header.GetValueOrDefault("md5sum", "*") is not "*" and var theirs && theirs != md5)
            {
                client.Dispose();
                throw new Ros1Exception($"its md5sum is {theirs} there, {md5} ({wireType.Name}) here; {wireType.Advice}");
            }

            return new(type, service, client);
        }
        catch (Ros1Exception failed)
        {
            var wrong = failed is Ros1RefusedException refusal ? wireType.Advised(refusal) : failed;
            throw new RosServiceException(service, ServiceFailure.NoServer, $"service {service}: {wrong.Message}; nothing was sent");
        }
    }

    /// <summary>Asks. One request at a time: another one waits for its turn.</summary>
    /// <exception cref="RosServiceException">The server refuses, fails, goes away, or answers nonsense.</exception>
    public async Task<TResponse> CallAsync(TRequest request, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var frame = Frame.Of(request);
            try
            {
                await client.Socket.SendAsync(frame.Bytes, SocketFlags.None, cancel);
            }
            finally
            {
                frame.Release();
            }

            var (isGood, answer) = await ServiceAnswer.ReadAsync(client.Reader, cancel) ?? throw Gone("its server closed the connection");
            if (!isGood) throw new RosServiceException(service, ServiceFailure.Failed, $"service {service}: its server says: {Encoding.UTF8.GetString(answer.Span)}");
            return Ros1Wire.Deserialize(type.Response, answer.Span);
        }
        catch (Exception wrong) when (wrong is SocketException or ObjectDisposedException)
        {
            throw Gone(wrong.Message);
        }
        catch (Exception wrong) when (wrong is RosCodecException or Ros1Exception)
        {
            throw new RosServiceException(service, ServiceFailure.Failed, $"service {service}: its answer is none: {wrong.Message}");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => client.Dispose();

    private RosServiceException Gone(string why) => new(service, ServiceFailure.ServerGone, $"service {service}: {why}; whether it acted is unknown");
}
