using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Ros.Wire.Faults;

namespace RobotWorker.Sim.Faults;

/// <summary>Reads the fields of a fault of the wire. docs/wire-faults.md has the table.</summary>
internal static class WireFaultReader
{
    private const int MostBytes = 1000;

    /// <summary>Their names, as tc netem and Toxiproxy have them where they have them, in the order of <see cref="WireFaultKind"/>.</summary>
    public static readonly ImmutableArray<string> Kinds = ["delay", "drop", "duplicate", "reorder", "corrupt", "stall", "half_open", "cut"];

    // In the order of WireDirection, which begins with 1.
    private static readonly ImmutableArray<string> Directions = ["to_robot", "from_robot", "both"];

    public static WireFault Read(string name, FieldReader fields)
    {
        var fault = new WireFault((WireFaultKind)Kinds.IndexOf(name));
        if (fault.Kind == WireFaultKind.Cut) return fault;
        fault = fault with
        {
            Direction = fields.OptionalChoice("direction", Directions) is { } direction ? (WireDirection)(Directions.IndexOf(direction) + 1) : WireDirection.Both,
        };
        if (fault.Kind is WireFaultKind.Stall or WireFaultKind.HalfOpen) return fault;
        fault = fault with { Names = [.. fields.OptionalTexts("names").Select(text => text.StartsWith('/') ? text : "/" + text)] };
        return fault.Kind switch
        {
            WireFaultKind.Delay => fault with
            {
                Delay = fields.Duration("delay"), Jitter = fields.OptionalDuration("jitter") ?? TimeSpan.Zero, Probability = fields.OptionalNumber("probability", 0, 1) ?? 1,
            },
            WireFaultKind.Reorder => Chancy(fault, fields) with { Delay = fields.OptionalDuration("delay") ?? WireFault.HeldBack },
            WireFaultKind.Corrupt => Chancy(fault, fields) with { Bytes = fields.OptionalInteger("bytes", 1, MostBytes) ?? 1 },
            _ => Chancy(fault, fields),
        };
    }

    private static WireFault Chancy(WireFault fault, FieldReader fields) => fault with { Probability = fields.Number("probability", 0, 1) };
}
