using System.Collections.Immutable;

namespace RobotWorker.Motion;

/// <summary>
/// The joints between two links of a robot, as functions of the joint positions <c>q</c> (radians or metres, one for each of
/// <see cref="Joints"/>, base first). Poses are those of links in the frame of <see cref="Base"/>. Fixed joints are folded into their neighbours.
/// </summary>
public sealed class KinematicChain
{
    private readonly ImmutableArray<RobotJoint> path;      // every joint from base to tip, fixed ones too
    private readonly Pose[] before;                        // from joint i-1's moved frame to joint i's, fixed joints in between included
    private readonly Pose tail;                            // from the last moving joint to the tip

    private KinematicChain(string from, string tip, ImmutableArray<RobotJoint> path)
    {
        (Base, Tip, this.path) = (from, tip, path);
        Joints = [.. path.Where(j => j.Moves)];
        before = new Pose[Joints.Length];
        var pending = Pose.Identity;
        var next = 0;
        foreach (var joint in path)
        {
            pending *= joint.Origin;
            if (!joint.Moves) continue;
            before[next++] = pending;
            pending = Pose.Identity;
        }
        tail = pending;
    }

    public string Base { get; }

    public string Tip { get; }

    /// <summary>The joints that move, from the base to the tip.</summary>
    public ImmutableArray<RobotJoint> Joints { get; }

    public ImmutableArray<string> JointNames => [.. Joints.Select(j => j.Name)];

    /// <summary>Number of moving joints.</summary>
    public int Count => Joints.Length;

    /// <exception cref="ArgumentException">A link is not there, or <paramref name="tip"/> does not hang on <paramref name="from"/>.</exception>
    public static KinematicChain Between(RobotModel model, string from, string tip)
    {
        foreach (var link in new[] { from, tip })
            if (!model.HasLink(link)) throw new ArgumentException($"robot '{model.Name}' has no link '{link}'; {Diagnostics.Nearest.Help(link, [.. model.Links.Select(l => l.Name)])}");
        var path = new List<RobotJoint>();
        for (var link = tip; link != from;)
        {
            var joint = model.JointTo(link) ?? throw new ArgumentException($"link '{tip}' of robot '{model.Name}' does not hang on '{from}'");
            path.Add(joint);
            link = joint.Parent;
        }
        path.Reverse();
        return new(from, tip, [.. path]);
    }

    /// <summary>The tip's pose in the base's frame.</summary>
    public Pose Forward(ReadOnlySpan<double> q)
    {
        Check(q);
        var pose = Pose.Identity;
        for (var i = 0; i < before.Length; i++) pose = pose * before[i] * Motion(Joints[i], q[i]);
        return pose * tail;
    }

    /// <summary>The pose of every link on the way, base first and tip last, in the base's frame.</summary>
    public ImmutableArray<(string Link, Pose Pose)> ForwardAll(ReadOnlySpan<double> q)
    {
        Check(q);
        var poses = ImmutableArray.CreateBuilder<(string, Pose)>(path.Length + 1);
        var pose = Pose.Identity;
        poses.Add((Base, pose));
        var next = 0;
        foreach (var joint in path)
        {
            pose *= joint.Origin;
            if (joint.Moves) pose *= Motion(joint, q[next++]);
            poses.Add((joint.Child, pose));
        }
        return poses.MoveToImmutable();
    }

    /// <summary>
    /// The geometric Jacobian of the tip in the base's frame, 6 × n: rows 0 to 2 give the tip's velocity (m/s), rows 3 to 5 its angular velocity
    /// (rad/s) for joint velocities of one (Siciliano et al., Robotics: Modelling, Planning and Control, 2009, section 3.1).
    /// </summary>
    public double[,] Jacobian(ReadOnlySpan<double> q)
    {
        var columns = new (Vec3 Linear, Vec3 Angular)[Count];
        ForwardWithJacobian(q, columns);
        var jacobian = new double[6, Count];
        for (var i = 0; i < Count; i++)
        {
            var (v, w) = columns[i];
            (jacobian[0, i], jacobian[1, i], jacobian[2, i]) = (v.X, v.Y, v.Z);
            (jacobian[3, i], jacobian[4, i], jacobian[5, i]) = (w.X, w.Y, w.Z);
        }
        return jacobian;
    }

    /// <summary>Forward kinematics and the Jacobian's columns in one pass and without garbage.</summary>
    internal Pose ForwardWithJacobian(ReadOnlySpan<double> q, Span<(Vec3 Linear, Vec3 Angular)> columns)
    {
        Check(q);
        var pose = Pose.Identity;
        for (var i = 0; i < before.Length; i++)
        {
            pose *= before[i];
            columns[i] = (pose.Position, pose.Rotation.Rotate(Joints[i].Axis));    // the joint's place and axis, for the second loop
            pose *= Motion(Joints[i], q[i]);
        }
        var tip = pose * tail;
        for (var i = 0; i < before.Length; i++)
        {
            var (at, axis) = columns[i];
            columns[i] = Joints[i].Type == JointType.Prismatic ? (axis, Vec3.Zero) : (axis.Cross(tip.Position - at), axis);
        }
        return tip;
    }

    private static Pose Motion(RobotJoint joint, double q) =>
        joint.Type == JointType.Prismatic ? new(joint.Axis * q, Quat.Identity) : new(Vec3.Zero, Quat.FromAxisAngle(joint.Axis, q));

    private void Check(ReadOnlySpan<double> q)
    {
        if (q.Length != Count) throw new ArgumentException($"the chain {Base} to {Tip} has {Count} moving joints, not {q.Length}", nameof(q));
    }
}
