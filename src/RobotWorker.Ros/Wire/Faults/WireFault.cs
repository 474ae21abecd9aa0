using System.Collections.Immutable;

namespace RobotWorker.Ros.Wire.Faults;

/// <summary>What goes wrong on a wire. The first five befall messages, the others whole connections: TCP itself never drops, doubles or swaps bytes.</summary>
public enum WireFaultKind
{
    /// <summary>Everything arrives later, in order.</summary>
    Delay,

    /// <summary>A message does not arrive.</summary>
    Drop,

    /// <summary>A message arrives twice.</summary>
    Duplicate,

    /// <summary>A message is held back, and later ones overtake it.</summary>
    Reorder,

    /// <summary>Bits of a message are flipped.</summary>
    Corrupt,

    /// <summary>Nothing passes while it lasts; then all that was held back does.</summary>
    Stall,

    /// <summary>Connections that are open when it begins stay open, and what is sent on them is lost; neither side is told. New ones work. At its end the dead ones are reset.</summary>
    HalfOpen,

    /// <summary>Connections are reset, and new ones refused while it lasts.</summary>
    Cut,
}

/// <summary>Which way bytes go.</summary>
[Flags]
public enum WireDirection
{
    /// <summary>From a peer to the one who holds the wire.</summary>
    ToRobot = 1,

    /// <summary>From the one who holds the wire to a peer.</summary>
    FromRobot = 2,

    /// <summary>Either way.</summary>
    Both = 3,
}

/// <summary>Something that goes wrong on a wire while it is active. Times are the robot's.</summary>
public sealed record WireFault(WireFaultKind Kind)
{
    /// <summary>How long a message is held back by <see cref="WireFaultKind.Reorder"/> where nothing else is said.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(50);

    /// <summary>Which way; a cut is always both.</summary>
    public WireDirection Direction { get; init; } = WireDirection.Both;

    /// <summary>Of each message being struck, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Mean of a delay, or how long a message is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A delay is uniform within so much of its mean.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>In how many bytes of a corrupted message one bit is flipped.</summary>
    public int Bytes { get; init; } = 1;

    /// <summary>Topics, services and actions whose messages alone are concerned; empty: all.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Whether the fault may strike a piece of the stream.</summary>
    /// <param name="name">Of its topic, service or action; null for what sets a connection up or keeps it alive, which only a delay of everything concerns.</param>
    public bool Concerns(WireDirection direction, string? name) =>
        Direction.HasFlag(direction) && (name is null ? Kind == WireFaultKind.Delay && Names.IsEmpty : Names.IsEmpty || Names.Contains(name));
}
