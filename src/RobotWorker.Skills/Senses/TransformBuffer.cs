using RobotWorker.Motion;
using RobotWorker.Time;

namespace RobotWorker.Skills.Senses;

/// <summary>
/// The transforms of /tf and /tf_static with ten seconds of history, looked up at a stamp by interpolation, as tf2 does. A lookup outside the
/// history gives null: a transform of another instant is no transform.
/// </summary>
/// <param name="slack">How much younger than the newest transform an instant may be (a camera's stamp often is, by a moment).</param>
public sealed class TransformBuffer(TimeSpan slack)
{
    private static readonly TimeSpan History = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Edge> byChild = [];

    public void Set(string parent, string child, Pose parentFromChild, RobotTime at, bool isStatic)
    {
        if (!byChild.TryGetValue(child, out var edge) || edge.Parent != parent) byChild[child] = edge = new(parent);
        if (isStatic || (edge.Poses.Count > 0 && edge.Poses[^1].At > at)) edge.Poses.Clear();
        edge.IsStatic = isStatic;
        edge.Poses.Add((at, parentFromChild));
        if (edge.Poses.Count > 1 && at - edge.Poses[0].At > History + History) edge.Poses.RemoveAll(p => at - p.At > History);
    }

    /// <summary><c>target_from_source</c> at an instant, or null when it is not known. What lies above their nearest common frame does not matter.</summary>
    public Pose? Lookup(string target, string source, RobotTime at)
    {
        var above = Upwards(target).ToList();
        if (Upwards(source).FirstOrDefault(above.Contains) is not { } common) return null;
        return FromAncestor(common, target, at) is { } t && FromAncestor(common, source, at) is { } s ? t.Inverse() * s : null;
    }

    /// <summary>A frame, its parent and so on; a ring of frames is walked once.</summary>
    private IEnumerable<string> Upwards(string frame)
    {
        yield return frame;
        for (var depth = 0; depth < byChild.Count && byChild.TryGetValue(frame, out var edge); depth++) yield return frame = edge.Parent;
    }

    private Pose? FromAncestor(string ancestor, string frame, RobotTime at)
    {
        var pose = Pose.Identity;
        foreach (var step in Upwards(frame).TakeWhile(f => f != ancestor))
        {
            if (byChild[step].At(at, slack) is not { } parentFromStep) return null;
            pose = parentFromStep * pose;
        }
        return pose;
    }

    private sealed class Edge(string parent)
    {
        public string Parent { get; } = parent;

        public bool IsStatic { get; set; }

        public List<(RobotTime At, Pose Pose)> Poses { get; } = [];

        public Pose? At(RobotTime at, TimeSpan slack)
        {
            if (IsStatic) return Poses[^1].Pose;
            if (at < Poses[0].At) return null;
            if (at >= Poses[^1].At) return at - Poses[^1].At <= slack ? Poses[^1].Pose : null;
            var low = 0;
            var high = Poses.Count - 1;
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                if (Poses[middle].At <= at) low = middle;
                else high = middle;
            }
            var span = (Poses[high].At - Poses[low].At).TotalSeconds;
            return span <= 0 ? Poses[high].Pose : Between(Poses[low].Pose, Poses[high].Pose, (at - Poses[low].At).TotalSeconds / span);
        }

        private static Pose Between(Pose a, Pose b, double part)
        {
            var turn = (a.Rotation.Inverse() * b.Rotation).Normalized().ToRotationVector();
            return new(a.Position + (part * (b.Position - a.Position)), a.Rotation * Quat.FromAxisAngle(turn, turn.Length * part));
        }
    }
}
