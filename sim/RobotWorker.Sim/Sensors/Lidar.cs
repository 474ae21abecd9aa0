using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Sim.Node;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Robots;
using RobotWorker.Time;

namespace RobotWorker.Sim.Sensors;

/// <summary>
/// The laser scanner on the base, /scan: level beams that end at what they meet first. The room has walls all around for it; of the two that stand open to the
/// picture's camera it sees what a wall at the floor's edge would show.
/// </summary>
internal sealed class Lidar : IDisposable
{
    private readonly SimWorld world;
    private readonly LidarDescription lidar;
    private readonly ErrorStream errors;
    private readonly ImmutableArray<double> dirt;
    private readonly IPublisher<LaserScan> scans;
    private readonly double[] metres;
    private readonly double step, periodSeconds;
    private ImmutableArray<float> last = [];

    /// <param name="periodSeconds">Between two scans.</param>
    public Lidar(IRosConnection ros, SimWorld world, LidarDescription lidar, SensorErrors sensors, double periodSeconds)
    {
        (this.world, this.lidar, this.periodSeconds) = (world, lidar, periodSeconds);
        errors = sensors.Of("lidar/noise");
        // Dirt stays where it is: how dirty it must be for a beam to be lost is the beam's own.
        var spots = sensors.Chance("lidar/dirt");
        dirt = [.. Enumerable.Range(0, lidar.Beams).Select(_ => spots.NextDouble())];
        metres = new double[lidar.Beams];
        step = lidar.Field / lidar.Beams;
        scans = ros.Advertise<LaserScan>("/scan");
    }

    public void Publish(RobotTime now)
    {
        if (world.Impairment.LidarSilent) return;
        if (!world.Impairment.LidarFrozen || last.IsEmpty) last = Look();
        scans.Publish(new()
        {
            Header = new() { Stamp = now.ToMessage(), FrameId = LidarDescription.Frame },
            AngleMin = (float)First,
            AngleMax = (float)(First + (step * (lidar.Beams - 1))),
            AngleIncrement = (float)step,
            ScanTime = (float)periodSeconds,
            RangeMin = (float)lidar.Nearest,
            RangeMax = (float)lidar.Farthest,
            Ranges = last,
            Intensities = [],
        });
    }

    public void Dispose() => scans.Dispose();

    private double First => (step - lidar.Field) / 2;

    private ImmutableArray<float> Look()
    {
        world.Scan(lidar.Mount, First, step, metres);
        var ranges = new float[metres.Length];
        var (base0, dirty) = (world.Base.Pose, world.Impairment.LidarDirt);
        var from = base0.ToPose().Apply(lidar.Mount);
        for (var i = 0; i < ranges.Length; i++)
        {
            var range = Math.Min(metres[i], ToEdge(from.X, from.Y, base0.Yaw + First + (i * step))) + errors.Normal(lidar.Noise);
            ranges[i] = dirt[i] < dirty || range < lidar.Nearest || range > lidar.Farthest ? float.PositiveInfinity : (float)range;
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(ranges);
    }

    /// <summary>How far it is to the edge of the floor.</summary>
    private double ToEdge(double x, double y, double direction)
    {
        var (sin, cos) = Math.SinCos(direction);
        var (halfX, halfY) = (world.Scene.Scene.FloorX / 2, world.Scene.Scene.FloorY / 2);
        return Math.Max(0, Math.Min(Along(x, cos, halfX), Along(y, sin, halfY)));
    }

    private static double Along(double at, double slope, double half) =>
        Math.Abs(slope) < 1e-9 ? double.PositiveInfinity : ((slope > 0 ? half : -half) - at) / slope;
}
