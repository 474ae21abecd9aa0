using RobotWorker.Motion;

namespace RobotWorker.Sim.Truth;

/// <summary>One time that an object was between the fingers, and what became of it. Metres, simulated seconds, positions in the map.</summary>
/// <param name="From">Where it lay before.</param>
/// <param name="WidthMetres">Distance of the pads when both touched it.</param>
public sealed record Holding(string Object, double GraspedSeconds, Vec3 From, double WidthMetres)
{
    /// <summary>When the fingers touched it for the last time; null while they do.</summary>
    public double? LostContactSeconds { get; init; }

    /// <summary>Whether the gripper had been told to open when contact was lost: else it slipped.</summary>
    public bool WasLetGo { get; init; }

    /// <summary>How far above where it lay it was brought.</summary>
    public double LiftedMetres { get; init; }

    /// <summary>When it lay still again; null while it falls or is held.</summary>
    public double? CameToRestSeconds { get; init; }

    /// <summary>Where it came to rest.</summary>
    public Vec3? To { get; init; }

    /// <summary>How far it fell after contact was lost.</summary>
    public double FellMetres { get; init; }

    /// <summary>How far it lies from where it lay before, along the floor.</summary>
    public double DisplacedMetres { get; init; }
}
