using RobotWorker.Execution.Core;

namespace RobotWorker.Execution.Shell;

/// <summary>Stops the robot when the core cannot say so any more. Each attempt is bounded in time, whatever the robot does.</summary>
internal static class LastStop
{
    /// <summary>False when the robot was not seen to stand still in time, for whatever reason.</summary>
    public static async Task<bool> StandsStillAsync(IRobot robot, ExecutionOptions options, TimeProvider time)
    {
        using var given = new CancellationTokenSource(options.StillDeadline + options.Grace, time);
        try
        {
            return await robot.StandStillAsync(options.StillDeadline, TimeSpan.Zero, given.Token).WaitAsync(given.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Not seen to stand still, for whatever reason: the protective stop follows.
            return false;
        }
    }

    /// <summary>The protective stop. That it failed is noted on the error that led here.</summary>
    public static async Task ProtectAsync(IRobot robot, ExecutionOptions options, TimeProvider time, Exception mistake)
    {
        using var given = new CancellationTokenSource(options.ProtectiveStopDeadline + options.Grace, time);
        try
        {
            await robot.ProtectiveStopAsync(options.ProtectiveStopDeadline, given.Token).WaitAsync(given.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            mistake.Data["protective stop"] = e.Message;
        }
    }
}
