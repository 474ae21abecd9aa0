using RobotWorker.Time;

namespace RobotWorker.Recovery;

/// <summary>One decision after a failure, with what it rests on.</summary>
/// <param name="Step">The step's path, or <c>goal</c>.</param>
/// <param name="Effect">What the failed attempt had done to the world, as freshly observed.</param>
/// <param name="Evidence">The facts, times and faults that it rests on, in one line.</param>
/// <param name="At">On the robot's clock.</param>
public sealed record RecoveryEntry(string Step, Effect Effect, Decision Decision, string Evidence, RobotTime At);
