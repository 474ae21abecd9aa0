using System.Collections.Immutable;

namespace RobotWorker.Firmware.Arm;

/// <summary>Runs the bus, a cycle a period, for a <see cref="SerialArm"/>, which lives on the episode's loop.</summary>
public interface IServoPacer : IDisposable
{
    /// <summary>What the next cycles send, radians; NaN for none. It goes out again each period until the next.</summary>
    ImmutableArray<double> Goals { set; }

    /// <summary>Begins; readings come on the episode's loop.</summary>
    void Start(Action<ServoReadings> onReadings);

    void Enqueue(ServoWork work);
}
