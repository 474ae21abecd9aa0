using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Ros1.Wire;

namespace RobotWorker.Ros.Ros1;

/// <summary>
/// A persistent connection to a service's server: no look-up and no connecting for each call. It ends with the server, and is not renewed: what a new
/// server would make of a conversation begun with the old one, only the caller can say.
/// </summary>
public sealed class Ros1ServiceProxy<TRequest, TResponse> : IDisposable
    where TRequest : IRosMessage
    where TResponse : IRosMessage
{
    private readonly Ros1Node node;
    private readonly string service;
    private readonly ServiceCaller<TRequest, TResponse> caller;

    internal Ros1ServiceProxy(Ros1Node node, string service, ServiceCaller<TRequest, TResponse> caller)
    {
        this.node = node;
        this.service = service;
        this.caller = caller;
    }

    /// <summary>Calls the service; calls that overlap are made one after another.</summary>
    /// <exception cref="RosServiceException">The server failed or went away, or <paramref name="deadline"/> passed; then the connection is over as well.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled; the connection is over as well.</exception>
    public Task<TResponse> CallAsync(TRequest request, TimeSpan deadline, CancellationToken cancel = default)
    {
        node.Guard("call", service);
        return PendingCall<TResponse>.Run(
            node.Loop, stop => AskAsync(request, stop), deadline, () => Ros1Node.TooLate(service, deadline), cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => caller.Dispose();

    // An answer that nobody waits for any more would be taken for the next request's.
    private async Task<TResponse> AskAsync(TRequest request, CancellationToken stop)
    {
        try
        {
            return await caller.CallAsync(request, stop);
        }
        catch (OperationCanceledException)
        {
            caller.Dispose();
            throw;
        }
    }
}
