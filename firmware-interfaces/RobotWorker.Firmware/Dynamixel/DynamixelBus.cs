using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>Transactions with X series servos over a half-duplex link. The EEPROM is written through <see cref="WriteEeprom"/> only. One thread.</summary>
public sealed class DynamixelBus(IByteLink link, TimeProvider time, DynamixelOptions? options = null)
{
    private readonly DynamixelOptions options = options ?? new DynamixelOptions();
    private readonly ServoWire<DynamixelFrame> wire = new(link, time, options ?? new(), new DynamixelDecoder(), DynamixelWire.LongestFrame);

    public string Name => link.Name;

    public BusStatistics Statistics => wire.Statistics;

    internal DynamixelOptions Options => options;

    /// <summary>Whether a servo answers to this id.</summary>
    public FoundServo? Ping(byte id)
    {
        Span<byte> data = stackalloc byte[3];
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(DynamixelEncoder.Ping(wire.Frame, id), attempt);
            if (Receive(id, data, out _, out _)) return Found(id, data);
        }

        return null;
    }

    /// <summary>Who answers, by one ping to all: each waits for its turn, some 3 ms an id, and those on a noisy line may be missed.</summary>
    public IReadOnlyList<FoundServo> Scan()
    {
        wire.Send(DynamixelEncoder.Ping(wire.Frame, DynamixelWire.Broadcast));
        var found = new List<FoundServo>();
        var window = wire.Window(TimeSpan.FromMilliseconds(3) * DynamixelWire.LastId);
        while (wire.TryFrame(ref window, out var status))
        {
            if (!status.IsStatus || status.Data.Length != 3 || status.Id > DynamixelWire.LastId) continue;
            var servo = Found(status.Id, status.Data);
            if (!found.Contains(servo)) found.Add(servo);
        }

        return found;
    }

    /// <summary>
    /// How many answer to an id, or try to: two that answer at once garble one another, unless they say the very same; so they are asked for what differs, where they are and how they fare.
    /// </summary>
    public int CountAnswers(byte id)
    {
        var asked = XSeriesRegisters.Temperature.End - XSeriesRegisters.RealtimeTick.Address;
        wire.Send(DynamixelEncoder.Read(wire.Frame, id, (ushort)XSeriesRegisters.RealtimeTick.Address, (ushort)asked));
        var before = wire.BadChecks;
        var count = 0;
        var window = wire.Window(options.AnswerWithin * 2);
        // A late answer to the ping before is no second servo.
        while (wire.TryFrame(ref window, out var status)) count += status.IsStatus && status.Id == id && status.Data.Length == asked ? 1 : 0;
        return wire.BadChecks > before ? Math.Max(2, count) : count;
    }

    /// <summary>One register, in counts.</summary>
    /// <exception cref="ServoBusException">No valid answer after all tries, or it refused.</exception>
    public long Read(byte id, Register register)
    {
        Span<byte> data = stackalloc byte[4];
        Read(id, (ushort)register.Address, data[..register.Size]);
        return register.Decode(data);
    }

    /// <summary>Registers as bytes.</summary>
    /// <returns>Whether the servo has a hardware error.</returns>
    /// <exception cref="ServoBusException">No valid answer after all tries, or it refused.</exception>
    public bool Read(byte id, ushort address, Span<byte> data)
    {
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(DynamixelEncoder.Read(wire.Frame, id, address, (ushort)data.Length), attempt);
            if (!Receive(id, data, out var error, out var isAlert)) continue;
            if (error != DynamixelError.None) throw Refused(id, $"a read of register {address}", error);
            return isAlert;
        }

        throw wire.NoAnswer(id, $"a read of register {address}");
    }

    /// <summary>What its register 70 says.</summary>
    public HardwareErrors ReadHardwareErrors(byte id) => (HardwareErrors)Read(id, XSeriesRegisters.HardwareError);

    /// <summary>Writes a register of the RAM and waits for the servo to say so.</summary>
    /// <exception cref="ServoBusException">No valid answer after all tries (it may have been executed or not), or it refused.</exception>
    public void Write(byte id, Register register, long counts)
    {
        Span<byte> data = stackalloc byte[4];
        register.Encode(counts, data);
        Write(id, (ushort)register.Address, data[..register.Size]);
    }

    /// <inheritdoc cref="Write(byte, Register, long)"/>
    public void Write(byte id, ushort address, ReadOnlySpan<byte> data)
    {
        Guard(address, data.Length);
        WriteUnguarded(id, address, data);
    }

    /// <summary>Reads registers once.</summary>
    /// <returns>Whether they came.</returns>
    public bool TryRead(byte id, ushort address, Span<byte> data)
    {
        wire.Send(DynamixelEncoder.Read(wire.Frame, id, address, (ushort)data.Length));
        return Receive(id, data, out var error, out _) && error == DynamixelError.None;
    }

    /// <summary>Writes a register of the RAM once.</summary>
    /// <returns>Whether the servo said that it did.</returns>
    public bool TryWrite(byte id, ushort address, ReadOnlySpan<byte> data)
    {
        Guard(address, data.Length);
        wire.Send(DynamixelEncoder.Write(wire.Frame, id, address, data));
        return Receive(id, [], out var error, out _) && error == DynamixelError.None;
    }

    /// <summary>Writes to all at once; nobody answers, so nobody knows who heard it.</summary>
    public void Broadcast(ushort address, ReadOnlySpan<byte> data)
    {
        Guard(address, data.Length);
        wire.Send(DynamixelEncoder.Write(wire.Frame, DynamixelWire.Broadcast, address, data));
    }

    /// <summary>Writes the same registers of many; nobody answers.</summary>
    /// <param name="blocks">For each servo its id and <paramref name="length"/> bytes.</param>
    public void SyncWrite(ushort address, ushort length, ReadOnlySpan<byte> blocks)
    {
        Guard(address, length);
        wire.Send(DynamixelEncoder.SyncWrite(wire.Frame, address, length, blocks));
    }

    /// <summary>Reads the same registers of many, by the fast or the plain sync read. Not tried again.</summary>
    /// <param name="data">For each servo <paramref name="length"/> bytes, in the order of the ids.</param>
    /// <param name="answered">Who answered.</param>
    /// <param name="alerts">Who has a hardware error.</param>
    public void SyncRead(ushort address, ushort length, ReadOnlySpan<byte> ids, Span<byte> data, Span<bool> answered, Span<bool> alerts)
    {
        answered.Clear();
        wire.Send(options.UsesFastSyncRead ? DynamixelEncoder.FastSyncRead(wire.Frame, address, length, ids) : DynamixelEncoder.SyncRead(wire.Frame, address, length, ids));
        var missing = ids.Length;
        var window = wire.Window(options.AnswerWithin + (options.EachWithin * ids.Length));
        while (missing > 0 && wire.TryFrame(ref window, out var status))
        {
            var taken = options.UsesFastSyncRead ? TakeAll(status, length, ids, data, answered, alerts) : TakeOne(status, length, ids, data, answered, alerts);
            if (taken == 0) Statistics.Unexpected++;
            missing -= taken;
        }

        Statistics.Timeouts += missing;
    }

    /// <summary>
    /// Starts a servo anew: the way out of a latched hardware error. Its torque drops and turns beyond one are forgotten, so the arm must be parked or supported; it answers again after some 0.5 s, which
    /// the caller waits.
    /// </summary>
    public void Reboot(byte id)
    {
        wire.Send(DynamixelEncoder.Reboot(wire.Frame, id));
        Receive(id, [], out _, out _);
    }

    /// <summary>Makes the servo take goals again after its watchdog tripped, and arms it. It counts while the torque is on.</summary>
    public void ArmWatchdog(byte id)
    {
        Write(id, XSeriesRegisters.BusWatchdog, 0);
        Write(id, XSeriesRegisters.BusWatchdog, Math.Clamp((int)Math.Ceiling(options.Watchdog.TotalSeconds / XSeriesRegisters.BusWatchdog.Scale), 1, 127));
    }

    /// <summary>Writes a register of the EEPROM, where it holds another number, and verifies it.</summary>
    /// <returns>Whether it had to be written.</returns>
    /// <exception cref="ServoBusException">The torque is on, or what was read back differs.</exception>
    public bool WriteEeprom(byte id, Register register, long counts)
    {
        if (register.Area != RegisterArea.Eeprom || register.Access != RegisterAccess.ReadWrite) throw new ArgumentException($"{register.Name} is no register of the EEPROM that can be written", nameof(register));
        if (Read(id, register) == counts) return false;
        if (Read(id, XSeriesRegisters.Torque) != 0)
            throw new ServoBusException(ServoFailure.TorqueIsOn, id, $"servo {id}: {register.Name} lies in its EEPROM, which takes writes with the torque off only; nothing was written. Park the arm and let it go.");

        Span<byte> data = stackalloc byte[4];
        register.Encode(counts, data);
        if (register == XSeriesRegisters.Id)
        {
            // The answer may come from either id, and a second try would find nobody: the read below tells.
            wire.Send(DynamixelEncoder.Write(wire.Frame, id, (ushort)register.Address, data[..register.Size]));
            Receive((byte)counts, [], out _, out _);
        }
        else
        {
            WriteUnguarded(id, (ushort)register.Address, data[..register.Size]);
        }

        var after = register == XSeriesRegisters.Id ? (byte)counts : id;
        if (Read(after, register) is var held && held != counts)
            throw new ServoBusException(ServoFailure.NotVerified, id, $"servo {id}: {register.Name} was written {counts} and reads {held}. Look at the supply, and whether another host is on the bus.");
        return true;
    }

    private static FoundServo Found(byte id, ReadOnlySpan<byte> data) => new(id, data[0] | (data[1] << 8), data[2]);

    private static void Guard(int address, int length)
    {
        if (XSeriesRegisters.Table.IsEeprom(address, length))
            throw new ArgumentException($"registers {address} to {address + length - 1} reach into the EEPROM; use {nameof(WriteEeprom)}; nothing was written", nameof(address));
    }

    private static int TakeOne(in DynamixelFrame status, int length, ReadOnlySpan<byte> ids, Span<byte> data, Span<bool> answered, Span<bool> alerts)
    {
        var index = status.Id == DynamixelWire.Broadcast ? -1 : ids.IndexOf(status.Id);
        if (index < 0 || answered[index] || !status.IsStatus || status.Error != DynamixelError.None || status.Data.Length != length) return 0;
        status.Data.CopyTo(data[(index * length)..]);
        (answered[index], alerts[index]) = (true, status.IsAlert);
        return 1;
    }

    // ERR ID DATA CRC of each, the last one's CRC being the frame's. The CRCs between are the servos' own affair.
    private static int TakeAll(in DynamixelFrame status, int length, ReadOnlySpan<byte> ids, Span<byte> data, Span<bool> answered, Span<bool> alerts)
    {
        var block = length + 4;
        if (status.Id != DynamixelWire.Broadcast || !status.IsStatus || status.Parameters.Length != (ids.Length * block) - 2) return 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (status.Parameters[(i * block) + 1] != ids[i]) return 0;
        }

        for (var i = 0; i < ids.Length; i++)
        {
            var part = status.Parameters.Slice(i * block, length + 2);
            part[2..].CopyTo(data[(i * length)..]);
            answered[i] = (part[0] & 0x7F) == 0;
            alerts[i] = (part[0] & 0x80) != 0;
        }

        return ids.Length;
    }

    private void WriteUnguarded(byte id, ushort address, ReadOnlySpan<byte> data)
    {
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(DynamixelEncoder.Write(wire.Frame, id, address, data), attempt);
            if (!Receive(id, [], out var error, out _)) continue;
            if (error != DynamixelError.None) throw Refused(id, $"a write of register {address}", error);
            return;
        }

        throw wire.NoAnswer(id, $"a write of register {address}");
    }

    private bool Receive(byte id, Span<byte> data, out DynamixelError error, out bool isAlert)
    {
        var window = wire.Window(options.AnswerWithin);
        while (wire.TryFrame(ref window, out var status))
        {
            // A refusal carries no data.
            if (status.IsStatus && status.Id == id && (status.Data.Length == data.Length || (status.Error != DynamixelError.None && status.Data.IsEmpty)))
            {
                status.Data.CopyTo(data);
                (error, isAlert) = (status.Error, status.IsAlert);
                return true;
            }

            Statistics.Unexpected++;
        }

        (error, isAlert) = (DynamixelError.None, false);
        Statistics.Timeouts++;
        return false;
    }

    private ServoBusException Refused(byte id, string what, DynamixelError error) => new(
        ServoFailure.Refused, id, $"servo {id} on {link.Name} refused {what}: {error}. {(error == DynamixelError.Access ? "It is read-only now: the EEPROM while the torque is on, goals after the watchdog tripped." : "Look at the value and the servo's limit registers.")}");
}
