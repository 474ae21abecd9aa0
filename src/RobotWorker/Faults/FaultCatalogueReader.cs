using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Faults;

/// <summary>Reads a catalogue of faults; what its fields mean stands at the head of the built-in one, faults.yaml.</summary>
public static class FaultCatalogueReader
{
    private const string Format = "robotworker/v1";
    private const string None = "none";

    /// <summary>The text of <see cref="BuiltIn"/>.</summary>
    public static string BuiltInText { get; } = ReadText();

    /// <summary>The catalogue that comes with RobotWorker, for any robot; <see cref="FaultCatalogue.For"/> gives that of one.</summary>
    public static FaultCatalogue BuiltIn { get; } = ReadBuiltIn();

    /// <returns>The catalogue, or null where the bag holds errors.</returns>
    public static FaultCatalogue? Read(string text, string file, DiagnosticBag bag) => ReadOver(FaultCatalogue.Empty, text, file, bag);

    /// <summary>
    /// Lays a document over a catalogue. An entry replaces the fault of its code whole or adds one; <c>CODE: none</c> takes one away, and the faults that stay are no consequence of it any more.
    /// </summary>
    /// <param name="skills">What there is to forbid and to doubt; null: whatever is named.</param>
    /// <returns>The catalogue, or null where the bag holds errors.</returns>
    public static FaultCatalogue? ReadOver(FaultCatalogue below, string text, string file, DiagnosticBag bag, SkillCatalogue? skills = null)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a catalogue of faults", bag) is not { } fields) return null;
        if (fields.Text("faults") is not Format)
            bag.Error(Codes.WrongFormat, fields.PlaceOf("faults"), "this is not a catalogue of faults that can be read", $"write 'faults: {Format}'");
        var entries = fields.OptionalEntries("catalogue").ToLookup(e => e.Value is ScalarNode { Text: None });
        foreach (var (code, place, _) in entries[true].Where(e => !below.ByCode.ContainsKey(e.Name)))
            bag.Error(Codes.UnknownFault, place, $"there is no fault '{code}' to take away", Nearest.Help(code, [.. below.ByCode.Keys]));
        var faults = below.Without([.. entries[true].Select(e => e.Name)]).ByCode
            .SetItems(entries[false].Select(e => ReadFault(e, bag)).OfType<FaultDefinition>().Select(f => KeyValuePair.Create(f.Code, f)));
        FaultNameChecker.CheckFollows([.. entries[false]], faults, bag);
        if (skills is not null) FaultNameChecker.CheckEffects([.. entries[false]], skills, bag);
        fields.End();
        return bag.HasErrors ? null : new(faults);
    }

    private static FaultDefinition? ReadFault(DocumentField entry, DiagnosticBag bag)
    {
        FieldReader.ToName(entry.Name, entry.Place, bag);
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
        if (rule.Signal.Contains('{')) bag.Error(Codes.NotAName, fields.PlaceOf("signal"), $"'{rule.Signal}' is no signal's name", "evidence is of one signal, such as arm.tracking_error, which is the worst of the arm's joints");
        fields.End();
        return rule;
    }

    private static FaultCatalogue ReadBuiltIn()
    {
        var bag = new DiagnosticBag();
        return Read(BuiltInText, "faults.yaml", bag) ?? throw new InvalidDataException(string.Join(Environment.NewLine, bag.All));
    }

    private static string ReadText()
    {
        using var stream = typeof(FaultCatalogueReader).Assembly.GetManifestResourceStream("RobotWorker.Faults.faults.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
