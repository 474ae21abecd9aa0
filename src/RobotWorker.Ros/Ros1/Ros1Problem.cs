namespace RobotWorker.Ros.Ros1;

/// <summary>Something that a ROS 1 graph would otherwise keep silent about: a publisher with another md5sum, messages that were dropped.</summary>
/// <param name="Name">The topic, service or parameter that it is about; the node's own name when it is about the node.</param>
/// <param name="Text">What is wrong, with whom, and what happens now.</param>
public sealed record Ros1Problem(string Name, string Text);
