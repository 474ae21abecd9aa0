using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Protocol;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>A service that we offer through the server, which sends us the calls of others.</summary>
internal sealed class RosbridgeService<TRequest, TResponse> : Resource, ISpoken
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly CancellationTokenSource leaving = new();
    private readonly RosbridgeLink link;
    private readonly ServiceType<TRequest, TResponse> type;
    private readonly string name;
    private readonly Func<TRequest, CancellationToken, Task<TResponse>> handler;
    private int session;

    public RosbridgeService(
        RosbridgeLink link, ServiceType<TRequest, TResponse> type, string name, Func<TRequest, CancellationToken, Task<TResponse>> handler)
    {
        this.link = link;
        this.type = type;
        this.name = name;
        this.handler = handler;
        link.Targets.Services[name] = new Requests(this);
        link.Add(this);
    }

    public void Say() => link.Command(link.Op("advertise_service").Text("type", link.Spelled(type.Name)).Text("service", name).Take(), name);

    // Whoever called before the loss hears of it from the server; an answer would reach a session that knows no such call.
    public void Lost(string why) => session++;

    protected override void Release()
    {
        link.Targets.Services.TryRemove(name, out _);
        link.Remove(this);
        link.Command(link.Op("unadvertise_service").Text("service", name).Take(), name);
        link.Later(() =>
        {
            leaving.Cancel();
            leaving.Dispose();
        });
    }

    private async Task AnswerAsync(string? id, TRequest request)
    {
        var asked = session;
        try
        {
            var response = await handler(request, leaving.Token);
            if (IsDisposed || asked != session || link.State != LinkState.Up) return;
            link.Command(Answer(id).Message("values", response, link.Dialect!.Value).Truth("result", true).Take(), name);
        }
        catch (OperationCanceledException) when (IsDisposed)
        {
            // The caller was told by the server that we left.
        }
        catch (Exception failure)
        {
            Refuse(id, $"the handler of {name} failed: {failure.Message}");    // the caller is not left waiting
            link.Later(() => throw new ServiceHandlerException(name, failure));
        }
    }

    private void Refuse(string? id, string why)
    {
        if (!IsDisposed && link.State == LinkState.Up) link.Command(Answer(id).Text("values", why).Truth("result", false).Take(), name);
    }

    private OpWriter Answer(string? id)
    {
        var op = link.Op("service_response").Text("service", name);
        return id is null ? op : op.Text("id", id);
    }

    private sealed class Requests(RosbridgeService<TRequest, TResponse> service) : OpTarget
    {
        public override object? Decode(in JsonOp op, RosDialect dialect)
        {
            var id = EnvelopeText.Read(op.Id);
            try
            {
                return new Request(id, op.Args.IsEmpty ? service.type.Request.Default : RosJson.Deserialize(service.type.Request, op.Args, dialect), "");
            }
            catch (RosCodecException wrong)
            {
                return new Request(id, default, wrong.Message);
            }
        }

        public override void Deliver(object? message)
        {
            var request = (Request)message!;
            if (service.IsDisposed) return;
            if (request.Problem.Length == 0)
            {
                _ = service.AnswerAsync(request.Id, request.Value!);
                return;
            }

            service.Refuse(request.Id, request.Problem);
            service.link.Report(new(RosbridgeProblemCode.Undecodable, service.name, request.Problem, "the call was refused with these words"));
        }

        private sealed record Request(string? Id, TRequest? Value, string Problem);
    }
}
