using System.Collections.Immutable;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>What a fault does to a robot, given the numbers that it takes in the order of its parameters. It goes on from what others have done.</summary>
public delegate Impairment FaultEffect(Impairment before, ImmutableArray<double> values);

/// <summary>A fault of the robot's hardware as it can be injected, by the name that the worker's catalogue has for it, but for the <see cref="UncataloguedFaults"/>.</summary>
/// <param name="Name"><c>GRIPPER_FORCE_LOW</c>.</param>
/// <param name="What">What happens, in a line.</param>
/// <param name="Standard">How long it lasts where nobody says; null: until it is cleared.</param>
public sealed record FaultKind(string Name, string What, ImmutableArray<FaultParameter> Parameters, FaultEffect Effect, TimeSpan? Standard = null)
{
    /// <summary>One that takes no numbers.</summary>
    public FaultKind(string name, string what, Func<Impairment, Impairment> effect, TimeSpan? standard = null)
        : this(name, what, [], (before, _) => effect(before), standard)
    {
    }

    /// <summary>One that takes one number.</summary>
    public FaultKind(string name, string what, FaultParameter parameter, Func<Impairment, double, Impairment> effect, TimeSpan? standard = null)
        : this(name, what, [parameter], (before, values) => effect(before, values[0]), standard)
    {
    }
}
