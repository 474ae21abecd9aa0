using System.Collections.Immutable;
using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Generation.Serving;

/// <summary>Which robot in which scene is served, and how.</summary>
/// <param name="Place">The scene with its robot.</param>
/// <param name="Seed">Of the scene's variation and of the sensors' errors.</param>
/// <param name="Rate">Simulated seconds in a second of the machine, where the machine keeps up.</param>
public sealed record ServeOptions(Workplace Place, ulong Seed, double Rate)
{
    /// <summary>What goes wrong, each when the truth meets its trigger.</summary>
    public ImmutableArray<FaultDescription> Faults { get; init; } = [];

    /// <summary>The wire that the fronts are on, for faults of the wire; null: there are none.</summary>
    public FaultyWire? Wire { get; init; }

    /// <summary>Where requests to inject faults are heard, a Unix socket's file; null: nowhere.</summary>
    public string? Control { get; init; }

    /// <summary>How wrong the detector is.</summary>
    public DetectorNoise Detector { get; init; } = DetectorNoise.Default;

    /// <summary>What the robot does when its worker is silent.</summary>
    public SilenceOptions Silence { get; init; } = SilenceOptions.Default;

    /// <summary>Also offers <c>/move_base</c>, which ROS 1 software expects.</summary>
    public bool OffersMoveBase { get; init; }

    /// <summary>How long it is served, on the machine's clock; null: until it is stopped.</summary>
    public TimeSpan? Duration { get; init; }
}
