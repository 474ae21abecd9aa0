namespace RobotWorker.Sim.Faults;

/// <summary>A physical fault that a faults file describes.</summary>
/// <param name="Kind"><c>gripper_force_loss</c>.</param>
/// <param name="RemainingForce">Share of the motor's force that is left, 0 to 1.</param>
/// <param name="DurationSeconds">Until it works again, simulated.</param>
public sealed record FaultDescription(string Kind, FaultTrigger When, double RemainingForce, double DurationSeconds);

/// <summary>When it strikes, by the simulator's truth: all that is given must hold. Once in an episode.</summary>
/// <param name="Object">The object that is watched.</param>
/// <param name="LiftedMetres">It is held at least so high above where it lay.</param>
/// <param name="MovedMetres">It is at least so far from there, along the floor.</param>
public sealed record FaultTrigger(string Object, double LiftedMetres, double MovedMetres);
