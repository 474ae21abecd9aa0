using RobotWorker.Ros.Messages;

namespace RobotWorker.Ros.Graph;

/// <summary>A service of the in-process graph, whatever its type.</summary>
internal abstract class Service(string name, ServiceType description, string node) : Resource
{
    public string Name { get; } = name;

    public ServiceType Description { get; } = description;

    public string Type => Description.Name;

    public string Node { get; } = node;
}

/// <summary>A service that is offered.</summary>
internal sealed class Service<TRequest, TResponse>(
    InProcessGraph graph, ServiceType<TRequest, TResponse> type, string name, string node, Func<TRequest, CancellationToken, Task<TResponse>> handler)
    : Service(name, type, node)
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly CancellationTokenSource leaving = new();
    private readonly List<ServiceCall<TRequest, TResponse>> calls = [];

    public void Answer(ServiceCall<TRequest, TResponse> call)
    {
        calls.Add(call);
        _ = AnswerAsync(call);
    }

    protected override void Release()
    {
        graph.RemoveService(this);
        graph.Later(() =>
        {
            foreach (var call in calls.ToList()) call.Fail(ServiceFailure.ServerGone, $"its server '{Node}' went away; whether it acted is unknown");
            leaving.Cancel();
            leaving.Dispose();
        });
    }

    private async Task AnswerAsync(ServiceCall<TRequest, TResponse> call)
    {
        try
        {
            var response = graph.Carried(type.Response, await handler(graph.Carried(type.Request, call.Request), leaving.Token));
            graph.Later(() => call.Succeed(response));
        }
        catch (OperationCanceledException) when (IsDisposed)
        {
            // The call was told already that its server went away.
        }
        catch (RosServiceException failed)
        {
            // A server behind a wire answered so: data, not a mistake in the program.
            graph.Later(() => call.Fail(failed.Failure, failed.Message));
        }
        catch (Exception failure)
        {
            graph.Later(() => throw new ServiceHandlerException(Name, failure));
        }
        finally
        {
            calls.Remove(call);
        }
    }
}

/// <summary>A service's handler failed: a mistake in the program. A refusal belongs into the response.</summary>
public sealed class ServiceHandlerException(string service, Exception inner) : Exception($"the handler of {service} failed: {inner.Message}", inner);
