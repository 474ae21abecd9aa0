using RobotWorker.Faults;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// What the actions themselves tell, and the ROS graph of them: <c>COMPONENT.running</c>, 1 while a goal of ours is pursued and 0 when it has ended; <c>COMPONENT.feedback</c>, that its
/// server told of it; <c>COMPONENT.served</c>, 1 while the action is offered and 0 when it is no more. The components are navigation, arm, gripper and head.
/// </summary>
/// <remarks>No topic holds these on every wire: whoever records an episode has to record them beside.</remarks>
/// <param name="now">The robot's clock.</param>
internal sealed class GoalSense(Action<Sample> samples, Func<RobotTime> now)
{
    private static readonly string[] Actuators = ["base", "arm", "gripper", "head"];

    // What tells oftener than that does not tell more.
    private static readonly TimeSpan Feedbacks = TimeSpan.FromSeconds(0.1);

    // What has not changed is told again, so that what was wrong can be seen to be right for a while.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(0.5);

    private readonly Dictionary<string, RobotTime> fedBack = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (bool Is, RobotTime At)> told = new(StringComparer.Ordinal);

    /// <param name="actuator">What the goal moves: base, arm, gripper, head.</param>
    public void Running(string actuator, bool isRunning) => Tell($"{ComponentOf(actuator)}.running", isRunning);

    public void Feedback(string actuator)
    {
        var at = now();
        if (fedBack.TryGetValue(actuator, out var before) && (at - before).Duration() < Feedbacks) return;
        fedBack[actuator] = at;
        samples(new($"{ComponentOf(actuator)}.feedback", 1, at));
    }

    /// <summary>Whether the action is offered, as the graph has it; one that never was is not missed.</summary>
    public void Served(string actuator, bool isServed)
    {
        var signal = $"{ComponentOf(actuator)}.served";
        if (isServed || told.ContainsKey(signal)) TellNews(signal, isServed);
    }

    /// <summary>Tells again of goals what was told some time ago.</summary>
    public void RunningStill()
    {
        foreach (var actuator in Actuators)
            if ($"{ComponentOf(actuator)}.running" is var signal && told.TryGetValue(signal, out var before)) TellNews(signal, before.Is);
    }

    private void TellNews(string signal, bool itIs)
    {
        if (!told.TryGetValue(signal, out var before) || before.Is != itIs || (now() - before.At).Duration() >= Again) Tell(signal, itIs);
    }

    private void Tell(string signal, bool itIs)
    {
        told[signal] = (itIs, now());
        samples(new(signal, itIs ? 1 : 0, now()));
    }

    // A base is driven by navigation, whose processes are others than its drive's.
    private static string ComponentOf(string actuator) => actuator == "base" ? "navigation" : actuator;
}
