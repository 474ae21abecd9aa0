namespace RobotWorker.Ros.Ros1.Wire;

/// <summary>Waiting on a wire's clock.</summary>
internal static class Pause
{
    /// <summary>Waits. It returns early, without complaint, when cancelled.</summary>
    public static async Task For(TimeSpan time, TimeProvider clock, CancellationToken cancel) =>
        await Task.Delay(time, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
