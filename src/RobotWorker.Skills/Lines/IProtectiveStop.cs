namespace RobotWorker.Skills.Lines;

/// <summary>The robot's protective stop as the worker calls it. A convenience of the robot's controllers, not a safety function.</summary>
public interface IProtectiveStop
{
    /// <summary>Whether the robot's own stop was called: then only its release lets anything move again.</summary>
    bool Holds { get; }

    /// <summary>Another process called it, and the robot may hold it still.</summary>
    void AssumeHeld();

    /// <summary>Carries out the profile's measures in their order, each whatever became of the ones before.</summary>
    /// <param name="called">Actions that the plan called beside the profile's.</param>
    /// <exception cref="InvalidOperationException">A measure failed; the message says which and why. The others were carried out.</exception>
    Task CarryOutAsync(IReadOnlyCollection<string> called, TimeSpan deadline, CancellationToken cancel);

    /// <summary>Lets the robot move again. Null when it may, else why not.</summary>
    Task<string?> ReleaseAsync(TimeSpan deadline, CancellationToken cancel);
}
