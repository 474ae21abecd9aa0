using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Skills.Actions;

/// <summary>
/// Calls of services that may be called twice: a stop, its release, a cancellation. A wire may lose the call or its answer, and who then waits for the deadline has lost the
/// time to stop; so it is called again while no answer has come, and whichever call is answered first counts.
/// </summary>
internal static class AskedAgain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <exception cref="RosServiceException">No call was answered within the deadline, or one with an error.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<TResponse> CallUntilAnsweredAsync<TRequest, TResponse>(
        this IRosConnection ros, ServiceType<TRequest, TResponse> type, string service, TRequest request, TimeSpan deadline, CancellationToken cancel)
        where TRequest : IRosMessage
        where TResponse : IRosMessage
    {
        var began = ros.Time.GetTimestamp();
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                var left = deadline - ros.Time.GetElapsedTime(began);
                if (calls.Count == 0 || left > Patience) calls.Add(ros.CallServiceAsync(type, service, request, left, answered.Token));
                // The last of them ends by its own deadline.
                var first = await Task.WhenAny(left > Patience ? [.. calls, Task.Delay(Patience, ros.Time, answered.Token)] : calls);
                if (first is Task<TResponse> call) return await call;
                cancel.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            answered.Cancel();
        }
    }
}
