namespace RobotWorker.Firmware.Emulation;

/// <summary>A write that an emulated servo executed. Longer ones are told in parts of eight bytes.</summary>
/// <param name="Value">The bytes, little-endian.</param>
public readonly record struct RegisterWrite(byte Id, int Address, int Size, ulong Value)
{
    /// <summary>Appends what a write of these bytes is.</summary>
    public static void Add(ICollection<RegisterWrite> log, byte id, int address, ReadOnlySpan<byte> data)
    {
        for (var at = 0; at < data.Length; at += 8)
        {
            var part = data.Slice(at, Math.Min(8, data.Length - at));
            var value = 0UL;
            for (var i = 0; i < part.Length; i++) value |= (ulong)part[i] << (8 * i);
            log.Add(new(id, address + at, part.Length, value));
        }
    }
}
