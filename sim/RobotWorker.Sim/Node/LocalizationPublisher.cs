using System.Collections.Immutable;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;

namespace RobotWorker.Sim.Node;

/// <summary>Tells where localisation believes the base to be, and how sure it is, on /amcl_pose.</summary>
internal sealed class LocalizationPublisher(IRosConnection ros, RobotState state) : IDisposable
{
    // AMCL's ratio of what it knows of the heading to what it knows of the place, radians a metre.
    private const double RadiansAMetre = 0.5;

    private readonly IPublisher<PoseWithCovarianceStamped> poses = ros.Advertise<PoseWithCovarianceStamped>("/amcl_pose");

    public void Publish()
    {
        var now = state.Now;
        poses.Publish(new()
        {
            Header = new() { Stamp = now.Time.ToMessage(), FrameId = RobotNames.Map },
            Pose = new() { Pose = now.MapFromBase.ToMessage(), Covariance = Covariance(state.Deviation) },
        });
    }

    public void Dispose() => poses.Dispose();

    /// <summary>Row-major 6 x 6 over x, y, z and rotation about x, y, z: a base on the floor has three of them.</summary>
    private static ImmutableArray<double> Covariance(double deviation)
    {
        var covariance = new double[36];
        covariance[0] = covariance[7] = deviation * deviation;
        covariance[35] = RadiansAMetre * RadiansAMetre * deviation * deviation;
        return [.. covariance];
    }
}
