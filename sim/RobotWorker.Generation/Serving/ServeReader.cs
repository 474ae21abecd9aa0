using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Generation.Serving;

/// <summary>Reads what is to be served. Nothing is opened before all of it is right.</summary>
public static class ServeReader
{
    /// <summary>A scene's file and those of faults in it.</summary>
    /// <returns>Null when the bag says why.</returns>
    public static (Workplace Place, ImmutableArray<FaultDescription> Faults)? Read(string scene, IEnumerable<string> faults, DiagnosticBag bag)
    {
        if (JobReader.ReadScene(scene, bag) is not { } file) return null;
        ImmutableArray<FaultDescription> read = [.. faults.Select(fault => JobReader.ReadFault(fault, file.Workplace, bag)).OfType<FaultFile>().SelectMany(fault => fault.Faults)];
        return bag.HasErrors ? null : (file.Workplace, read);
    }
}
