using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Faults;

/// <summary>A robot's own catalogue of faults, which its profile names: entries that are laid over the built-in catalogue.</summary>
/// <param name="Name">Of its file, without folders.</param>
/// <param name="Text">As it was read, so that an episode can be gone through again with it.</param>
/// <param name="Catalogue">The built-in catalogue with the entries laid over it.</param>
public sealed record OwnFaults(string Name, string Text, FaultCatalogue Catalogue)
{
    /// <summary>What can go wrong with a robot of these arm joints.</summary>
    /// <param name="own">Null: it has the built-in faults.</param>
    public static FaultCatalogue CatalogueOf(OwnFaults? own, ImmutableArray<string> joints) => (own?.Catalogue ?? FaultCatalogueReader.BuiltIn).For(joints);

    /// <param name="file">What the bag's places call it.</param>
    /// <returns>Null where the bag holds errors.</returns>
    public static OwnFaults? Read(string name, string text, string file, DiagnosticBag bag) =>
        FaultCatalogueReader.ReadOver(FaultCatalogueReader.BuiltIn, text, file, bag, SkillCatalogueReader.BuiltIn) is { } catalogue ? new(name, text, catalogue) : null;
}
