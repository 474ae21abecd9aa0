namespace RobotWorker.Skills.Actions;

/// <summary>On a wire an action's server is not there at once: a goal that is sent before both sides know each other is lost.</summary>
internal static class ServersOf
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until they are there, and no longer than any that is there would need. That one is missing is for whoever sends a goal to say.</summary>
    public static async Task ThereAsync(TimeProvider time, Func<bool> areThere, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (!areThere() && time.GetElapsedTime(began) < Patience) await Task.Delay(Between, time, cancel);
    }
}
