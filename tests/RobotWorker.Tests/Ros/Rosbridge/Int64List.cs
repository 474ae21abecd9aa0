using System.Collections.Immutable;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Tests.Ros.Rosbridge;

/// <summary>A message type of our own making: the standard ones have no list of int64.</summary>
internal sealed record Int64List(ImmutableArray<long> Goals) : IRosMessage<Int64List>
{
    public static string RosType => "test_msgs/msg/Int64List";

    public static string Definition => "int64[] goals\n";

    public static Int64List Default => new([]);

    string IRosMessage.TypeName => RosType;

    string IRosMessage.TypeDefinition => Definition;

    public static Int64List Read<TReader>(ref TReader reader) where TReader : IFieldReader, allows ref struct => new(reader.Values<long>("goals", Bounds.None));

    public void Write<TWriter>(ref TWriter writer) where TWriter : IFieldWriter, allows ref struct => writer.Values("goals", Goals, Bounds.None);
}
