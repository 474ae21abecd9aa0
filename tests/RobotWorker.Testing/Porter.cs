using RobotWorker.Faults;

namespace RobotWorker.Testing;

/// <summary>The simulated robot that is shipped.</summary>
public static class Porter
{
    /// <summary>The faults that can befall it: the built-in catalogue for its seven joints.</summary>
    public static readonly FaultCatalogue Faults = FaultCatalogueReader.BuiltIn.For([.. Enumerable.Range(1, 7).Select(i => $"arm_joint_{i}")]);
}
