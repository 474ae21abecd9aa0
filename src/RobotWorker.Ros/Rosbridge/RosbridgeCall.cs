using System.Text;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Rosbridge.Protocol;

namespace RobotWorker.Ros.Rosbridge;

/// <summary>One call: it ends once, by its response, the server's refusal, its deadline, its caller's cancellation or the loss of the link.</summary>
internal sealed class RosbridgeCall<TRequest, TResponse> : OpTarget, ISpoken
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly TaskCompletionSource<TResponse> completion = new();
    private readonly RosbridgeLink link;
    private readonly ServiceType<TRequest, TResponse> type;
    private readonly string service;
    private readonly string id;
    private readonly ITimer timer;
    private readonly CancellationTokenRegistration canceled;

    public RosbridgeCall(
        RosbridgeLink link, ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel)
    {
        this.link = link;
        this.type = type;
        this.service = service;
        id = link.NextId("call");
        timer = link.Time.CreateTimer(
            _ => Fail(ServiceFailure.Deadline, $"no answer within {deadline.TotalSeconds:0.###} s; whether it acted is unknown"),
            null, deadline, Timeout.InfiniteTimeSpan);
        canceled = cancel.Register(() =>
        {
            link.Guard("cancelling a call of", service);
            link.Later(() => End(() => completion.SetCanceled(cancel)));
        });
        Send(request, deadline);
    }

    public Task<TResponse> Response => completion.Task;

    public override object? Decode(in JsonOp op, RosDialect dialect)
    {
        if (!EnvelopeText.Truth(op.Result, otherwise: true)) return new Refusal(Words(op.Values));
        try
        {
            return op.Values.IsEmpty || op.Values.SequenceEqual("null"u8) ? type.Response.Default : RosJson.Deserialize(type.Response, op.Values, dialect, UnknownFields.Ignore);
        }
        catch (RosCodecException wrong)
        {
            return new Refusal($"its response could not be read: {wrong.Message}");
        }
    }

    public override void Deliver(object? message)
    {
        if (message is Refusal refusal)
            // The words are the same in both server branches; only then is it sure that nothing ran.
            Fail(refusal.Why.Contains("does not exist", StringComparison.OrdinalIgnoreCase) ? ServiceFailure.NoServer : ServiceFailure.Failed, refusal.Why);
        else
            End(() => completion.SetResult((TResponse)message!));
    }

    void ISpoken.Say()
    {
    }

    void ISpoken.Lost(string why) => Fail(ServiceFailure.ServerGone, $"{why}; whether it acted is unknown");

    private static string Words(ReadOnlySpan<byte> values) =>
        values.IsEmpty ? "the server gave no reason" : values[0] == '"' ? EnvelopeText.Read(values)! : Encoding.UTF8.GetString(values);

    private void Send(TRequest request, TimeSpan deadline)
    {
        if (link.State != LinkState.Up)
        {
            link.Later(() => Fail(ServiceFailure.NoServer, "the link is down; nothing was sent"));
            return;
        }

        try
        {
            // Without a time-out newer servers give up after 5 s.
            var op = link.Op("call_service").Text("id", id).Text("service", service).Text("type", link.Spelled(type.Name)).Number("timeout", deadline.TotalSeconds)
                .Message("args", request, link.Dialect!.Value).Take();
            link.Targets.Calls[id] = this;
            link.Add(this);
            if (!link.Command(op, service)) link.Later(() => Fail(ServiceFailure.NoServer, "there was no room to send it; nothing was sent"));
        }
        catch (RosCodecException)
        {
            timer.Dispose();
            canceled.Dispose();
            throw;
        }
    }

    private void Fail(ServiceFailure failure, string why) =>
        End(() => completion.SetException(new RosServiceException(service, failure, $"service {service}: {why}")));

    private void End(Action complete)
    {
        if (completion.Task.IsCompleted) return;
        timer.Dispose();
        canceled.Dispose();
        link.Remove(this);
        link.Targets.Calls.TryRemove(id, out _);
        complete();
    }

    private sealed record Refusal(string Why);
}
