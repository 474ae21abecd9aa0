using System.Collections.Immutable;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Generation.Parity;

/// <summary>How old messages were when they were heard: from the stamp in their header to the robot's clock as the worker had it then.</summary>
internal static class MessageAges
{
    private delegate Header ReadHeader(ReadOnlySpan<byte> cdr);

    public static IEnumerable<LatencySeries> In(McapRecording recording, RosNames names) =>
    [
        recording.Of("joint states", names.JointStates, cdr => Cdr.Deserialize<JointState>(cdr).Header),
        recording.Of("odometry", names.Odometry, cdr => Cdr.Deserialize<Odometry>(cdr).Header),
        recording.Of("detections", names.Detections, cdr => Cdr.Deserialize<Detection3DArray>(cdr).Header),
    ];

    private static LatencySeries Of(this McapRecording recording, string what, string topic, ReadHeader header) =>
        new($"age of {what}", [.. recording.On(topic).Select(m => (m.LogTime - header(m.Data.Span).Stamp.Nanoseconds) / 1e9)]);
}
