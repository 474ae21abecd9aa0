using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1.Wire;

namespace RobotWorker.Ros.Ros1;

/// <summary>Carries a service's requests from the sockets' threads to its handler on the loop, and the responses back.</summary>
internal sealed class Ros1ServiceHandler<TRequest, TResponse>(
    ServiceType<TRequest, TResponse> type, string service, RosLoop loop, Func<TRequest, CancellationToken, Task<TResponse>> handler, Action<string> problem) : IDisposable
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly CancellationTokenSource leaving = new();

    /// <summary>Answers a request; called on a socket's thread.</summary>
    public Task<ServiceAnswer> Answer(ReadOnlyMemory<byte> bytes)
    {
        TRequest request;
        try
        {
            request = Ros1Wire.Deserialize(type.Request, bytes.Span);
        }
        catch (RosCodecException wrong)
        {
            problem($"a request is not what it should be, and is refused: {wrong.Message}");
            return Task.FromResult(new ServiceAnswer(null, $"the request is no {type.Name}: {wrong.Message}"));
        }

        var answer = new TaskCompletionSource<ServiceAnswer>();
        loop.PostFromOutside(() => _ = AnswerAsync(request, answer));
        return answer.Task;
    }

    /// <summary>The service is no longer offered; called on the loop.</summary>
    public void Dispose() => loop.Later(leaving.Cancel);

    private async Task AnswerAsync(TRequest request, TaskCompletionSource<ServiceAnswer> answer)
    {
        try
        {
            answer.TrySetResult(new(Ros1Wire.Serialize(await handler(request, leaving.Token)), ""));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            answer.TrySetResult(new(null, $"{service} is no longer offered"));
        }
        catch (Exception failure)
        {
            answer.TrySetResult(new(null, $"the handler failed: {failure.Message}"));
            loop.Later(() => throw new ServiceHandlerException(service, failure));
        }
    }
}
