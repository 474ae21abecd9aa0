namespace RobotWorker.Ros.Graph;

/// <summary>Whether a lost message is sent again.</summary>
public enum Reliability
{
    /// <summary>It is.</summary>
    Reliable,

    /// <summary>It is not.</summary>
    BestEffort,
}

/// <summary>Whether somebody who subscribes late still gets what was published before.</summary>
public enum Durability
{
    /// <summary>No.</summary>
    Volatile,

    /// <summary>Yes, the last <see cref="Qos.Depth"/> messages of each publisher ("latched").</summary>
    TransientLocal,
}

/// <summary>Quality of service of a publisher or subscription, with the meaning that ROS 2 gives it.</summary>
/// <param name="Depth">How many messages are kept; above 0.</param>
/// <param name="Reliability">Whether a lost message is sent again.</param>
/// <param name="Durability">Whether late subscribers get earlier messages.</param>
public sealed record Qos(int Depth, Reliability Reliability, Durability Durability)
{
    /// <summary>Reliable, volatile, the last 10.</summary>
    public static Qos Default { get; } = new(10, Reliability.Reliable, Durability.Volatile);

    /// <summary>Best effort, volatile, the last 5.</summary>
    public static Qos SensorData { get; } = new(5, Reliability.BestEffort, Durability.Volatile);

    /// <summary>Reliable, transient local, the last one: <c>/robot_description</c>, <c>/tf_static</c>, maps.</summary>
    public static Qos Latched { get; } = new(1, Reliability.Reliable, Durability.TransientLocal);

    /// <summary>Whether a publisher that offers this serves a subscription that asks for <paramref name="asked"/>. On ROS 2, nothing arrives if not.</summary>
    public bool Serves(Qos asked) =>
        (Reliability == Reliability.Reliable || asked.Reliability == Reliability.BestEffort)
        && (Durability == Durability.TransientLocal || asked.Durability == Durability.Volatile);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Reliability == Reliability.Reliable ? "reliable" : "best effort")}, "
        + $"{(Durability == Durability.Volatile ? "volatile" : "transient local")}, depth {Depth}";
}
