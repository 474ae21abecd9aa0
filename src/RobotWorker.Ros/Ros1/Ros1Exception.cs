namespace RobotWorker.Ros.Ros1;

/// <summary>A ROS 1 master or node that cannot be reached, refuses, or answers nonsense; the message says which and what.</summary>
public class Ros1Exception(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The master, or a node, understood and refused: its status code was not 1.</summary>
public sealed class Ros1RefusedException(string message) : Ros1Exception(message);
