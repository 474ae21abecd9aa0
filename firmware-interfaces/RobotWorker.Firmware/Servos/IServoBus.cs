using System.Collections.Immutable;

namespace RobotWorker.Firmware.Servos;

/// <summary>
/// The servos of an arm, whatever their make, as its control loop needs them. Only that loop writes to the bus: any packet feeds a servo's watchdog, so a telemetry thread would keep alive an arm whose
/// control loop hangs. One thread; synchronous; nothing here waits for longer than its time limits.
/// </summary>
public interface IServoBus : IDisposable
{
    /// <summary>In the order of every span here.</summary>
    ImmutableArray<ServoCalibration> Servos { get; }

    BusStatistics Statistics { get; }

    /// <summary>Writes the goals of all servos and reads the state of all: one pair of transactions.</summary>
    /// <param name="goalsRadians">Where each shall be one period from now; NaN: it holds its last goal. Servos without torque get none.</param>
    /// <exception cref="ServoBusException">A goal was refused: none of them was sent, all servos were told to hold, and the states were read.</exception>
    void Cycle(ReadOnlySpan<double> goalsRadians, Span<ServoState> states);

    /// <summary>Reads the state of all in one transaction. It feeds the watchdogs: for the control loop alone.</summary>
    void ReadStates(Span<ServoState> states);

    /// <summary>Switches a servo's torque on so that it cannot jump: position read, written as goal with low speed and torque, verified, and only then enabled.</summary>
    /// <exception cref="ServoBusException">It would not be safe; the torque is as it was.</exception>
    void SafeTorqueOn(int servo);

    /// <summary>Lets a servo go limp. What it carries falls: park or support it before.</summary>
    /// <exception cref="ServoBusException">It does not answer, so nobody knows.</exception>
    void TorqueOff(int servo);

    /// <summary>Lets all go limp: one broadcast, then each verified.</summary>
    void AllTorqueOff();

    /// <summary>
    /// Makes a servo forget a fault that it has latched: a Dynamixel is rebooted and answers again after some 0.5 s, a Feetech's torque is switched off. What it carries falls: park or support it before, and
    /// switch the torque on again with <see cref="SafeTorqueOn"/>.
    /// </summary>
    void ClearFault(int servo);

    /// <summary>At how many degC a servo lets go by itself, by its own register.</summary>
    /// <returns>Null where what it says cannot be.</returns>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    double? LetsGoAtCelsius(int servo);

    /// <summary>How long a servo waits before it answers, by its own register: from the factory up to half a millisecond.</summary>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    double ReturnDelaySeconds(int servo);

    /// <summary>How hard a servo may push, 0 to 1 of its motor's torque, from now on.</summary>
    void SetTorqueLimit(int servo, double fraction);
}
