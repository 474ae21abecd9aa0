namespace RobotWorker.Recording.Mcap;

/// <summary>Constants of the MCAP container, version 0 (mcap.dev/spec). All numbers are little-endian.</summary>
internal static class McapFormat
{
    /// <summary>Opcode (1 byte) and body length (8 bytes) stand before every record.</summary>
    public const int RecordHead = 9;

    /// <summary>Stands at both ends of a whole file: 0x89, "MCAP0", CR, LF.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A];
}

/// <summary>The first byte of every record.</summary>
internal enum Opcode : byte
{
    Header = 0x01,
    Footer = 0x02,
    Schema = 0x03,
    Channel = 0x04,
    Message = 0x05,
    Chunk = 0x06,
    MessageIndex = 0x07,
    ChunkIndex = 0x08,
    Attachment = 0x09,
    AttachmentIndex = 0x0A,
    Statistics = 0x0B,
    Metadata = 0x0C,
    MetadataIndex = 0x0D,
    SummaryOffset = 0x0E,
    DataEnd = 0x0F,
}
