using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RobotWorker.Faults;
using RobotWorker.Recording;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;
using RobotWorker.Time;

namespace RobotWorker.Generation.Scoring;

/// <summary>The fault monitor over a recording: what it noticed then, and what it notices now.</summary>
/// <param name="Recorded">The notes that the recording holds; empty for one that no monitor listened to.</param>
/// <param name="Notices">What was left out and why, a line each.</param>
public sealed record FaultReplay(ImmutableArray<FaultNote> Recorded, ImmutableArray<FaultNote> Replayed, ImmutableArray<string> Notices)
{
    /// <summary>Whether the monitor was given anything; of a recording of other topics it is not.</summary>
    public bool HeardAnything { get; init; }

    public bool IsIdentical => Recorded.SequenceEqual(Replayed);

    /// <summary>Feeds every message to a fresh monitor at the time at which it was recorded, at virtual pace.</summary>
    /// <param name="names">The robot's topics.</param>
    /// <param name="catalogue">That for the robot's arm.</param>
    /// <param name="heard">Hears every sample as well.</param>
    /// <exception cref="InvalidDataException">A signal or a note that was recorded is none.</exception>
    public static FaultReplay Of(McapRecording recording, RosNames names, FaultCatalogue catalogue, Action<Sample>? heard = null)
    {
        var replayed = ImmutableArray.CreateBuilder<FaultNote>();
        var loop = new EpisodeLoop(Pace.Virtual);
        using var monitor = new FaultMonitor(catalogue, loop.Time, new Nobody(), replayed.Add);
        var source = new Source();
        var signals = 0;
        var take = monitor.Take + heard + (_ => signals++);
        new SignalSense(take).Listen(source, names);
        loop.Run(() => PlayAsync(recording, source, take, monitor, loop));
        return new([.. recording.On(EpisodeRecorder.FaultTopic).Select(Note)], replayed.ToImmutable(), [.. recording.Notices, .. source.Unread]) { HeardAnything = source.HasDelivered || signals > 0 };
    }

    /// <summary>The arm's joints as its controller names them; none where the recording does not hold its state.</summary>
    public static ImmutableArray<string> ArmIn(McapRecording recording, RosNames names)
    {
        ImmutableArray<string> joints = [];
        var source = new Source();
        source.On<JointTrajectoryControllerState>(names.ControllerState, state => joints = [.. state.JointNames]);
        foreach (var message in recording.Messages)
        {
            source.Deliver(recording.Channels[message.Channel], message.Data.Span);
            if (!joints.IsEmpty) break;
        }
        return joints;
    }

    /// <summary>The robot's own catalogue of faults, as the recording has it, by its file's name; null: it has the built-in one.</summary>
    public static string? OwnFaultsIn(McapRecording recording) =>
        recording.Attachments.FirstOrDefault(a => Encoding.UTF8.GetString(a.Data.Span).Split('\n') is var lines && lines.Any(l => l.StartsWith("faults:", StringComparison.Ordinal)) && lines.Any(l => l.StartsWith("catalogue:", StringComparison.Ordinal)))?.Name;

    private static async Task PlayAsync(McapRecording recording, Source source, Action<Sample> take, FaultMonitor monitor, EpisodeLoop loop)
    {
        var began = recording.Messages.IsEmpty ? 0 : recording.Messages[0].LogTime;
        foreach (var message in recording.Messages)
        {
            var wait = TimeSpan.FromTicks((message.LogTime - began) / 100) - loop.Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, loop.Time);
            var channel = recording.Channels[message.Channel];
            // That a person said so came from outside: the recording knows when.
            if (channel.Topic == EpisodeRecorder.FaultTopic && Note(message) is { Stage: FaultStage.Acknowledged } word) monitor.Reset(word.Code, word.Component);
            else if (channel.Topic == EpisodeRecorder.SignalTopic) take(Read(message, channel.Topic, FaultJson.ReadSample));
            else source.Deliver(channel, message.Data.Span);
        }
    }

    private static FaultNote Note(McapMessage message) => Read(message, EpisodeRecorder.FaultTopic, FaultJson.ReadNote);

    private static T Read<T>(McapMessage message, string topic, Func<string, T> read)
    {
        try
        {
            return read(Encoding.UTF8.GetString(message.Data.Span));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the message {message.Sequence} of {topic}, logged at {message.LogTime} ns, cannot be read: {e.Message}", e);
        }
    }

    private delegate void Decode(ReadOnlySpan<byte> cdr);

    private sealed class Source : SignalSense.ISource
    {
        private readonly Dictionary<string, Decode> topics = new(StringComparer.Ordinal);
        private readonly SortedSet<string> unread = new(StringComparer.Ordinal);

        public IEnumerable<string> Unread => unread;

        /// <summary>Whether there was a message on a topic that somebody listens to.</summary>
        public bool HasDelivered { get; private set; }

        public void On<T>(string topic, Action<T> take) where T : IRosMessage<T>
        {
            if (topic.Length > 0) topics[topic] = cdr => take(Cdr.Deserialize<T>(cdr));
        }

        public void Deliver(McapChannel channel, ReadOnlySpan<byte> data)
        {
            if (!topics.TryGetValue(channel.Topic, out var take)) return;
            HasDelivered = true;
            if (channel.MessageEncoding != "cdr")
            {
                unread.Add($"{channel.Topic} is not in CDR but in '{channel.MessageEncoding}': it was left out");
                return;
            }
            try
            {
                take(data);
            }
            catch (RosCodecException e)
            {
                unread.Add($"{channel.Topic}: a message cannot be read and was left out: {e.Message}");
            }
        }
    }

    private sealed class Nobody : IFaultListener
    {
        public void FaultConfirmed(Fault fault)
        {
        }

        public void FaultHealed(Fault fault)
        {
        }
    }
}
