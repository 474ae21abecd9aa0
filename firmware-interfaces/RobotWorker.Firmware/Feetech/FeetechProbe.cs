using System.Collections.Immutable;
using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>Finds the baud rate by asking at each: sources disagree on what the codes 5 to 7 of register 6 mean (spec, Feetech STS).</summary>
public static class FeetechProbe
{
    /// <summary>The factory's first, then the likely ones.</summary>
    public static readonly ImmutableArray<int> Bauds = [1_000_000, 500_000, 250_000, 128_000, 115_200, 76_800, 57_600, 38_400, 19_200];

    /// <summary>The first rate at which somebody answers, and who does; null where nobody does at any.</summary>
    /// <param name="open">Opens the port at a rate; the link is disposed of again.</param>
    public static (int Baud, IReadOnlyList<FoundServo> Servos)? Find(Func<int, IByteLink> open, TimeProvider time, byte lastId = 20, FeetechOptions? options = null)
    {
        foreach (var baud in Bauds)
        {
            using var link = open(baud);
            if (new FeetechBus(link, time, options).Scan(1, lastId) is { Count: > 0 } found) return (baud, found);
        }

        return null;
    }
}
