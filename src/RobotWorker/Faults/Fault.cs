using RobotWorker.Time;

namespace RobotWorker.Faults;

/// <summary>An abnormal condition of a component: confirmed, later perhaps healed.</summary>
/// <param name="Code">From the fault catalogue: <c>GRIPPER_FORCE_LOW</c>.</param>
/// <param name="Component">What is ill: <c>gripper</c>.</param>
/// <param name="Evidence">The samples that confirmed it, in one line with units.</param>
public sealed record Fault(
    string Code, string Component, FaultLevel Level, string Evidence, RobotTime RaisedAt, RobotTime ConfirmedAt, RobotTime? HealedAt = null);
