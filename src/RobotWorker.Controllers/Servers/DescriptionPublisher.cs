using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Time;
using Text = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Controllers.Servers;

/// <summary>Tells once, latched, what does not change: /robot_description and /tf_static.</summary>
public sealed class DescriptionPublisher : IDisposable
{
    /// <summary>The frame that a robot's place is told in (REP 105).</summary>
    public const string Map = "map";

    private readonly IPublisher<Text> description;
    private readonly IPublisher<TFMessage> transforms;

    public DescriptionPublisher(IRosConnection ros)
    {
        description = ros.Advertise<Text>("/robot_description", Qos.Latched);
        transforms = ros.Advertise<TFMessage>("/tf_static", Qos.Latched);
    }

    /// <param name="mapFromBase">Where a base that stands for good stands, as the URDF's root in <see cref="Map"/>; null: it moves.</param>
    /// <param name="beside">Further frames that are fixed: parent, child, child in parent.</param>
    public void Publish(string urdf, TransformTree tree, Pose? mapFromBase, RobotTime now, params ReadOnlySpan<(string Parent, string Child, Pose Pose)> beside)
    {
        description.Publish(new() { Data = urdf });
        transforms.Publish(TransformMessages.Of([.. tree.Fixed, .. mapFromBase is { } pose ? [(Map, tree.Root, pose)] : Array.Empty<(string, string, Pose)>(), .. beside], now));
    }

    public void Dispose()
    {
        description.Dispose();
        transforms.Dispose();
    }
}
