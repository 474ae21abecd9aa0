namespace RobotWorker.Generation.Runs;

/// <summary>The robot did not say in time that it is there and how it is built, or said it wrongly. Nothing was asked of it.</summary>
/// <param name="missing">What did not come, or what was wrong with it.</param>
public sealed class RobotNotReadyException(string missing) : Exception(
    $"the robot is not ready: {missing}. See that it is on, that it publishes these topics, and that its URDF is whole. It was not moved.");
