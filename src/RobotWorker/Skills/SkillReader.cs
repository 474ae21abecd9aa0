using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>Reads one skill of a catalogue.</summary>
internal static class SkillReader
{
    public static SkillDefinition? Read(DocumentField entry, DiagnosticBag bag)
    {
        FieldReader.ToName(entry.Name, entry.Place, bag);
        if (FieldReader.Over(entry.Value, $"skill '{entry.Name}'", bag) is not { } fields) return null;
        var skill = new SkillDefinition(
            entry.Name, fields.Text("summary"),
            [.. fields.OptionalEntries("arguments").Select(e => ReadArgument(e, bag)).OfType<SkillArgument>()],
            [.. fields.OptionalEntries("outputs").Select(e => new SkillOutput(e.Name, e.Value is ScalarNode s ? s.Text : ""))],
            ConditionReader.Optional(fields, "pre"), ConditionReader.Optional(fields, "hold"), ConditionReader.Optional(fields, "post"),
            Atoms(fields, "deletes"), OrNever(fields, "not_started"), OrNever(fields, "partial"),
            ReadEffectClass(fields), fields.OptionalNames("resources"),
            PolicyReader.Timeouts(fields) ?? new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero),
            fields.OptionalDuration("deadline", PolicyReader.Shortest),
            PolicyReader.Retry(fields) ?? new(1, TimeSpan.Zero, []),
            fields.OptionalInteger("variants", 1, 100) ?? 1,
            [.. fields.OptionalList("stages").Select(n => ReadStage(n, bag)).OfType<SkillStage>()],
            fields.OptionalEntries("bindings").ToImmutableSortedDictionary(e => e.Name, e => Texts(e.Value)))
        {
            Cases = [.. fields.OptionalList("cases").SelectMany(n => ReadCase(n, bag))],
            TakesUp = fields.OptionalText("takes_up"),
            Effects = [.. fields.OptionalList("effects").Select(n => ReadEffect(n, bag)).OfType<PlannerEffect>()],
            Restore = ReadRestore(fields),
        };
        fields.End();
        return skill;
    }

    private static SkillArgument? ReadArgument(DocumentField entry, DiagnosticBag bag)
    {
        if (FieldReader.Over(entry.Value, $"argument '{entry.Name}'", bag) is not { } fields) return null;
        var argument = new SkillArgument(
            entry.Name, fields.Name("type"), fields.OptionalText("unit"), (fields.OptionalNode("default") as ScalarNode)?.Text,
            fields.OptionalNumber("minimum"), fields.OptionalNumber("maximum"))
        {
            Choices = fields.OptionalNames("choices"),
        };
        fields.End();
        return argument;
    }

    private static EffectClass ReadEffectClass(FieldReader fields) => fields.Choice("effect", "pure", "idempotent", "resumable", "irreversible") switch
    {
        "pure" => EffectClass.Pure,
        "idempotent" => EffectClass.Idempotent,
        "resumable" => EffectClass.Resumable,
        _ => EffectClass.Irreversible,
    };

    private static SkillStage? ReadStage(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "a stage", bag) is not { } fields) return null;
        var stage = new SkillStage(fields.Name("name"), ConditionReader.Required(fields, "entry"));
        fields.End();
        return stage;
    }

    private static UndoSkill? ReadRestore(FieldReader skill)
    {
        if (skill.OptionalFields("restore", "'restore'") is not { } fields) return null;
        var restore = new UndoSkill(
            fields.Name("skill"), fields.OptionalEntries("args").ToImmutableSortedDictionary(e => e.Name, e => e.Value is ScalarNode s ? s.Text : "", StringComparer.Ordinal));
        fields.End();
        return restore;
    }

    private static ImmutableArray<SkillCase> ReadCase(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "a case", bag) is not { } fields) return [];
        var post = ConditionReader.Optional(fields, "post");
        var notStarted = OrNever(fields, "not_started");
        ImmutableArray<SkillCase> cases =
            [.. fields.OptionalEntries("when").Select(e => new SkillCase(e.Name, e.Value is ScalarNode s ? s.Text : "", post, notStarted))];
        if (cases.Length != 1) bag.Error(Codes.WrongLength, fields.PlaceOf("when"), "a case is for one argument of one type", "write when: {target: surface}");
        fields.End();
        return cases;
    }

    private static PlannerEffect? ReadEffect(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "an effect", bag) is not { } fields) return null;
        var adds = fields.Node("adds") is { } a ? ConditionReader.ReadAtom(a, bag) : null;
        var effect = new PlannerEffect(adds ?? Atom.Of(""), Atoms(fields, "when"));
        fields.End();
        return effect;
    }

    private static ImmutableArray<Atom> Atoms(FieldReader fields, string name) =>
        [.. fields.OptionalList(name).Select(n => ConditionReader.ReadAtom(n, fields.Bag)).OfType<Atom>()];

    private static Condition OrNever(FieldReader fields, string name) =>
        fields.Has(name) ? ConditionReader.Required(fields, name) : ConditionAtoms.Never;

    private static ImmutableArray<string> Texts(DocumentNode node) =>
        node is ListNode list ? [.. list.Items.OfType<ScalarNode>().Select(s => s.Text)] : [];
}
