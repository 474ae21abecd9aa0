using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Server.Ops;

namespace RobotWorker.Ros.Rosbridge.Server.Services;

/// <summary>The services that one client offers, and its calls of others'.</summary>
internal sealed class ClientServices(ClientSession session)
{
    private readonly Dictionary<string, IDisposable> offered = new(StringComparer.Ordinal);
    private readonly Dictionary<OpId, PendingRequest> pending = [];
    private int requests;
    private int calls;

    public void Call(CallService op)
    {
        try
        {
            if (session.Server.Graph.FindService(ClientSession.OnGraph(op.Service)) is not { } service)
                throw new RefusedException(NameHelp.Of("nobody offers", op.Service, session.Server.Graph.Look().Services.Select(known => known.Name)));
            session.CheckRoom(calls, "open calls");
            calls++;
            _ = service.Description.Accept(new Caller(session, op, () => calls--));
        }
        catch (Exception refused) when (refused is RefusedException or RosGraphException or RosCodecException)
        {
            session.Send(Frames.ServiceFailure(op.Id, op.Service, refused.Message), op.FragmentSize);
        }
    }

    public void Advertise(AdvertiseService op)
    {
        session.CheckRoom(offered.Count, "services");
        if (offered.Remove(op.Service, out var earlier)) earlier.Dispose();    // once more is a new offer, as in the reference server
        offered.Add(op.Service, session.Server.Types.Service(op.Type).Accept(new Offerer(this, session, op.Service)));
    }

    public void Unadvertise(UnadvertiseService op)
    {
        if (!offered.Remove(op.Service, out var service)) throw new RefusedException(NameHelp.Of("this client does not offer", op.Service, offered.Keys));
        service.Dispose();
    }

    public void Respond(ServiceResponse op)
    {
        if (!pending.Remove(op.Id, out var request))
            throw new RefusedException($"nobody waits for the answer {op.Id.Text ?? "without an id"} of {op.Service}: it came twice, or too late");
        request.Answered(op);
    }

    private static RosServiceException Failed(string service, string why) => new(service, ServiceFailure.Failed, why);

    /// <summary>A call that this client is to answer.</summary>
    private sealed record PendingRequest(Action<ServiceResponse> Answered);

    private sealed class Caller(ClientSession session, CallService op, Action done) : IServiceTypeVisitor<Task>
    {
        public async Task Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type) where TRequest : IRosMessage where TResponse : IRosMessage
        {
            byte[] answer;
            try
            {
                var request = RosJson.Deserialize(type.Request, op.Arguments.Span, session.Dialect);
                var wait = op.TimeoutSeconds is > 0 and < 1e6 and var seconds ? TimeSpan.FromSeconds(seconds) : session.Server.Options.ServiceTimeout;
                var response = await session.Ros.CallServiceAsync(type, ClientSession.OnGraph(op.Service), request, session.Server.OnLoop(wait));
                answer = Frames.ServiceResponse(op.Id, op.Service, RosJson.Serialize(response, session.Dialect));
            }
            catch (Exception failed) when (failed is RosServiceException or RosGraphException or RosCodecException or OperationCanceledException or ObjectDisposedException)
            {
                answer = Frames.ServiceFailure(op.Id, op.Service, failed.Message);
            }

            done();
            session.Outbox.Send(new(op.Compression == Compression.Png ? Topics.PngFrame.Of(answer) : answer, FragmentSize: op.FragmentSize));
        }
    }

    private sealed class Offerer(ClientServices services, ClientSession session, string name) : IServiceTypeVisitor<IDisposable>
    {
        public IDisposable Visit<TRequest, TResponse>(ServiceType<TRequest, TResponse> type) where TRequest : IRosMessage where TResponse : IRosMessage =>
            session.Ros.AdvertiseService(type, ClientSession.OnGraph(name), (request, cancel) => Ask(type, request, cancel));

        private async Task<TResponse> Ask<TRequest, TResponse>(ServiceType<TRequest, TResponse> type, TRequest request, CancellationToken cancel)
            where TRequest : IRosMessage
            where TResponse : IRosMessage
        {
            if (services.pending.Count >= session.Server.Options.MostHeld) throw Failed(name, $"its server has {services.pending.Count} calls to answer already");
            OpId id = $"service_request:{name}:{++services.requests}";
            var answered = new TaskCompletionSource<ServiceResponse>();
            services.pending.Add(id, new(response => answered.TrySetResult(response)));
            using var gone = cancel.Register(() =>
            {
                services.pending.Remove(id);
                answered.TrySetCanceled(cancel);
            });
            session.Send(Frames.CallService(id, name, Arguments(request)));
            var response = await answered.Task;
            if (!response.Result) throw Failed(name, WhyFailed(response.Values.Span));
            try
            {
                return RosJson.Deserialize(type.Response, response.Values.Span, session.Dialect);
            }
            catch (RosCodecException unfit)
            {
                session.Tell(response.Id, "error", $"service_response: {unfit.Message}; the caller is told that the call failed");
                throw Failed(name, $"its server's answer cannot be understood: {unfit.Message}");
            }
        }

        private byte[] Arguments<TRequest>(TRequest request) where TRequest : IRosMessage
        {
            try
            {
                return RosJson.Serialize(request, session.Dialect);
            }
            catch (RosCodecException unfit)
            {
                throw Failed(name, unfit.Message);
            }
        }

        private static string WhyFailed(ReadOnlySpan<byte> values) => values.Length is > 2 and < 4096
            ? $"its server says: {System.Text.Encoding.UTF8.GetString(values).Trim('"')}"
            : "its server says that it failed";
    }
}
