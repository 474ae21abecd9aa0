namespace RobotWorker.Ros.Codecs;

/// <summary>Whose names and fields a wire carries: the same message has other ones on ROS 1 (<c>secs</c>, <c>Header.seq</c>) than on ROS 2.</summary>
public enum RosDialect
{
    /// <summary>ROS 2, the form of our definitions.</summary>
    Ros2,

    /// <summary>ROS 1: what the definitions say behind <c># ros1:</c>.</summary>
    Ros1,
}
