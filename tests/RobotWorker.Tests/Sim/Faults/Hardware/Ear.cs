using System.Globalization;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

/// <summary>Hears all that the robot tells, as numbers with names: what a monitor would see of it, and no more.</summary>
internal sealed class Ear
{
    private readonly Dictionary<string, List<double>> heard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public Ear(Rig rig)
    {
        var ros = rig.Client;
        ros.Subscribe<DiagnosticArray>("/diagnostics", Take);
        ros.Subscribe<JointTrajectoryControllerState>("/arm_controller/controller_state", m =>
        {
            Count("controller_state");
            for (var j = 0; j < m.JointNames.Length; j++)
            {
                Add($"{m.JointNames[j]}.reference", m.Reference.Positions[j]);
                Add($"{m.JointNames[j]}.position", m.Feedback.Positions[j]);
                Add($"{m.JointNames[j]}.error", m.Error.Positions[j]);
            }
        });
        ros.Subscribe<JointState>("/joint_states", m =>
        {
            Count("joints");
            Add("joints.named", m.Name.Length);
            for (var j = 0; j < m.Name.Length; j++) Add($"{m.Name[j]}.effort", m.Effort[j]);
        });
        ros.Subscribe<Odometry>("/odom", m =>
        {
            Count("odometry");
            Add("odometry.x", m.Pose.Pose.Position.X);
            Add("odometry.y", m.Pose.Pose.Position.Y);
            Add("odometry.speed", Math.Sqrt((m.Twist.Twist.Linear.X * m.Twist.Twist.Linear.X) + (m.Twist.Twist.Linear.Y * m.Twist.Twist.Linear.Y)));
        });
        ros.Subscribe<PoseWithCovarianceStamped>("/amcl_pose", m =>
        {
            Count("localization");
            Add("localization.x", m.Pose.Pose.Position.X);
            Add("localization.y", m.Pose.Pose.Position.Y);
            Add("localization.deviation", Math.Sqrt(m.Pose.Covariance[0]));
        });
        ros.Subscribe<BatteryState>("/battery_state", m =>
        {
            Count("battery");
            Add("battery.voltage", m.Voltage);
            Add("battery.current", m.Current);
            Add("battery.percentage", m.Percentage);
            Add("battery.temperature", m.Temperature);
        });
        ros.Subscribe<LaserScan>("/scan", m =>
        {
            Count("lidar");
            Add("lidar.valid_share", m.Ranges.Count(float.IsFinite) / (double)m.Ranges.Length);
            if (LastScan is { } last) Add("lidar.change", last.Zip(m.Ranges).Where(r => float.IsFinite(r.First) && float.IsFinite(r.Second)).Average(r => Math.Abs(r.First - r.Second)));
            LastScan = [.. m.Ranges];
        });
        ros.Subscribe<Detection3DArray>("/detections", m =>
        {
            Count("camera");
            Detections.Add([.. m.Detections.Select(d => (d.Results[0].Hypothesis.ClassId, d.Results[0].Pose.Pose.Position.X))]);
            Add("camera.stamp", m.Header.Stamp.Nanoseconds / 1e9);
        });
        ros.Subscribe<CameraInfo>("/head_camera/camera_info", _ => Count("camera_info"));
        ros.Subscribe<Clock>("/clock", m => Add("clock", m.Value.Nanoseconds / 1e9));
        ros.Subscribe<TFMessage>("/tf", m =>
        {
            Count("transforms");
            Frames = [.. m.Transforms.Select(t => t.ChildFrameId)];
            Add("tf.stamp", m.Transforms[0].Header.Stamp.Nanoseconds / 1e9);
        });
    }

    public float[]? LastScan { get; private set; }

    public List<(string Class, double X)[]> Detections { get; } = [];

    /// <summary>The frames of the last message on /tf.</summary>
    public string[] Frames { get; private set; } = [];

    /// <summary>The newest value of a signal.</summary>
    public double this[string signal] => heard[signal][^1];

    /// <summary>All values of a signal since <see cref="Forget"/>.</summary>
    public IReadOnlyList<double> All(string signal) => heard.GetValueOrDefault(signal, []);

    /// <summary>How often a message came since <see cref="Forget"/>.</summary>
    public int Heard(string what) => counts.GetValueOrDefault(what);

    public IEnumerable<string> Signals => heard.Keys.Order(StringComparer.Ordinal);

    public void Forget()
    {
        heard.Clear();
        counts.Clear();
        Detections.Clear();
    }

    private void Take(DiagnosticArray message)
    {
        Count("diagnostics");
        foreach (var status in message.Status)
        {
            var component = status.Name.Split(':')[0];
            Add($"{component}.level", status.Level);
            foreach (var pair in status.Values) Add($"{component}.{pair.Key}", double.Parse(pair.Value, CultureInfo.InvariantCulture));
        }
    }

    private void Count(string what) => counts[what] = Heard(what) + 1;

    private void Add(string signal, double value)
    {
        if (!heard.TryGetValue(signal, out var values)) heard[signal] = values = [];
        values.Add(value);
    }
}
