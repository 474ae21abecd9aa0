using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;

namespace RobotWorker.Controllers.Servers;

/// <summary>Where the links are, made of whatever /joint_states says, as ROS's robot_state_publisher makes it: /tf, at the joint states' own stamps. Whoever tells of joints tells where their links are.</summary>
public sealed class RobotStatePublisher : IDisposable
{
    private readonly TransformTree tree;
    private readonly IPublisher<TFMessage> transforms;
    private readonly IDisposable subscription;
    private readonly Dictionary<string, double> positions = new(StringComparer.Ordinal);

    public RobotStatePublisher(IRosConnection ros, TransformTree tree)
    {
        this.tree = tree;
        transforms = ros.Advertise<TFMessage>("/tf");
        subscription = ros.Subscribe<JointState>("/joint_states", Take);
    }

    public void Dispose()
    {
        subscription.Dispose();
        transforms.Dispose();
    }

    private void Take(JointState message)
    {
        for (var i = 0; i < Math.Min(message.Name.Length, message.Position.Length); i++) positions[message.Name[i]] = message.Position[i];
        var told = message.Name.ToHashSet(StringComparer.Ordinal);
        transforms.Publish(TransformMessages.Of(tree.MovedBy(told, joint => positions.GetValueOrDefault(joint)), new(message.Header.Stamp.Nanoseconds)));
    }
}
