using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZstdSharp;

namespace RobotWorker.Generation.Replay;

/// <summary>
/// A certificate as a file: a magic number, the head as JSON, the rest packed by zstd, and a SHA-256 of all before it. Numbers are kept as what they are more than was to be expected, which is little, byte by byte of equal
/// weight.
/// </summary>
internal static class CertificateFile
{
    /// <summary>Its name beside an episode.</summary>
    public const string Name = "certificate.rwc";

    private const int Level = 3, MostBytes = 1 << 30;
    private static readonly ImmutableArray<byte> Magic = [.. "RWCERT01"u8];

    public static void Write(string file, Certificate certificate) => File.WriteAllBytes(file, Pack(certificate));

    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Certificate Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        try
        {
            return Unpack(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file} {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or JsonException or ZstdException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{file} is no certificate of replay: {e.Message.TrimEnd('.')}", e);
        }
    }

    public static byte[] Pack(Certificate certificate)
    {
        using var file = new MemoryStream();
        using var to = new BinaryWriter(file);
        to.Write(Magic.AsSpan());
        var head = JsonSerializer.SerializeToUtf8Bytes(certificate.Head, CertificateJson.Default.CertificateHead);
        to.Write(head.Length);
        to.Write(head);
        using var body = new MemoryStream();
        using (var packed = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true)) WriteBody(packed, certificate);
        using var zstd = new Compressor(Level);
        var small = zstd.Wrap(body.GetBuffer().AsSpan(0, (int)body.Length));
        to.Write((int)body.Length);
        to.Write(small.Length);
        to.Write(small);
        to.Flush();
        to.Write(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
        to.Flush();
        return file.ToArray();
    }

    public static Certificate Unpack(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Magic.AsSpan())) throw new InvalidDataException("is no certificate of replay");
        if (bytes.Length < Magic.Length + SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan()[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes.AsSpan()[^SHA256.HashSizeInBytes..]))
            throw new InvalidDataException("is damaged or cut short: its bytes are not those of its own SHA-256");
        using var from = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length - SHA256.HashSizeInBytes));
        var head = JsonSerializer.Deserialize(Bytes(from, from.ReadInt32()), CertificateJson.Default.CertificateHead) ?? throw new InvalidDataException("has no head");
        var size = from.ReadInt32();
        if (!CanBe(head, size)) throw new InvalidDataException("has a head that cannot be");
        using var zstd = new Decompressor();
        var body = zstd.Unwrap(Bytes(from, from.ReadInt32()), size);
        if (body.Length != size) throw new InvalidDataException($"unpacks to {body.Length} bytes, not {size}");
        return ReadBody(new(new MemoryStream(body.ToArray())), head);
    }

    /// <summary>Whether the sizes go together: nothing is allocated by what they say before.</summary>
    private static bool CanBe(CertificateHead head, int size) =>
        size is > 0 and <= MostBytes && head is { Steps: >= 0, Every: > 0 and < 1_000_000, Driven: > 0, Frames: { First: >= 0, Every: > 0, Count: >= 0 } } && head.Steps < size && head.Numbers >= head.Driven
        && head.Numbers <= size / sizeof(ulong) && head.Frames.First + ((head.Frames.Count - 1L) * head.Frames.Every) <= head.Steps;

    private static void WriteBody(BinaryWriter to, Certificate certificate)
    {
        var head = certificate.Head;
        to.Write(certificate.Mjcf);
        to.WritePlanes(certificate.Model.AsSpan());
        WriteWrites(to, certificate.Writes, head);
        to.WritePlanes(certificate.Hashes.AsSpan());
        to.WritePlanes(Expected.Of(certificate.Checkpoints, head.Driven));
        to.Write7BitEncodedInt(certificate.Checks.Length);
        foreach (var check in certificate.Checks)
        {
            to.Write7BitEncodedInt(check.Block);
            to.Write7BitEncodedInt(check.Slot);
            to.Write(check.Sum);
        }
    }

    private static Certificate ReadBody(BinaryReader from, CertificateHead head)
    {
        var mjcf = from.ReadString();
        ImmutableArray<ulong> model = [.. from.ReadPlanes(head.Numbers - head.Driven)];
        var writes = ReadWrites(from, head);
        ImmutableArray<ulong> hashes = [.. from.ReadPlanes(head.Steps + 1)];
        var checkpoints = Expected.Rows(from.ReadPlanes(checked(Certificate.CheckpointsOf(head) * head.Driven)), head.Driven);
        var checks = ImmutableArray.CreateBuilder<WriteCheck>();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--) checks.Add(new(from.Read7BitEncodedInt(), Slot(from.Read7BitEncodedInt(), head), from.ReadUInt32()));
        if (from.BaseStream.Position != from.BaseStream.Length) throw new InvalidDataException("has more in it than belongs there");
        return new(head, mjcf, model, writes, hashes, checkpoints, checks.ToImmutable());
    }

    /// <summary>Step by step how many, then of each how far it is from the slot before, and whether it follows; then all values.</summary>
    private static void WriteWrites(BinaryWriter to, ImmutableArray<StepWrite> writes, CertificateHead head)
    {
        var next = 0;
        for (var step = 0; step < head.Steps; step++)
        {
            var (first, slot) = (next, 0);
            while (next < writes.Length && writes[next].Step == step) next++;
            to.Write7BitEncodedInt(next - first);
            foreach (var write in writes.AsSpan()[first..next])
            {
                to.Write7BitEncodedInt(((write.Slot - slot) << 1) | (write.Follows ? 1 : 0));
                slot = write.Slot;
            }
        }
        var expected = new Expected(head.Numbers);
        ulong[] values = [.. writes.Where(w => !w.Follows).Select(w => expected.Beyond(w.Slot, w.Bits))];
        to.Write(values.Length);
        to.WritePlanes(values);
    }

    private static ImmutableArray<StepWrite> ReadWrites(BinaryReader from, CertificateHead head)
    {
        var writes = new List<StepWrite>();
        for (var step = 0; step < head.Steps; step++)
        {
            var slot = 0;
            for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            {
                var read = from.Read7BitEncodedInt();
                slot = Slot(slot + (read >> 1), head);
                writes.Add(new(step, slot, 0, (read & 1) == 1));
            }
        }
        var values = from.ReadPlanes(from.ReadInt32());
        var (expected, next) = (new Expected(head.Numbers), 0);
        if (writes.Count(w => !w.Follows) != values.Length) throw new InvalidDataException("has not one value for each write");
        return [.. writes.Select(w => w.Follows ? w : w with { Bits = expected.From(w.Slot, values[next++]) })];
    }

    private static byte[] Bytes(BinaryReader from, int count) => count >= 0 && count <= from.BaseStream.Length - from.BaseStream.Position
        ? from.ReadBytes(count)
        : throw new EndOfStreamException($"{count} bytes should follow, and {from.BaseStream.Length - from.BaseStream.Position} do");

    private static int Slot(int slot, CertificateHead head) => slot >= 0 && slot < head.Numbers ? slot : throw new InvalidDataException($"has a number {slot} of {head.Numbers}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CertificateHead))]
internal sealed partial class CertificateJson : JsonSerializerContext;
