using System.Collections.Immutable;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>What becomes of one piece of the stream.</summary>
/// <param name="Copies">How often it arrives: 0 is lost.</param>
/// <param name="Delay">How much later, on the robot's clock.</param>
/// <param name="IsOvertaken">Whether later ones may arrive before it.</param>
/// <param name="Flips">Bits of its payload that are turned over, by their number from its first byte on.</param>
public readonly record struct WireFate(int Copies, TimeSpan Delay, bool IsOvertaken, ImmutableArray<long> Flips)
{
    /// <summary>It arrives whole, once, at once.</summary>
    public static readonly WireFate Untouched = new(1, TimeSpan.Zero, false, []);

    /// <summary>Decides. Pure: the same faults and the same chance always give the same fate.</summary>
    /// <param name="active">The faults of now.</param>
    /// <param name="name">Of its topic, service or action; null for what sets a connection up or keeps it alive.</param>
    /// <param name="payloadBytes">How many bytes may be corrupted.</param>
    /// <param name="chance">For the how-many-eth of the faults: numbers uniform in [0, 1).</param>
    public static WireFate Of(ImmutableArray<WireFault> active, WireDirection direction, string? name, int payloadBytes, Func<int, Func<double>> chance)
    {
        var fate = Untouched;
        for (var i = 0; i < active.Length; i++)
        {
            var fault = active[i];
            if (!fault.Concerns(direction, name)) continue;
            var draw = chance(i);
            if (draw() < fault.Probability) fate = fate.After(fault, payloadBytes, draw);
        }

        return fate;
    }

    private WireFate After(WireFault fault, int payloadBytes, Func<double> draw) => fault.Kind switch
    {
        WireFaultKind.Delay => this with { Delay = Delay + Later(fault, draw) },
        WireFaultKind.Drop => this with { Copies = 0 },
        WireFaultKind.Duplicate => this with { Copies = Copies * 2 },
        WireFaultKind.Reorder => this with { Delay = Delay + fault.Delay, IsOvertaken = true },
        WireFaultKind.Corrupt => this with { Flips = Flips.AddRange(Enumerable.Range(0, Math.Min(fault.Bytes, payloadBytes)).Select(_ => (long)(draw() * payloadBytes * 8))) },
        WireFaultKind.Stall or WireFaultKind.HalfOpen or WireFaultKind.Cut => this,    // these befall the connection
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "no such fault"),
    };

    private static TimeSpan Later(WireFault fault, Func<double> draw)
    {
        var delay = fault.Delay + (fault.Jitter * ((2 * draw()) - 1));
        return delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
    }
}
