using System.Collections.Immutable;

namespace RobotWorker.Recording.Mcap;

/// <summary>What a file held.</summary>
/// <param name="Messages">By log time; messages of the same instant in the order of the file.</param>
/// <param name="Notices">What is wrong with the file, each in one line with its place; empty for a whole file.</param>
public sealed record McapRecording(
    string Profile, ImmutableSortedDictionary<ushort, McapSchema> Schemas, ImmutableSortedDictionary<ushort, McapChannel> Channels,
    ImmutableArray<McapMessage> Messages, ImmutableArray<McapAttachment> Attachments, ImmutableArray<McapMetadata> Metadata,
    ImmutableArray<string> Notices)
{
    /// <summary>Whether the file was closed properly and every CRC holds.</summary>
    public bool IsWhole => Notices.IsEmpty;

    /// <summary>The messages of one topic, by log time.</summary>
    public IEnumerable<McapMessage> On(string topic) => Messages.Where(message => Channels[message.Channel].Topic == topic);
}
