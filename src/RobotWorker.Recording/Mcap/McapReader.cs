using System.Collections.Immutable;
using System.IO.Hashing;
using ZstdSharp;

namespace RobotWorker.Recording.Mcap;

/// <summary>
/// Reads a whole recording into memory, checking every CRC. It scans the file from its beginning and needs no summary, so it reads a file that was
/// cut off (a <c>.mcap.partial</c> that a crash left behind) up to its last whole record, and says so in <see cref="McapRecording.Notices"/>.
/// Understands chunks without compression and with zstd.
/// </summary>
public sealed class McapReader
{
    private readonly ReadOnlyMemory<byte> file;
    private readonly SortedDictionary<ushort, McapSchema> schemas = [];
    private readonly SortedDictionary<ushort, McapChannel> channels = [];
    private readonly List<McapMessage> messages = [];
    private readonly List<McapAttachment> attachments = [];
    private readonly List<McapMetadata> metadata = [];
    private readonly List<string> notices = [];
    private string profile = "";
    private bool dataEndSeen;
    private bool footerSeen;

    private McapReader(ReadOnlyMemory<byte> file) => this.file = file;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It does not begin like an MCAP file.</exception>
    public static McapRecording Read(string path) => Read(File.ReadAllBytes(path));

    /// <summary>Reads the bytes of a file; attachments and the like share their memory.</summary>
    /// <exception cref="InvalidDataException">They do not begin like an MCAP file.</exception>
    public static McapRecording Read(ReadOnlyMemory<byte> file) => new McapReader(file).ReadAll();

    private McapRecording ReadAll()
    {
        var begin = Math.Min(file.Length, McapFormat.Magic.Length);
        if (!file.Span[..begin].SequenceEqual(McapFormat.Magic[..begin]))
            throw new InvalidDataException("not an MCAP file: it does not begin with the format's eight magic bytes");

        var position = begin;
        while (!footerSeen && ReadRecord(ref position)) ;
        if (footerSeen && !file.Span[position..].SequenceEqual(McapFormat.Magic))
            notices.Add($"byte {position}: the file does not end with the format's magic bytes");
        if (footerSeen && !dataEndSeen) notices.Add("the data section has no end record, so its CRC could not be checked");
        return new McapRecording(
            profile, schemas.ToImmutableSortedDictionary(), channels.ToImmutableSortedDictionary(),
            [.. messages.OrderBy(message => message.LogTime)], [.. attachments], [.. metadata], [.. notices]);
    }

    /// <returns>False when nothing can be read behind this place.</returns>
    private bool ReadRecord(ref int position)
    {
        var left = file.Length - position;
        var head = new RecordCursor(file[position..]);
        var opcode = left < McapFormat.RecordHead ? default : (Opcode)head.U8();
        var length = left < McapFormat.RecordHead ? 0 : head.U64();
        if (left < McapFormat.RecordHead || length > (ulong)head.Left)
        {
            notices.Add($"byte {position}: the file was cut off here; {messages.Count} messages before it were recovered");
            return false;
        }
        if (opcode == default)
        {
            notices.Add($"byte {position}: no record begins here; {messages.Count} messages before it were recovered");
            return false;
        }
        var start = position;
        position += McapFormat.RecordHead + (int)length;
        try
        {
            Take(opcode, new RecordCursor(head.Take(length)), start);
        }
        catch (Exception problem) when (problem is InvalidDataException or ZstdException)
        {
            notices.Add($"byte {start}: the {opcode} record is damaged and was left out: {problem.Message}");
        }
        return true;
    }

