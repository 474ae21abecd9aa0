using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Policies;

/// <summary>
/// Lets a policy drive: at each frame it is asked, and its targets are streamed on absolute deadlines of the clock. A target is that of the frame's end; what is streamed leads there
/// on a straight line from the target before.
/// </summary>
/// <param name="send">Gets what is streamed, an action each time.</param>
internal sealed class PolicyDrive(IPolicy policy, RobotTold told, RobotProfile profile, TimeProvider time, Action<double[]> send)
{
    // A hundred a second, as the simulated robot's controllers work: faster than arms of metal are commanded from outside a real-time thread.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    // What is late is made good at once, which is a leap of the robot: a pause of the machine's may cost so much of one, a slow policy may not.
    private static readonly TimeSpan MostMadeGood = TimeSpan.FromMilliseconds(50);

    /// <summary>Drives until the policy is done, or its time is over.</summary>
    /// <exception cref="PolicyException">It fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(TimeSpan most, CancellationToken cancel)
    {
        var steps = (int)(TimeSpan.FromSeconds(1) / Between) / policy.FramesPerSecond;
        double[]? target = null;
        var began = time.GetTimestamp();
        var due = TimeSpan.Zero;
        while (due < most && policy.Next(told.Observation) is { } next)
        {
            Check(next);
            target ??= Beginning(next);
            for (var step = 1; step <= steps; step++)
            {
                var share = (double)step / steps;
                send([.. target.Zip(next, (from, to) => from + (share * (to - from)))]);
                due += Between;
                if (time.GetElapsedTime(began) is var now && now - due > MostMadeGood) due = now;
                await UntilAsync(due);
            }
            target = next;
        }

        async Task UntilAsync(TimeSpan at)
        {
            cancel.ThrowIfCancellationRequested();
            if (at - time.GetElapsedTime(began) is { Ticks: > 0 } left) await Task.Delay(left, time, cancel);
        }
    }

    /// <summary>Where the robot is. But fingers that are told the opening that they have let go of what they hold, and the base's speed as it is measured is no target.</summary>
    private double[] Beginning(double[] first)
    {
        var target = told.State;
        target[profile.ArmJoints.Length] = first[profile.ArmJoints.Length];
        target.AsSpan(^3..).Clear();
        return target;
    }

    private void Check(double[] action)
    {
        var width = CommandTopics.Width(profile);
        if (action.Length != width) throw new PolicyException($"the policy says {action.Length} numbers, and the robot '{profile.Name}' takes {width}: arm, gripper, head, base");
        if (!action.All(double.IsFinite)) throw new PolicyException("the policy says what is no number");
    }
}
