using RobotWorker.Motion;
using RobotWorker.MuJoCo;

namespace RobotWorker.Sim.Physics;

/// <summary>Which objects a point sees past furniture, robot and other objects.</summary>
internal sealed class Sight(MjData data, ObjectBodies objects)
{
    // Inside the object, so that a free ray always meets it: its centre and points towards its six sides.
    private static readonly Vec3[] Samples =
        [Vec3.Zero, new(0.3, 0, 0), new(-0.3, 0, 0), new(0, 0.3, 0), new(0, -0.3, 0), new(0, 0, 0.4), new(0, 0, -0.4)];

    public double VisibleShare(Vec3 eye, string name)
    {
        var index = objects.Index(name);
        var (pose, size, body) = (objects.Pose(index), objects.All[index].Object.Size, objects.Body(index));
        var seen = 0;
        foreach (var sample in Samples)
        {
            var direction = (pose.Apply(new(sample.X * size.X, sample.Y * size.Y, sample.Z * size.Z)) - eye).Normalized();
            data.Ray([eye.X, eye.Y, eye.Z], [direction.X, direction.Y, direction.Z], default, -1, out var geom);
            if (geom >= 0 && data.Model.GeomBody(geom) == body) seen++;
        }
        return (double)seen / Samples.Length;
    }

    /// <summary>Level beams from one point in <c>map</c>, which do not see one body; infinity where they meet nothing.</summary>
    public void Scan(Vec3 eye, double first, double step, int unseen, Span<double> metres)
    {
        Span<double> from = [eye.X, eye.Y, eye.Z];
        Span<double> along = stackalloc double[3];
        for (var i = 0; i < metres.Length; i++)
        {
            (along[1], along[0]) = Math.SinCos(first + (i * step));
            var distance = data.Ray(from, along, default, unseen, out _);
            metres[i] = distance < 0 ? double.PositiveInfinity : distance;
        }
    }
}
