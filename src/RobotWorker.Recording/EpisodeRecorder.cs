using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Recording.Mcap;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Graph;
using RobotWorker.Time;

namespace RobotWorker.Recording;

/// <summary>
/// Writes one episode into an MCAP file: every ROS message as CDR, the executor's events as JSON, and the documents that the episode was made from.
/// Log times are the robot's clock. The same episode gives the same bytes, wherever and whenever it runs.
/// </summary>
/// <remarks>
/// It writes to <c>NAME.mcap.partial</c> and renames that to <c>NAME.mcap</c> when it is disposed: a file called .mcap is always whole, and one called
/// .partial comes from a process that was killed (it lacks at most the last <see cref="ChunkSpan"/>, and <see cref="McapReader"/> reads it).
/// A disk that fails must not stop a robot in mid-motion: recording ends, <see cref="Failure"/> says why, and the episode goes on.
/// </remarks>
public sealed class EpisodeRecorder : IMessageTap, IDisposable
{
    /// <summary>The topic of the executor's events.</summary>
    public const string EventTopic = "/robotworker/events";

    /// <summary>The topic of the fault monitor's notes: each change of a fault's stage.</summary>
    public const string FaultTopic = "/robotworker/faults";

    /// <summary>The topic of signals that no other topic has: what actions and the graph told the worker.</summary>
    public const string SignalTopic = "/robotworker/signals";

    /// <summary>The topic of the plan's steps: each, as the report has it, whenever it changed.</summary>
    public const string StepTopic = "/robotworker/steps";

    /// <summary>How much robot time a chunk holds at most, and so what a killed process can lose.</summary>
    public static readonly TimeSpan ChunkSpan = TimeSpan.FromSeconds(5);

    private readonly Func<RobotTime> now;
    private readonly McapWriter writer;
    private readonly Dictionary<string, ushort> channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> schemas = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> scratch = new(4096);
    private readonly ushort events;
    private ushort? faults, signals, steps;
    private bool disposed;

    /// <param name="path">The finished file; its folder is made where it is missing, and an older file is replaced.</param>
    /// <param name="now">The robot's clock.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public EpisodeRecorder(string path, Func<RobotTime> now, EpisodeInfo info) : this(path, CreatePartial(path), now, info)
    {
    }

    internal EpisodeRecorder(string path, Stream file, Func<RobotTime> now, EpisodeInfo info)
    {
        Path = System.IO.Path.GetFullPath(path);
        this.now = now;
        writer = new McapWriter(file, new McapOptions("ros2", ChunkSpan: ChunkSpan));
        writer.Describe(new McapMetadata("robotworker", info.ToMetadata()));
        var schema = writer.AddSchema("robotworker.Event", "jsonschema", EventSchema.Utf8);
        events = writer.AddChannel(schema, EventTopic, "json", ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>Where the finished file is after <see cref="Dispose"/>.</summary>
    public string Path { get; }

    /// <summary>Where it is until then.</summary>
    public string PartialPath => Path + ".partial";

    /// <summary>Why recording ended before the episode did, in one line; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Writes a message at the moment it is published.</summary>
    public void Saw(in TappedMessage message)
    {
        scratch.ResetWrittenCount();
        Cdr.Serialize(message.Message, scratch);
        var topic = message.Topic;
        Guarded(() => writer.Write(ChannelOf(topic), LogTime, scratch.WrittenSpan));
    }

    /// <summary>Writes one of the executor's events.</summary>
    public void Happened(Event happened) => Guarded(() => writer.Write(events, LogTime, Encoding.UTF8.GetBytes(EventJson.Write(happened))));

    /// <summary>Writes how a step stands now.</summary>
    public void Stepped(StepReport step) => Guarded(() => writer.Write(steps ??= StepChannel(), LogTime, Encoding.UTF8.GetBytes(StepJson.Write(step))));

    /// <summary>Writes one change of a fault's stage.</summary>
    public void Noted(FaultNote note) => Guarded(() => writer.Write(faults ??= FaultChannel(), LogTime, Encoding.UTF8.GetBytes(FaultJson.Write(note))));

    /// <summary>Writes a value of a signal that no topic has.</summary>
    public void Noticed(Sample sample) => Guarded(() => writer.Write(signals ??= SignalChannel(), LogTime, Encoding.UTF8.GetBytes(FaultJson.Write(sample))));

    /// <summary>Puts the signals around a fault into the file, as a document of its own.</summary>
    public void Attach(FreezeFrame frame) => Attach(FaultJson.NameOf(frame), "application/json", FaultJson.Write(frame));

    /// <summary>Puts a document into the file: the plan, the scene, at the end the report (without anything of the wall clock or this machine).</summary>
    /// <param name="name">A file name without folders.</param>
    public void Attach(string name, string mediaType, string text) =>
        Guarded(() => writer.Attach(new McapAttachment(name, mediaType, LogTime, Encoding.UTF8.GetBytes(text))));

    /// <summary>Completes the file and gives it its name; also after a stop or a failure of the episode. Safe to call again.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        // After a failure neither is done: a file that lost something keeps the name that says so.
        Guarded(writer.Close);
        Guarded(() => File.Move(PartialPath, Path, overwrite: true));
    }

    private static FileStream CreatePartial(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        // No buffer of its own: the writer hands over whole records, and these should reach the system at once.
        return new FileStream(path + ".partial", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private long LogTime => Math.Max(0, now().Nanoseconds);

    private ushort ChannelOf(TopicInfo topic)
    {
        if (channels.TryGetValue(topic.Name, out var channel)) return channel;
        if (!schemas.TryGetValue(topic.RosType, out var schema))
            schemas[topic.RosType] = schema = writer.AddSchema(topic.RosType, "ros2msg", Encoding.UTF8.GetBytes(topic.Definition));
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("offered_qos_profiles", OfferedQos.Yaml(topic.Qos));
        return channels[topic.Name] = writer.AddChannel(schema, topic.Name, "cdr", metadata);
    }

    private ushort FaultChannel() =>
        writer.AddChannel(writer.AddSchema("robotworker.FaultNote", "jsonschema", FaultJson.NoteSchema), FaultTopic, "json", ImmutableSortedDictionary<string, string>.Empty);

    private ushort StepChannel() =>
        writer.AddChannel(writer.AddSchema("robotworker.Step", "jsonschema", StepJson.Schema), StepTopic, "json", ImmutableSortedDictionary<string, string>.Empty);

    private ushort SignalChannel() =>
        writer.AddChannel(writer.AddSchema("robotworker.Sample", "jsonschema", FaultJson.SampleSchema), SignalTopic, "json", ImmutableSortedDictionary<string, string>.Empty);

    private void Guarded(Action write)
    {
        if (Failure is not null) return;
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Failure = $"the recording ended at {now()}: {problem.Message}; what was written is in {PartialPath}";
            writer.Abandon();
        }
    }
}
