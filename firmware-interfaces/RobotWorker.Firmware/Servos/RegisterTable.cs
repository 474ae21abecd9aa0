using System.Collections.Immutable;

namespace RobotWorker.Firmware.Servos;

/// <summary>A series' control table as data.</summary>
public sealed class RegisterTable(string series, ImmutableArray<Register> registers)
{
    public string Series { get; } = series;

    public ImmutableArray<Register> All { get; } = registers;

    /// <summary>The first address behind the last register.</summary>
    public int Length { get; } = registers.Max(register => register.End);

    /// <summary>The register that begins at this address, or null.</summary>
    public Register? At(int address) => All.FirstOrDefault(register => register.Address == address);

    /// <exception cref="ArgumentException">No register is called so.</exception>
    public Register Named(string name) => All.FirstOrDefault(register => register.Name == name)
        ?? throw new ArgumentException($"the {Series} series has no register '{name}'; it has {string.Join(", ", All.Select(register => register.Name))}", nameof(name));

    /// <summary>Whether some register that reaches into these addresses lies in the EEPROM.</summary>
    public bool IsEeprom(int address, int length)
    {
        // No lambda: it would allocate in every control cycle.
        foreach (var register in All)
        {
            if (register.Area == RegisterArea.Eeprom && register.Address < address + length && address < register.End) return true;
        }

        return false;
    }
}
