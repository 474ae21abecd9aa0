using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;

namespace RobotWorker.Cli.Views;

/// <summary>All faults that can be injected, with their numbers: the standard, and what it may be.</summary>
internal static class FaultKindsView
{
    public static void Print(TextWriter to)
    {
        to.WriteLine("Of the hardware (docs/simulated-faults.md):");
        foreach (var kind in HardwareFaults.All)
        {
            to.WriteLine($"  {kind.Name,-20} {kind.What}{(kind.Standard is { } length ? $"; for {length.TotalSeconds:0.#} s" : "")}");
            foreach (var parameter in kind.Parameters) to.WriteLine($"  {"",-20}   {parameter}");
        }
        to.WriteLine("Of the wire (docs/wire-faults.md), and of the world:");
        to.WriteLine($"  {string.Join(", ", FaultReader.Kinds.Where(kind => HardwareFaults.Find(kind) is null))}");
    }
}
