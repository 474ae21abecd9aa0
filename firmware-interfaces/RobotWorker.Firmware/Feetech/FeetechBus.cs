using RobotWorker.Firmware.Links;
using RobotWorker.Firmware.Servos;

namespace RobotWorker.Firmware.Feetech;

/// <summary>
/// Transactions with STS servos over a half-duplex link. Its guards hold for every caller: register 40 is written 0 or 1 only, and the EEPROM only through <see cref="WriteEeprom"/>. One thread.
/// </summary>
public sealed class FeetechBus(IByteLink link, TimeProvider time, FeetechOptions? options = null)
{
    private readonly FeetechOptions options = options ?? new FeetechOptions();
    private readonly StsDecoder decoder = new();
    private readonly byte[] frame = new byte[StsWire.LongestFrame];
    private readonly byte[] input = new byte[512];
    private long badChecksSeen;

    public string Name => link.Name;

    public BusStatistics Statistics { get; } = new();

    /// <summary>Whether a servo answers to this id.</summary>
    public FoundServo? Ping(byte id)
    {
        Span<byte> model = stackalloc byte[5];
        for (var attempt = 0; attempt < options.Tries; attempt++)
        {
            Count(attempt);
            Send(StsEncoder.Ping(frame, id));
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
            Send(StsEncoder.Ping(frame, (byte)id));
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
        Count(0);
        Send(StsEncoder.Read(frame, id, (byte)StsRegisters.Position.Address, 15));
        var before = decoder.BadChecks;
        var count = 0;
        var window = new ReplyWindow(link, time, options.AnswerWithin * 2);
        while (TryFrame(ref window, out _)) count++;
        return decoder.BadChecks > before ? Math.Max(2, count) : count;
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
            Count(attempt);
            Send(StsEncoder.Read(frame, id, address, (byte)data.Length));
            if (Receive(id, data, out var error)) return error;
        }

        throw NoAnswer(id, $"read of register {address}");
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
        Count(0);
        Send(StsEncoder.Write(frame, id, address, data));
        return Receive(id, [], out _);
    }

    /// <summary>Writes to all at once; nobody answers, so nobody knows who heard it.</summary>
    public void Broadcast(byte address, ReadOnlySpan<byte> data)
    {
        StsGuard.Check(address, data);
        Count(0);
        Send(StsEncoder.Write(frame, StsWire.Broadcast, address, data));
    }

    /// <summary>Writes the same registers of many; nobody answers.</summary>
    /// <param name="blocks">For each servo its id and <paramref name="length"/> bytes.</param>
    public void SyncWrite(byte address, byte length, ReadOnlySpan<byte> blocks)
    {
        for (var at = 1; at < blocks.Length; at += length + 1) StsGuard.Check(address, blocks.Slice(at, length));
        Count(0);
        Send(StsEncoder.SyncWrite(frame, address, length, blocks));
    }

    /// <summary>Reads the same registers of many. Not tried again.</summary>
    /// <param name="data">For each servo <paramref name="length"/> bytes, in the order of the ids.</param>
    /// <param name="answered">Who answered.</param>
    /// <param name="errors">What they said of themselves.</param>
    public void SyncRead(byte address, byte length, ReadOnlySpan<byte> ids, Span<byte> data, Span<bool> answered, Span<StsStatus> errors)
    {
        answered.Clear();
        Count(0);
        Send(StsEncoder.SyncRead(frame, address, length, ids));
        var missing = ids.Length;
        var window = new ReplyWindow(link, time, options.AnswerWithin + (options.EachWithin * ids.Length));
        while (missing > 0 && TryFrame(ref window, out var status))
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
                Count(0);
                Send(StsEncoder.Write(frame, id, (byte)register.Address, data[..register.Size]));
                Receive(after, [], out _);
            }

            if (ReadTwice(after, register) is var held && held != counts)
                throw new ServoBusException(ServoFailure.NotVerified, id, $"servo {id}: {register.Name} was written {counts} and reads {held}. Look at the supply, and whether another host is on the bus.");
        }
        finally
        {
            Write(after, StsRegisters.Lock, 1);
        }

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
            Count(attempt);
            Send(StsEncoder.Write(frame, id, address, data));
            if (Receive(id, [], out _)) return;
        }

        throw NoAnswer(id, $"write of register {address}");
    }

    private bool TryRead(byte id, byte address, Span<byte> data)
    {
        Send(StsEncoder.Read(frame, id, address, (byte)data.Length));
        return Receive(id, data, out _);
    }

    private void Send(int length)
    {
        // A late answer to an earlier question must not be taken for this one's.
        link.DiscardInput();
        decoder.Clear();
        link.Write(frame.AsSpan(0, length), options.SendWithin);
    }

    private bool Receive(byte id, Span<byte> data, out StsStatus error)
    {
        var window = new ReplyWindow(link, time, options.AnswerWithin);
        while (TryFrame(ref window, out var status))
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

    private bool TryFrame(ref ReplyWindow window, out StsFrame status)
    {
        while (!decoder.TryNext(out status))
        {
            var count = window.Read(input);
            if (count == 0)
            {
                var isFound = decoder.TryNextAfterSilence(out status);
                CountBadChecks();
                return isFound;
            }

            for (var bytes = input.AsSpan(0, count); bytes.Length > 0; bytes = bytes[decoder.Take(bytes)..])
            {
            }
        }

        CountBadChecks();
        return true;
    }

    private void CountBadChecks()
    {
        Statistics.BadChecks += decoder.BadChecks - badChecksSeen;
        badChecksSeen = decoder.BadChecks;
    }

    private void Count(int attempt)
    {
        Statistics.Transactions++;
        if (attempt > 0) Statistics.Retries++;
    }

    private ServoBusException NoAnswer(byte id, string what) => new(
        ServoFailure.NoAnswer, id, $"servo {id} on {link.Name}: no valid answer to a {what} after {options.Tries} tries of {options.AnswerWithin.TotalMilliseconds:0.#} ms. Look at its supply and cable, its id, and the baud rate.");
}
