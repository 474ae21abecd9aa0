using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Faults;

/// <summary>Reads a catalogue of faults; what its fields mean stands at the head of the built-in one, faults.yaml.</summary>
public static class FaultCatalogueReader
{
    private const string Format = "robotworker/v1";

    /// <summary>The catalogue that comes with RobotWorker.</summary>
    public static FaultCatalogue BuiltIn { get; } = ReadBuiltIn();

    /// <returns>The catalogue, or null where the bag holds errors.</returns>
    public static FaultCatalogue? Read(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a catalogue of faults", bag) is not { } fields) return null;
        if (fields.Text("faults") is not Format)
            bag.Error(Codes.WrongFormat, fields.PlaceOf("faults"), "this is not a catalogue of faults that can be read", $"write 'faults: {Format}'");
        var faults = fields.OptionalEntries("catalogue").Select(e => ReadFault(e, bag)).OfType<FaultDefinition>()
            .ToImmutableSortedDictionary(f => f.Code, f => f, StringComparer.Ordinal);
        fields.End();
        return bag.HasErrors ? null : new(faults);
    }

    private static FaultDefinition? ReadFault(DocumentField entry, DiagnosticBag bag)
    {
        if (FieldReader.Over(entry.Value, $"fault '{entry.Name}'", bag) is not { } fields) return null;
        var fault = new FaultDefinition(
            entry.Name, fields.Name("component"), Enum.Parse<FaultLevel>(fields.Choice("level", "warning", "urgent", "critical", "fatal"), ignoreCase: true),
            fields.OptionalNames("forbids"), fields.OptionalNames("doubts"), fields.Duration("heal"), fields.OptionalFlag("human") ?? false,
            [.. fields.List("detect").Select(n => DetectorRuleReader.Read(n, bag)).OfType<DetectorRule>()])
        {
            Follows = fields.OptionalNames("follows"),
            Recovery = fields.OptionalFields("recovery", "a recovery policy") is { } policy ? ReadPolicy(policy, bag) : RecoveryPolicy.Standard,
        };
        fields.End();
        return fault;
    }

    private static RecoveryPolicy ReadPolicy(FieldReader fields, DiagnosticBag bag)
    {
        var policy = new RecoveryPolicy(
            fields.OptionalInteger("attempts", 0, 100), fields.OptionalDuration("backoff") ?? TimeSpan.Zero,
            [.. fields.OptionalList("evidence").Select(n => ReadEvidence(n, bag)).OfType<EvidenceRule>()]) { HealWithin = fields.OptionalDuration("within", TimeSpan.FromSeconds(1)) };
        fields.End();
        return policy;
    }

    private static EvidenceRule? ReadEvidence(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "evidence", bag) is not { } fields) return null;
        var rule = new EvidenceRule(
            fields.Text("signal"), fields.OptionalNumber("below"), fields.OptionalNumber("above"), fields.OptionalDuration("for") ?? TimeSpan.Zero,
            fields.OptionalInteger("samples", 1, 1000) ?? 1);
        fields.End();
        return rule;
    }

    private static FaultCatalogue ReadBuiltIn()
    {
        using var stream = typeof(FaultCatalogueReader).Assembly.GetManifestResourceStream("RobotWorker.Faults.faults.yaml")!;
        using var reader = new StreamReader(stream);
        var bag = new DiagnosticBag();
        return Read(reader.ReadToEnd(), "faults.yaml", bag) ?? throw new InvalidDataException(string.Join(Environment.NewLine, bag.All));
    }
}
