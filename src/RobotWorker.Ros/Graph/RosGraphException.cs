namespace RobotWorker.Ros.Graph;

/// <summary>A name, type or quality of service that the graph refuses; the message says which and what would be right.</summary>
public sealed class RosGraphException(string message) : Exception(message);
