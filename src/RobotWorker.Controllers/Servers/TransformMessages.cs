using RobotWorker.Motion;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Time;

namespace RobotWorker.Controllers.Servers;

/// <summary>Frames as tf2_msgs/TFMessage.</summary>
public static class TransformMessages
{
    /// <param name="transforms">Parent, child, child in parent (metres).</param>
    public static TFMessage Of(IEnumerable<(string Parent, string Child, Pose Pose)> transforms, RobotTime at) => new()
    {
        Transforms = [.. transforms.Select(t => new Ros.Messages.GeometryMsgs.TransformStamped
        {
            Header = new() { Stamp = at.ToMessage(), FrameId = t.Parent },
            ChildFrameId = t.Child,
            Transform = t.Pose.ToTransform(),
        })],
    };
}
