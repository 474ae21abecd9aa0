using System.Collections.Immutable;
using System.Text;
using RobotWorker.Recording.Mcap;

namespace RobotWorker.Tests.Recording.Mcap;

[TestFixture]
public sealed class McapFileTests
{
    private static readonly McapOptions SmallChunks = new("ros2", ChunkBytes: 200);

    [Test]
    public void Write_MessagesOfTwoChannels_AreReadBackInTimeOrder()
    {
        var recording = McapReader.Read(Write(SmallChunks, writer =>
        {
            var schema = writer.AddSchema("demo/msg/Text", "ros2msg", "string data"u8.ToArray());
            var left = writer.AddChannel(schema, "/left", "cdr", ImmutableSortedDictionary<string, string>.Empty.Add("offered_qos_profiles", "q"));
            var right = writer.AddChannel(schema, "/right", "cdr", ImmutableSortedDictionary<string, string>.Empty);
            writer.Write(left, 20, "b"u8, publishTime: 19);
            writer.Write(right, 10, "a"u8);
            writer.Write(left, 30, ""u8);
        }));

        Assert.Multiple(() =>
        {
            Assert.That(recording.Notices, Is.Empty);
            Assert.That(recording.Profile, Is.EqualTo("ros2"));
            Assert.That(recording.Messages.Select(Story), Is.EqualTo(["/right #0 10/10 'a'", "/left #0 20/19 'b'", "/left #1 30/30 ''"]));
            Assert.That(recording.Schemas[1].Name, Is.EqualTo("demo/msg/Text"));
            Assert.That(recording.Channels[1].Metadata["offered_qos_profiles"], Is.EqualTo("q"));
        });

        string Story(McapMessage message) =>
            $"{recording.Channels[message.Channel].Topic} #{message.Sequence} {message.LogTime}/{message.PublishTime} '{Encoding.UTF8.GetString(message.Data.Span)}'";
    }

    [Test]
    public void Write_AttachmentAndMetadata_AreReadBack()
    {
        var recording = McapReader.Read(Write(SmallChunks, writer =>
        {
            writer.Describe(new McapMetadata("robotworker", ImmutableSortedDictionary<string, string>.Empty.Add("seed", "7")));
            writer.Attach(new McapAttachment("plan.yaml", "application/yaml", 5, "plan: Küche"u8.ToArray()));
        }));

        var attachment = recording.Attachments.Single();
        Assert.Multiple(() =>
        {
            Assert.That(recording.Notices, Is.Empty);
            Assert.That(recording.Metadata.Single().Values["seed"], Is.EqualTo("7"));
            Assert.That((attachment.Name, attachment.MediaType, attachment.LogTime), Is.EqualTo(("plan.yaml", "application/yaml", 5L)));
            Assert.That(Encoding.UTF8.GetString(attachment.Data.Span), Is.EqualTo("plan: Küche"));
        });
    }

    [Test]
    public void Write_SameCallsTwice_GiveTheSameBytes()
    {
        var first = Sample().ToArray();

        var second = Sample().ToArray();

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Write_LongQuietRecording_EndsChunksByTime()
    {
        var options = new McapOptions("", ChunkSpan: TimeSpan.FromSeconds(5));
        var whole = Write(options, writer => EverySecond(writer, 20));

        var firstTwoChunks = McapReader.Read(whole[..FindChunks(whole.ToArray())[2]]);

        Assert.That(firstTwoChunks.Messages, Has.Length.EqualTo(10));
    }

    [Test]
    public void Read_CutOffAnywhere_KeepsEveryWholeChunkBeforeTheCut()
    {
        var whole = Sample();
        var all = McapReader.Read(whole).Messages;
        var recovered = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            var part = McapReader.Read(whole[..length]);

            Assert.That(part.IsWhole, Is.False, $"cut at {length}");
            Assert.That(part.Messages, Has.Length.AtLeast(recovered), $"cut at {length}: a longer file lost messages");
            recovered = part.Messages.Length;
            for (var i = 0; i < recovered; i++) Assert.That(part.Messages[i].Data.Span.SequenceEqual(all[i].Data.Span));
        }
        Assert.That(recovered, Is.EqualTo(all.Length));
    }

