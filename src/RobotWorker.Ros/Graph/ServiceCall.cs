using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>One call: it ends once, by its response, its deadline, its caller's cancellation or the server's leaving.</summary>
internal sealed class ServiceCall<TRequest, TResponse>
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly TaskCompletionSource<TResponse> completion = new();
    private readonly string service;
    private readonly ITimer timer;
    private readonly CancellationTokenRegistration canceled;

    public ServiceCall(InProcessGraph graph, string service, TRequest request, TimeSpan deadline, CancellationToken cancel)
    {
        Request = request;
        this.service = service;
        timer = graph.Time.CreateTimer(
            _ => Fail(ServiceFailure.Deadline, $"no answer within {deadline.TotalSeconds:0.###} s; whether it acted is unknown"),
            null, deadline, Timeout.InfiniteTimeSpan);
        // By the queue: whoever cancels would otherwise run the caller's continuation within its own call.
        canceled = cancel.Register(() =>
        {
            graph.Guard("cancelling a call of", service);
            graph.Locally(() => End(() => completion.SetCanceled(cancel)));
        });
    }

    public TRequest Request { get; }

    public Task<TResponse> Response => completion.Task;

    public void Succeed(TResponse response) => End(() => completion.SetResult(response));

    public void Fail(ServiceFailure failure, string why) =>
        End(() => completion.SetException(new RosServiceException(service, failure, $"service {service}: {why}")));

    private void End(Action complete)
    {
        if (completion.Task.IsCompleted) return;
        timer.Dispose();
        canceled.Dispose();
        complete();
    }
}
