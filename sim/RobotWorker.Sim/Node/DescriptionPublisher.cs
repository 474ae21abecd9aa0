using RobotWorker.Controllers.Servers;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Time;
using Text = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Sim.Node;

/// <summary>Tells once, latched, what does not change: /robot_description and /tf_static.</summary>
internal sealed class DescriptionPublisher : IDisposable
{
    private readonly IPublisher<Text> description;
    private readonly IPublisher<TFMessage> transforms;

    public DescriptionPublisher(IRosConnection ros)
    {
        description = ros.Advertise<Text>("/robot_description", Qos.Latched);
        transforms = ros.Advertise<TFMessage>("/tf_static", Qos.Latched);
    }

    /// <param name="mapFromBase">Where a base that stands for good stands; null: it moves.</param>
    public void Publish(string urdf, TransformTree tree, Pose? mapFromBase, RobotTime now)
    {
        description.Publish(new() { Data = urdf });
        transforms.Publish(new()
        {
            Transforms = [.. tree.Fixed.Concat(mapFromBase is { } pose ? [(RobotNames.Map, RobotNames.BaseLink, pose)] : []).Select(t => new Ros.Messages.GeometryMsgs.TransformStamped
            {
                Header = new() { Stamp = now.ToMessage(), FrameId = t.Parent },
                ChildFrameId = t.Child,
                Transform = t.Pose.ToTransform(),
            })],
        });
    }

    public void Dispose()
    {
        description.Dispose();
        transforms.Dispose();
    }
}