    [Test]
    public void Read_CutOff_SaysWhereAndHowMuchWasRecovered()
    {
        var whole = Sample();

        var notice = McapReader.Read(whole[..^100]).Notices[^1];

        Assert.That(notice, Does.Match("^byte [0-9]+: the file was cut off here; 40 messages before it were recovered$"));
    }

    [Test]
    public void Read_AnyDamagedByte_IsNoticed()
    {
        var whole = Sample().ToArray();
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] ^= 0x10;
            if (i >= 8) Assert.That(McapReader.Read(whole).IsWhole, Is.False, $"byte {i}");
            else Assert.That(() => McapReader.Read(whole), Throws.TypeOf<InvalidDataException>(), $"byte {i}");
            whole[i] ^= 0x10;
        }
        Assert.That(McapReader.Read(whole).IsWhole);
    }

    [Test]
    public void Read_DamagedChunk_LosesThatChunkAlone()
    {
        var whole = Sample().ToArray();
        var second = FindChunks(whole)[1];
        whole[second + 60] ^= 0xFF;

        var recording = McapReader.Read(whole);

        Assert.Multiple(() =>
        {
            Assert.That(recording.Notices[0], Does.StartWith($"byte {second}: the Chunk record is damaged and was left out"));
            Assert.That(recording.Messages, Has.Length.InRange(20, 39));
        });
    }

    [Test]
    public void Read_SomethingElse_SaysSo() =>
        Assert.That(() => McapReader.Read("plan: robotworker/v1"u8.ToArray()), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not an MCAP file"));

    [Test]
    public void Write_UndeclaredChannel_IsRefused()
    {
        using var writer = new McapWriter(new MemoryStream(), SmallChunks);

        Assert.That(() => writer.Write(1, 0, ""u8), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Write_AfterClose_IsRefused()
    {
        var writer = new McapWriter(new MemoryStream(), SmallChunks);
        writer.Close();

        Assert.That(() => writer.AddSchema("a", "", default), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Close_NothingWritten_IsAWholeFile()
    {
        var recording = McapReader.Read(Write(SmallChunks, _ => { }));

        Assert.That(recording.IsWhole);
        Assert.That(recording.Messages, Is.Empty);
    }

    private static ReadOnlyMemory<byte> Sample() => Write(SmallChunks, writer =>
    {
        writer.Describe(new McapMetadata("robotworker", ImmutableSortedDictionary<string, string>.Empty.Add("seed", "7")));
        EverySecond(writer, 40);
        writer.Attach(new McapAttachment("plan.yaml", "application/yaml", 5, "plan: robotworker/v1"u8.ToArray()));
    });

    private static void EverySecond(McapWriter writer, int count)
    {
        var schema = writer.AddSchema("demo/msg/Text", "ros2msg", "string data"u8.ToArray());
        var channel = writer.AddChannel(schema, "/text", "cdr", ImmutableSortedDictionary<string, string>.Empty);
        for (var i = 0; i < count; i++) writer.Write(channel, i * 1_000_000_000L, Encoding.UTF8.GetBytes($"message {i}"));
    }

    private static ReadOnlyMemory<byte> Write(McapOptions options, Action<McapWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new McapWriter(stream, options)) write(writer);
        return stream.ToArray();
    }

    private static List<int> FindChunks(byte[] file)
    {
        var chunks = new List<int>();
        for (var position = 8; position < file.Length - 8; position += 9 + (int)BitConverter.ToUInt64(file, position + 1))
            if (file[position] == 0x06) chunks.Add(position);
        return chunks;
    }
}
