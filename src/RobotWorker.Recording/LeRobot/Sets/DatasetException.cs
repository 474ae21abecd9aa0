namespace RobotWorker.Recording.LeRobot.Sets;

/// <summary>A set cannot be read, or not be used so; the text says what is wrong and where.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : Exception(message, inner);
