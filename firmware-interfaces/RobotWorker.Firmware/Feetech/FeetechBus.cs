using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>
/// Transactions with STS servos over a half-duplex link. Its guards hold for every caller: register 40 is written 0 or 1 only, and the EEPROM only through <see cref="WriteEeprom"/>. One thread.
/// </summary>
public sealed class FeetechBus(IByteLink link, TimeProvider time, ServoWireOptions? options = null)
{
    private readonly ServoWireOptions options = options ?? new();
    private readonly ServoWire<StsFrame> wire = new(link, time, options ?? new(), new StsDecoder(), StsWire.LongestFrame);

    public string Name => link.Name;

    public BusStatistics Statistics => wire.Statistics;

    /// <summary>Whether a servo answers to this id.</summary>
    public FoundServo? Ping(byte id)
    {
        Span<byte> model = stackalloc byte[5];
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(StsEncoder.Ping(wire.Frame, id), attempt);
            if (!Receive(id, [], out _)) continue;
            return TryRead(id, 0, model) ? new FoundServo(id, (int)StsRegisters.Model.Decode(model[3..]), (model[0] * 100) + model[1]) : new FoundServo(id, 0, 0);
        }

        return null;
    }

    /// <summary>Who answers among these ids; each id costs its time limit where nobody does.</summary>
    public IReadOnlyList<FoundServo> Scan(byte first = 0, byte last = StsWire.LastId)
    {
        var found = new List<FoundServo>();
        for (int id = first; id <= last; id++)
        {
            wire.Send(StsEncoder.Ping(wire.Frame, (byte)id));
            if (Receive((byte)id, [], out _) && Ping((byte)id) is { } servo) found.Add(servo);
        }

        return found;
    }

    /// <summary>
    /// How many answer to an id, or try to: new servos all have id 1, so whoever sets ids asks this first. Two that answer at once garble one another, unless they say the very same; so they are asked for what
    /// differs.
    /// </summary>
    public int CountAnswers(byte id)
    {
        const int asked = 15;
        wire.Send(StsEncoder.Read(wire.Frame, id, (byte)StsRegisters.Position.Address, asked));
        var before = wire.BadChecks;
        var count = 0;
        var window = wire.Window(options.AnswerWithin * 2);
        // A late answer to the ping before is no second servo.
        while (wire.TryFrame(ref window, out var status)) count += status.Id == id && status.Parameters.Length == asked ? 1 : 0;
        return wire.BadChecks > before ? Math.Max(2, count) : count;
    }

    /// <summary>One register, in counts.</summary>
    /// <exception cref="ServoBusException">No valid answer after all tries.</exception>
    public long Read(byte id, Register register)
    {
        Span<byte> data = stackalloc byte[4];
        Read(id, (byte)register.Address, data[..register.Size]);
        return register.Decode(data);
    }

    /// <summary>Registers as bytes.</summary>
    /// <exception cref="ServoBusException">No valid answer after all tries.</exception>
    public StsStatus Read(byte id, byte address, Span<byte> data)
    {
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(StsEncoder.Read(wire.Frame, id, address, (byte)data.Length), attempt);
            if (Receive(id, data, out var error)) return error;
        }

        throw wire.NoAnswer(id, $"a read of register {address}");
    }

    /// <summary>Writes a register of the RAM and waits for the servo to say so.</summary>
    /// <exception cref="ServoBusException">No valid answer after all tries: it may have been executed or not.</exception>
    public void Write(byte id, Register register, long counts)
    {
        Span<byte> data = stackalloc byte[4];
        register.Encode(counts, data);
        Write(id, (byte)register.Address, data[..register.Size]);
    }

    /// <inheritdoc cref="Write(byte, Register, long)"/>
    public void Write(byte id, byte address, ReadOnlySpan<byte> data)
    {
        StsGuard.Check(address, data);
        WriteUnguarded(id, address, data);
    }

    /// <summary>Writes a register of the RAM once.</summary>
    /// <returns>Whether the servo said that it did.</returns>
    public bool TryWrite(byte id, byte address, ReadOnlySpan<byte> data)
    {
        StsGuard.Check(address, data);
        wire.Send(StsEncoder.Write(wire.Frame, id, address, data));
        return Receive(id, [], out _);
    }

    /// <summary>Writes to all at once; nobody answers, so nobody knows who heard it.</summary>
    public void Broadcast(byte address, ReadOnlySpan<byte> data)
    {
        StsGuard.Check(address, data);
        wire.Send(StsEncoder.Write(wire.Frame, StsWire.Broadcast, address, data));
    }

    /// <summary>Writes the same registers of many; nobody answers.</summary>
    /// <param name="blocks">For each servo its id and <paramref name="length"/> bytes.</param>
    public void SyncWrite(byte address, byte length, ReadOnlySpan<byte> blocks)
    {
        for (var at = 1; at < blocks.Length; at += length + 1) StsGuard.Check(address, blocks.Slice(at, length));
        wire.Send(StsEncoder.SyncWrite(wire.Frame, address, length, blocks));
    }

    /// <summary>Reads the same registers of many. Not tried again.</summary>
    /// <param name="data">For each servo <paramref name="length"/> bytes, in the order of the ids.</param>
    /// <param name="answered">Who answered.</param>
    /// <param name="errors">What they said of themselves.</param>
    public void SyncRead(byte address, byte length, ReadOnlySpan<byte> ids, Span<byte> data, Span<bool> answered, Span<StsStatus> errors)
    {
        answered.Clear();
        wire.Send(StsEncoder.SyncRead(wire.Frame, address, length, ids));
        var missing = ids.Length;
        var window = wire.Window(options.AnswerWithin + (options.EachWithin * ids.Length));
        while (missing > 0 && wire.TryFrame(ref window, out var status))
        {
            var index = status.Id == StsWire.Broadcast ? -1 : ids.IndexOf(status.Id);
            if (index < 0 || answered[index] || status.Parameters.Length != length)
            {
                Statistics.Unexpected++;
                continue;
            }

            status.Parameters.CopyTo(data[(index * length)..]);
            (answered[index], errors[index]) = (true, (StsStatus)status.Code);
            missing--;
        }

        Statistics.Timeouts += missing;
    }

    /// <summary>Writes a register of the EEPROM, where it holds another number: unlocked, verified, locked again.</summary>
    /// <returns>Whether it had to be written.</returns>
    /// <exception cref="ServoBusException">The torque is on, or what was read back differs.</exception>
    public bool WriteEeprom(byte id, Register register, long counts)
    {
        if (register.Area != RegisterArea.Eeprom || register.Access != RegisterAccess.ReadWrite) throw new ArgumentException($"{register.Name} is no register of the EEPROM that can be written", nameof(register));
        if (ReadTwice(id, register) == counts) return false;
        if (ReadTwice(id, StsRegisters.Torque) != 0)
            throw new ServoBusException(ServoFailure.TorqueIsOn, id, $"servo {id}: {register.Name} lies in its EEPROM, which takes writes with the torque off only; nothing was written. Park the arm and let it go.");

        Span<byte> data = stackalloc byte[4];
        register.Encode(counts, data);
        var after = register == StsRegisters.Id ? (byte)counts : id;
        Write(id, StsRegisters.Lock, 0);
        try
        {
            if (after == id)
            {
                WriteUnguarded(id, (byte)register.Address, data[..register.Size]);
            }
            else
            {
                // The answer comes from either id.
                wire.Send(StsEncoder.Write(wire.Frame, id, (byte)register.Address, data[..register.Size]));
                Receive(after, [], out _);
            }

            if (ReadTwice(after, register) is var held && held != counts)
                throw new ServoBusException(ServoFailure.NotVerified, id, $"servo {id}: {register.Name} was written {counts} and reads {held}. Look at the supply, and whether another host is on the bus.");
        }
        catch (ServoBusException)
        {
            // Whichever id it has now, it is not left unlocked.
            TryWrite(after, (byte)StsRegisters.Lock.Address, [1]);
            if (after != id) TryWrite(id, (byte)StsRegisters.Lock.Address, [1]);
            throw;
        }

        Write(after, StsRegisters.Lock, 1);
        return true;
    }

    /// <summary>Reads until two answers agree: one alone may have passed the weak checksum.</summary>
    public long ReadTwice(byte id, Register register)
    {
        var last = Read(id, register);
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            var now = Read(id, register);
            if (now == last) return now;
            last = now;
        }

        throw new ServoBusException(ServoFailure.NotVerified, id, $"servo {id}: no two reads of {register.Name} agree. A moving joint, or a bad cable.");
    }

    private void WriteUnguarded(byte id, byte address, ReadOnlySpan<byte> data)
    {
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            wire.Send(StsEncoder.Write(wire.Frame, id, address, data), attempt);
            if (Receive(id, [], out _)) return;
        }

        throw wire.NoAnswer(id, $"a write of register {address}");
    }

    private bool TryRead(byte id, byte address, Span<byte> data)
    {
        wire.Send(StsEncoder.Read(wire.Frame, id, address, (byte)data.Length));
        return Receive(id, data, out _);
    }

    private bool Receive(byte id, Span<byte> data, out StsStatus error)
    {
        var window = wire.Window(options.AnswerWithin);
        while (wire.TryFrame(ref window, out var status))
        {
            if (status.Id == id && status.Parameters.Length == data.Length)
            {
                status.Parameters.CopyTo(data);
                error = (StsStatus)status.Code;
                return true;
            }

            Statistics.Unexpected++;
        }

        error = StsStatus.None;
        Statistics.Timeouts++;
        return false;
    }
}
