using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages.Tf2Msgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Time;

namespace RobotWorker.Generation.Parity;

/// <summary>The way of the end effector in the map, from the transforms of a recording.</summary>
internal static class ToolPathReader
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.02);

    // Transforms of one instant may come in several messages, some of them late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.2);

    // Localisation tells seldom where odometry drifts to, and until then it counts.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    // What lies further back is not looked up any more.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public static ToolPath Read(McapRecording recording, RosNames names, FrameNames frames)
    {
        var transforms = new TransformBuffer(Slack);
        var points = ImmutableArray.CreateBuilder<ToolPoint>();
        RobotTime? next = null;
        foreach (var message in recording.Messages)
        {
            var topic = recording.Channels[message.Channel].Topic;
            if (topic != names.Tf && topic != names.TfStatic) continue;
            foreach (var one in Cdr.Deserialize<TFMessage>(message.Data.Span).Transforms)
            {
                var at = one.Header.Stamp.ToRobotTime();
                transforms.Set(one.Header.FrameId, one.ChildFrameId, one.Transform.ToPose(), at, topic == names.TfStatic);
                if (topic == names.Tf) next ??= at;
            }
            var heard = new RobotTime(message.LogTime);
            // After a silence, or a stamp of no time at all, it goes on from now.
            if (next is { } behind && heard - behind > Silence) next = heard - Patience;
            for (; next is { } at && at + Patience <= heard; next = at + Step) Add(at);
        }
        for (var n = 0; next is { } at && n < Patience / Step; n++, next = at + Step) Add(at);
        return new(points.ToImmutable());

        void Add(RobotTime at)
        {
            if (transforms.Lookup(frames.Map, frames.Tool, at) is { } pose) points.Add(new(at, pose));
        }
    }
}
