using System.Globalization;

namespace RobotWorker.Sim.Faults.Hardware;

/// <summary>A number that a fault takes.</summary>
/// <param name="Name">As it stands in a faults file.</param>
/// <param name="Standard">Where it is not given.</param>
/// <param name="Unit">Of an SI quantity or degC; empty for a share or a count.</param>
/// <param name="Whole">Only whole numbers.</param>
public sealed record FaultParameter(string Name, double Standard, double Least, double Most, string Unit = "", bool Whole = false)
{
    /// <summary><c>remaining=0.01 (0 to 1)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}={Standard:0.####} ({Least:0.####} to {Most:0.####}{(Unit.Length > 0 ? " " : "")}{Unit})");
}
