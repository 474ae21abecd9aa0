namespace RobotWorker.Ros.Graph;

/// <summary>A topic as a recorder needs to know it.</summary>
/// <param name="Name">Its name, <c>/joint_states</c>.</param>
/// <param name="RosType">The type of its messages, <c>sensor_msgs/msg/JointState</c>.</param>
/// <param name="Definition">The definition with those it depends on (MCAP's <c>ros2msg</c>).</param>
/// <param name="Qos">What its first publisher offers; null while nobody publishes.</param>
public sealed record TopicInfo(string Name, string RosType, string Definition, Qos? Qos);
