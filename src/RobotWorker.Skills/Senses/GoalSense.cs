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
    // What tells oftener than that does not tell more.
    private static readonly TimeSpan Feedbacks = TimeSpan.FromSeconds(0.1);

    // What has not changed is told again, so that what was wrong can be seen to be right for a while.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(0.5);

    private readonly Dictionary<string, RobotTime> fedBack = new(StringComparer.Ordinal);
    private readonly State running = new("running", samples, now), served = new("served", samples, now);

    /// <param name="actuator">What the goal moves: base, arm, gripper, head.</param>
    public void Running(string actuator, bool isRunning) => running.Set(ComponentOf(actuator), isRunning);

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
        var component = ComponentOf(actuator);
        if (isServed || served.Knows(component)) served.Set(component, isServed);
    }

    /// <summary>Tells again what was told some time ago; to be called many times a second.</summary>
    public void Step()
    {
        running.Step();
        served.Step();
    }

    // A base is driven by navigation, whose processes are others than its drive's.
    private static string ComponentOf(string actuator) => actuator == "base" ? "navigation" : actuator;

    /// <summary>Of each component whether it is so: told when that changes, and again and again.</summary>
    private sealed class State(string name, Action<Sample> samples, Func<RobotTime> now)
    {
        private readonly SortedDictionary<string, bool> states = new(StringComparer.Ordinal);
        private RobotTime told;

        public bool Knows(string component) => states.ContainsKey(component);

        public void Set(string component, bool itIs)
        {
            if (states.TryGetValue(component, out var before) && before == itIs) return;
            states[component] = itIs;
            Tell(component, itIs);
        }

        public void Step()
        {
            if ((now() - told).Duration() < Again) return;
            told = now();
            foreach (var (component, itIs) in states) Tell(component, itIs);
        }

        private void Tell(string component, bool itIs) => samples(new($"{component}.{name}", itIs ? 1 : 0, now()));
    }
}
