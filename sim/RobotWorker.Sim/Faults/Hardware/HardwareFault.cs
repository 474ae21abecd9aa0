using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>A fault of the robot's hardware.</summary>
/// <param name="Values">Its numbers, in the order of its parameters.</param>
public sealed record HardwareFault(FaultKind Is, FaultTrigger When, TimeSpan? Duration, ImmutableArray<double> Values) : FaultDescription(Is.Name, When, Duration)
{
    /// <summary>With the numbers that it has where none are given.</summary>
    /// <exception cref="ArgumentException">There is no fault of that name.</exception>
    public static HardwareFault Standard(string name, FaultTrigger when, TimeSpan? duration) => HardwareFaults.Find(name) is { } kind
        ? new(kind, when, duration ?? kind.Standard, [.. kind.Parameters.Select(p => p.Standard)])
        : throw new ArgumentException($"there is no fault '{name}' of the hardware", nameof(name));

    /// <summary>The same with one number changed.</summary>
    public HardwareFault With(string parameter, double value) => this with { Values = Values.SetItem(Is.Parameters.IndexOf(Is.Parameters.First(p => p.Name == parameter)), value) };

    /// <summary>The robot with this fault besides.</summary>
    public Impairment On(Impairment before) => Is.Effect(before, Values);

    /// <summary>The number of the joint of the arm that it acts on, the farthest where there are several; 0: none.</summary>
    public int FarthestJoint => On(Impairment.None).Joints.Keys.LastOrDefault();

    /// <summary>Its numbers: <c>joint 2, remaining 0.02</c>.</summary>
    public string Details => string.Join(", ", Is.Parameters.Zip(Values, (p, v) => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {v:0.####}{(p.Unit.Length > 0 ? " " : "")}{p.Unit}")));
}
