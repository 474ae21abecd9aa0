using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RobotWorker.Testing;

/// <summary>A collector that takes OTLP over HTTP and keeps what it is sent, decoded by the field numbers of opentelemetry-proto 1.x.</summary>
public sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();
    private readonly Thread thread;

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        thread = new(Serve) { IsBackground = true };
        thread.Start();
    }

    public string Address { get; }

    /// <summary>In whatever order they came.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. Items("/v1/traces").Select(OtlpSpan.Of)];

    public IReadOnlyList<OtlpLog> Logs => [.. Items("/v1/logs").Select(OtlpLog.Of)];

    /// <summary>Names of instruments with their units.</summary>
    public IReadOnlyList<(string Name, string Unit)> Metrics => [.. Items("/v1/metrics").Select(m => (m.Text(1), m.Text(3))).Distinct()];

    /// <summary>Attributes of the resources that sent anything.</summary>
    public IReadOnlyDictionary<string, string> Resource => received.SelectMany(r => new ProtoMessage(r.Body).Messages(1)).SelectMany(r => r.Messages(1)).SelectMany(r => r.Messages(1))
        .GroupBy(a => a.Text(1)).ToDictionary(g => g.Key, g => OtlpSpan.Value(g.First()));

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        listener.Stop();
        thread.Join();
        listener.Close();
    }

    // ExportXServiceRequest { ResourceX { resource = 1, ScopeX = 2 { scope = 1, x = 2 } } = 1 }
    private IEnumerable<ProtoMessage> Items(string path) =>
        received.Where(r => r.Path == path).SelectMany(r => new ProtoMessage(r.Body).Messages(1)).SelectMany(r => r.Messages(2)).SelectMany(s => s.Messages(2));

    private void Serve()
    {
        try
        {
            while (true)
            {
                var context = listener.GetContext();
                using var body = new MemoryStream();
                context.Request.InputStream.CopyTo(body);
                received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}

/// <param name="Id">In hexadecimal, as the parent; a root has an empty parent.</param>
/// <param name="Status">0 unset, 1 ok, 2 error.</param>
public sealed record OtlpSpan(string Trace, string Id, string Parent, string Name, DateTimeOffset Start, DateTimeOffset End, int Status, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events)
{
    internal static OtlpSpan Of(ProtoMessage span) => new(
        Convert.ToHexString(span.Bytes(1)), Convert.ToHexString(span.Bytes(2)), Convert.ToHexString(span.Bytes(4)), span.Text(5), Time(span.Number(7)), Time(span.Number(8)),
        span.Messages(15).Select(s => (int)s.Number(3)).SingleOrDefault(), span.Messages(9).ToDictionary(a => a.Text(1), Value), [.. span.Messages(11).Select(e => e.Text(2))]);

    internal static string Value(ProtoMessage attribute) => attribute.Messages(2).Select(v => v.Bytes(1).Length > 0 ? v.Text(1) : $"{v.Number(3)}").Single();

    internal static DateTimeOffset Time(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));
}

/// <param name="Severity">9 INFO, 13 WARN, 17 ERROR.</param>
public sealed record OtlpLog(DateTimeOffset At, int Severity, string Body, string Trace, string Span)
{
    internal static OtlpLog Of(ProtoMessage log) => new(
        OtlpSpan.Time(log.Number(1)), (int)log.Number(2), log.Messages(5).Select(b => b.Text(1)).Single(), Convert.ToHexString(log.Bytes(9)), Convert.ToHexString(log.Bytes(10)));
}

/// <summary>A message of protocol buffers, read without its definition (protobuf.dev, "Encoding").</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> fields = [];

    public ProtoMessage(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var tag = Varint(ref rest);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0: fields.Add((field, Varint(ref rest), [])); break;
                case 1: fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref rest, 8)), [])); break;
                case 2: fields.Add((field, 0, Take(ref rest, (int)Varint(ref rest)).ToArray())); break;
                case 5: fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4)), [])); break;
                default: throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) => fields.Where(f => f.Field == field).Select(f => new ProtoMessage(f.Bytes));

    public byte[] Bytes(int field) => fields.Where(f => f.Field == field).Select(f => f.Bytes).FirstOrDefault() ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public ulong Number(int field) => fields.Where(f => f.Field == field).Select(f => f.Number).FirstOrDefault();

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
