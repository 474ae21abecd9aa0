using RobotWorker.Chance;

namespace RobotWorker.Firmware.Links;

/// <summary>What a <see cref="FaultyLink"/> does to bytes of either direction; probabilities are of each byte.</summary>
/// <param name="Flip">One bit of it turns over.</param>
/// <param name="Burst">Here begins a burst of 2 to 8 bytes of which every one is another.</param>
/// <param name="CutAfter">After so many bytes in both directions together the cable is pulled; null: never.</param>
public sealed record LinkFaults(double Flip = 0, double Drop = 0, double Double = 0, double Burst = 0, long? CutAfter = null);

/// <summary>A link that does to its bytes what bad cables do: turns bits over, loses, doubles and garbles bytes, and breaks. The same seed gives the same faults.</summary>
public sealed class FaultyLink(IByteLink inner, LinkFaults faults, ulong seed) : IByteLink
{
    private readonly Mangler written = new(faults, RandomStream.For(seed, "link", "written"));
    private readonly Mangler read = new(faults, RandomStream.For(seed, "link", "read"));
    private readonly Queue<byte> waiting = new();
    private long passed;

    public string Name => inner.Name;

    /// <summary>Bytes that were changed, lost or doubled so far.</summary>
    public long Touched => written.Touched + read.Touched;

    public void Write(ReadOnlySpan<byte> bytes, TimeSpan within)
    {
        Pass(bytes.Length);
        inner.Write(written.Mangle(bytes), within);
    }

    public int Read(Span<byte> buffer, TimeSpan within)
    {
        if (waiting.Count == 0)
        {
            Span<byte> fresh = stackalloc byte[256];
            var came = inner.Read(fresh[..Math.Min(fresh.Length, buffer.Length)], within);
            Pass(came);
            foreach (var b in read.Mangle(fresh[..came])) waiting.Enqueue(b);
        }
        var count = 0;
        while (count < buffer.Length && waiting.TryDequeue(out var b)) buffer[count++] = b;
        return count;
    }

    public void DiscardInput()
    {
        waiting.Clear();
        inner.DiscardInput();
    }

    public void Dispose() => inner.Dispose();

    private void Pass(int count)
    {
        passed += count;
        if (passed > faults.CutAfter) throw new ByteLinkException(ByteLinkFailure.Lost, $"{Name} is gone: the cable was cut, as was asked");
    }

    private sealed class Mangler(LinkFaults faults, RandomStream chance)
    {
        private readonly List<byte> result = [];
        private int burst;

        public long Touched { get; private set; }

        public ReadOnlySpan<byte> Mangle(ReadOnlySpan<byte> bytes)
        {
            result.Clear();
            foreach (var b in bytes)
            {
                if (burst == 0 && chance.NextDouble() < faults.Burst) burst = 2 + chance.NextInt(7);
                if (burst > 0) Add((byte)(b ^ (1 + chance.NextInt(255))), touched: true);
                else if (chance.NextDouble() < faults.Flip) Add((byte)(b ^ (1 << chance.NextInt(8))), touched: true);
                else if (chance.NextDouble() < faults.Drop) Touched++;
                else
                {
                    Add(b, touched: false);
                    if (chance.NextDouble() < faults.Double) Add(b, touched: true);
                }
                if (burst > 0) burst--;
            }
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(result);
        }

        private void Add(byte b, bool touched)
        {
            result.Add(b);
            if (touched) Touched++;
        }
    }
}
