using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Tools;

/// <summary>Gives servos their ids. Two servos of one id answer at once, which no program can tell apart afterwards: so whatever is doubtful is refused before anything is written.</summary>
public sealed class ServoIds
{
    private readonly Bus bus;

    public ServoIds(FeetechBus feetech) => bus = new(
        feetech.Ping, () => feetech.Scan(), feetech.CountAnswers, (id, register, value) => feetech.WriteEeprom(id, register, value), StsRegisters.Id, StsRegisters.ReturnDelay, id => feetech.ReadTwice(id, StsRegisters.Voltage) * StsRegisters.Voltage.Scale);

    public ServoIds(DynamixelBus dynamixel) => bus = new(
        dynamixel.Ping, () => dynamixel.Scan(), dynamixel.CountAnswers, (id, register, value) => dynamixel.WriteEeprom(id, register, value), XSeriesRegisters.Id, XSeriesRegisters.ReturnDelay, id => dynamixel.Read(id, XSeriesRegisters.Voltage) * XSeriesRegisters.Voltage.Scale);

    /// <summary>What is asked of a bus of either make.</summary>
    private sealed record Bus(Func<byte, FoundServo?> Ping, Func<IReadOnlyList<FoundServo>> Scan, Func<byte, int> CountAnswers, Func<byte, Register, long, bool> WriteEeprom, Register Id, Register ReturnDelay, Func<byte, double> Volts);

    /// <summary>Changes one servo's id.</summary>
    /// <exception cref="ServoBusException">Nobody answers, two do, the new id is taken, its torque is on, or it was not kept.</exception>
    public void Change(byte from, byte to)
    {
        if (bus.Ping(from) is null) throw new ServoBusException(ServoFailure.NoAnswer, from, $"no servo answers to id {from}: look at its cable and supply. Nothing was written.");
        Alone(from);
        if (from == to) return;
        if (bus.Ping(to) is not null) throw new ServoBusException(ServoFailure.Refused, to, $"id {to} is taken already: unplug that servo, or choose another id. Nothing was written.");
        bus.WriteEeprom(from, bus.Id, to);
        if (bus.Ping(to) is null) throw new ServoBusException(ServoFailure.NotVerified, to, $"the servo was told to be {to} and does not answer to it: switch its supply off and on, then scan.");
    }

    /// <summary>Makes a servo answer as soon as it is asked: from the factory some wait for half a millisecond, which six of them in a row do not leave a cycle of 5 ms.</summary>
    /// <returns>Whether it waited before.</returns>
    /// <exception cref="ServoBusException">It does not answer, its torque is on, or it did not keep it.</exception>
    public bool AnswerAtOnce(byte id) => bus.WriteEeprom(id, bus.ReturnDelay, 0);

    private FoundServo Alone(FoundServo servo)
    {
        Alone(servo.Id);
        return servo;
    }

    // New servos all have id 1, and answer a ping with the very same bytes.
    private void Alone(byte id)
    {
        if (bus.CountAnswers(id) > 1) throw new ServoBusException(ServoFailure.Refused, id, $"two servos or more answer to id {id} at once: leave one plugged in. Nothing was written.");
    }

    /// <summary>What a servo's supply is, volts.</summary>
    /// <exception cref="ServoBusException">It does not answer.</exception>
    public double Volts(byte id) => bus.Volts(id);

    /// <summary>The only servo on the bus.</summary>
    /// <exception cref="ServoBusException">There is none, or more than one.</exception>
    public FoundServo Only()
    {
        var all = bus.Scan();
        return all.Count switch
        {
            0 => throw new ServoBusException(ServoFailure.NoAnswer, null, "no servo answers: is it plugged in, and has it power?"),
            1 => Alone(all[0]),
            _ => throw new ServoBusException(ServoFailure.Refused, null, $"{all.Count} servos answer (ids {string.Join(", ", all.Select(servo => servo.Id))}): leave one plugged in. Nothing was written."),
        };
    }
}
