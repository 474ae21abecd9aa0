namespace RobotWorker.Skills.Lines;

/// <summary>What was asked for is not on the robot's graph, or its type cannot be found out; the message says what is there instead.</summary>
public sealed class GraphTourException(string message) : Exception(message);
