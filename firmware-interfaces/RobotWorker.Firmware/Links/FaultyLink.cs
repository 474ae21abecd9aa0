using RobotWorker.Chance;

namespace RobotWorker.Firmware.Links;

/// <summary>What a <see cref="FaultyLink"/> does to bytes of either direction; probabilities are of each byte.</summary>
/// <param name="Flip">One bit of it turns over.</param>
/// <param name="Burst">Here begins a burst of 2 to 8 bytes of which every one is another.</param>
/// <param name="CutAfter">After so many bytes in both directions together the cable is pulled; null: never.</param>
public sealed record LinkFaults(double Flip = 0, double Drop = 0, double Double = 0, double Burst = 0, long? CutAfter = null)
{
    /// <summary>How long what comes is held back, as by an adapter that waits for more.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>A link that does to its bytes what bad cables and slow adapters do: turns bits over, loses, doubles, garbles and delays bytes, and breaks. The same seed gives the same faults.</summary>
/// <param name="time">By which is delayed; null: the system's.</param>
public sealed class FaultyLink(IByteLink inner, LinkFaults faults, ulong seed, TimeProvider? time = null) : IByteLink
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;

    private readonly Mangler written = new(faults, RandomStream.For(seed, "link", "written"));
    private readonly Mangler read = new(faults, RandomStream.For(seed, "link", "read"));
    private readonly Queue<(byte Byte, long Came)> waiting = new();
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
        var began = clock.GetTimestamp();
        while (true)
        {
            if (Take(buffer) is var count and > 0) return count;
            var now = clock.GetTimestamp();
            var left = within - clock.GetElapsedTime(began, now);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            var due = waiting.TryPeek(out var first) ? Shorter(left, faults.Delay - clock.GetElapsedTime(first.Came, now)) : left;
            // What waits in vain, and whose clock stands still meanwhile, waits no longer.
            if (!Fetch(buffer.Length, due) && (waiting.Count == 0 || left == TimeSpan.Zero || clock.GetTimestamp() == now)) return Take(buffer);
        }
    }

    public void DiscardInput()
    {
        waiting.Clear();
        inner.DiscardInput();
    }

    public void Dispose() => inner.Dispose();

    private static TimeSpan Shorter(TimeSpan left, TimeSpan due) => due < TimeSpan.Zero ? TimeSpan.Zero : due < left ? due : left;

    /// <summary>What has been held back for long enough.</summary>
    private int Take(Span<byte> buffer)
    {
        var (count, now) = (0, clock.GetTimestamp());
        while (count < buffer.Length && waiting.TryPeek(out var next) && clock.GetElapsedTime(next.Came, now) >= faults.Delay) buffer[count++] = waiting.Dequeue().Byte;
        return count;
    }

    /// <returns>Whether anything came.</returns>
    private bool Fetch(int most, TimeSpan within)
    {
        Span<byte> fresh = stackalloc byte[256];
        var came = inner.Read(fresh[..Math.Min(fresh.Length, most)], within);
        Pass(came);
        var now = clock.GetTimestamp();
        foreach (var b in read.Mangle(fresh[..came])) waiting.Enqueue((b, now));
        return came > 0;
    }

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