    private void Take(Opcode opcode, RecordCursor record, int start)
    {
        switch (opcode)
        {
            case Opcode.Header:
                profile = record.Text();
                break;
            case Opcode.Schema:
                TakeSchema(record);
                break;
            case Opcode.Channel:
                TakeChannel(record);
                break;
            case Opcode.Message:
                TakeMessage(record);
                break;
            case Opcode.Chunk:
                TakeChunk(record);
                break;
            case Opcode.Attachment:
                TakeAttachment(record);
                break;
            case Opcode.Metadata:
                metadata.Add(new McapMetadata(record.Text(), record.Map()));
                break;
            case Opcode.DataEnd:
                dataEndSeen = true;
                Check("data section", record.U32(), file.Span[..start]);
                break;
            case Opcode.Footer:
                TakeFooter(record, start);
                break;
            case Opcode.MessageIndex or Opcode.ChunkIndex or Opcode.AttachmentIndex or Opcode.MetadataIndex:
            case Opcode.Statistics or Opcode.SummaryOffset:
            default:
                break;      // Indexes repeat what the scan finds; the format reserves the other opcodes for later and for private use.
        }
    }

    private void TakeSchema(RecordCursor record)
    {
        var schema = new McapSchema(record.U16(), record.Text(), record.Text(), record.Take(record.U32()));
        schemas[schema.Id] = schema;
    }

    private void TakeChannel(RecordCursor record)
    {
        var channel = new McapChannel(record.U16(), record.U16(), record.Text(), record.Text(), record.Map());
        channels[channel.Id] = channel;
    }

    private void TakeMessage(RecordCursor record)
    {
        var message = new McapMessage(record.U16(), record.U32(), record.Time(), record.Time(), record.Rest());
        if (!channels.ContainsKey(message.Channel)) throw new InvalidDataException($"a message of channel {message.Channel}, which was not declared");
        messages.Add(message);
    }

    private void TakeChunk(RecordCursor record)
    {
        _ = record.Time();
        _ = record.Time();
        var size = record.U64();
        var crc = record.U32();
        var compression = record.Text();
        var stored = record.Take(record.U64());
        var records = Decompress(compression, stored, size);
        Check("chunk", crc, records.Span);

        var inner = new RecordCursor(records);
        while (inner.Left > 0)
        {
            var opcode = (Opcode)inner.U8();
            var body = new RecordCursor(inner.Take(inner.U64()));
            if (opcode is Opcode.Schema or Opcode.Channel or Opcode.Message) Take(opcode, body, start: 0);
        }
    }

    private static ReadOnlyMemory<byte> Decompress(string compression, ReadOnlyMemory<byte> stored, ulong size)
    {
        if (compression.Length == 0) return stored;
        if (compression != "zstd") throw new InvalidDataException($"compression '{compression}' is not known; zstd is");
        if (size > int.MaxValue) throw new InvalidDataException($"{size} bytes are too many for one chunk");
        using var zstd = new Decompressor();
        var records = new byte[size];
        var written = zstd.Unwrap(stored.Span, records);
        return records.AsMemory(0, written);
    }

    private void TakeAttachment(RecordCursor record)
    {
        var logTime = record.Time();
        _ = record.Time();
        var name = record.Text();
        var mediaType = record.Text();
        var data = record.Take(record.U64());
        var covered = record.Taken;
        Check("attachment", record.U32(), covered.Span);
        attachments.Add(new McapAttachment(name, mediaType, logTime, data));
    }

    private void TakeFooter(RecordCursor record, int start)
    {
        var summary = record.U64();
        _ = record.U64();
        var crc = record.U32();
        footerSeen = true;
        // From the beginning of the summary up to the CRC itself, which is the footer's last field.
        var end = start + McapFormat.RecordHead + 16;
        if (summary > (ulong)start) throw new InvalidDataException($"its summary would begin at byte {summary}, behind it");
        if (summary != 0) Check("summary", crc, file.Span[(int)summary..end]);
    }

    private static void Check(string what, uint crc, ReadOnlySpan<byte> bytes)
    {
        // Zero means that the writer left it out.
        if (crc != 0 && crc != Crc32.HashToUInt32(bytes)) throw new InvalidDataException($"the CRC of the {what} does not match");
    }
}
