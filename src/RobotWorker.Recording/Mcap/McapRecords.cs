using System.Collections.Immutable;

namespace RobotWorker.Recording.Mcap;

/// <summary>What the bytes of a channel's messages mean.</summary>
/// <param name="Id">Unique in the file, never 0.</param>
/// <param name="Name">Such as <c>geometry_msgs/msg/PoseStamped</c>.</param>
/// <param name="Encoding">Such as <c>ros2msg</c> or <c>jsonschema</c>.</param>
public sealed record McapSchema(ushort Id, string Name, string Encoding, ReadOnlyMemory<byte> Data);

/// <summary>A stream of messages of one type.</summary>
/// <param name="Schema">The id of its <see cref="McapSchema"/>.</param>
/// <param name="MessageEncoding">Such as <c>cdr</c> or <c>json</c>.</param>
public sealed record McapChannel(
    ushort Id, ushort Schema, string Topic, string MessageEncoding, ImmutableSortedDictionary<string, string> Metadata);

/// <summary>One message.</summary>
/// <param name="Sequence">Counts the channel's messages from 0.</param>
/// <param name="LogTime">Nanoseconds on the recorder's clock (the robot's).</param>
/// <param name="PublishTime">Nanoseconds; the log time where the publisher's is not known.</param>
public readonly record struct McapMessage(ushort Channel, uint Sequence, long LogTime, long PublishTime, ReadOnlyMemory<byte> Data);

/// <summary>A file inside the file.</summary>
/// <param name="LogTime">Nanoseconds on the recorder's clock.</param>
public sealed record McapAttachment(string Name, string MediaType, long LogTime, ReadOnlyMemory<byte> Data);

/// <summary>Named texts about the recording.</summary>
public sealed record McapMetadata(string Name, ImmutableSortedDictionary<string, string> Values);

/// <summary>How a file is written. The same options and the same calls give the same bytes.</summary>
/// <param name="Profile">The header's profile: <c>ros2</c>, <c>ros1</c> or empty.</param>
/// <param name="ChunkBytes">A chunk ends when its records hold this many bytes before compression.</param>
/// <param name="ChunkSpan">
/// A chunk also ends when its messages span this much log time: what a killed process can lose of a quiet recording. Null for bytes alone.
/// </param>
/// <param name="CompressionLevel">Of zstd, fixed so that it never depends on the machine. 1: robot messages shrink to about a fifth, and levels above cost more than they save.</param>
public sealed record McapOptions(string Profile, int ChunkBytes = 1 << 20, TimeSpan? ChunkSpan = null, int CompressionLevel = 1);
