using RobotWorker.Ros.Wire.Faults;
using RobotWorker.Sim.Truth;
using RobotWorker.World;

namespace RobotWorker.Sim.Faults;

/// <summary>A fault that a faults file or a person describes.</summary>
/// <param name="Kind">Its name there: <c>GRIPPER_FORCE_LOW</c>, <c>cut</c>.</param>
/// <param name="When">What it waits for.</param>
/// <param name="Duration">Until it is over, in the robot's time; null: never.</param>
public abstract record FaultDescription(string Kind, FaultTrigger When, TimeSpan? Duration);

/// <summary>A person takes an object away: no fault of the robot's, but what it believes is wrong from then on.</summary>
/// <param name="Taken">The object's name.</param>
public sealed record ObjectTaken(FaultTrigger When, string Taken) : FaultDescription(Name, When, null)
{
    public const string Name = "object_taken";
}

/// <summary>A fault of the wire between the robot and whoever commands it.</summary>
public sealed record FaultOnWire(string Kind, FaultTrigger When, TimeSpan? Duration, WireFault Fault) : FaultDescription(Kind, When, Duration);

/// <summary>When a fault strikes, by the simulator's truth: all that is given must hold. Once in an episode.</summary>
public sealed record FaultTrigger
{
    /// <summary>At once.</summary>
    public static readonly FaultTrigger AtOnce = new();

    /// <summary>So long after the fault was given.</summary>
    public TimeSpan After { get; init; }

    /// <summary>If given, at a moment by chance between <see cref="After"/> and this.</summary>
    public TimeSpan? Before { get; init; }

    /// <summary>The object that is held.</summary>
    public string? Object { get; init; }

    /// <summary>It is held at least so high above where it lay.</summary>
    public double LiftedMetres { get; init; }

    /// <summary>It is at least so far from there, along the floor.</summary>
    public double MovedMetres { get; init; }

    /// <summary>The part of the robot that moves.</summary>
    public RobotPart? Moving { get; init; }

    /// <summary>What must hold besides.</summary>
    public Condition? Holds { get; init; }
}
