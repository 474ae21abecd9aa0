using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Skills;

/// <summary>Reads a catalogue of skills; what its fields mean stands at the head of the built-in one, catalogue.yaml.</summary>
public static class SkillCatalogueReader
{
    private const string Format = "robotworker/v1";

    /// <summary>The catalogue that comes with RobotWorker.</summary>
    public static SkillCatalogue BuiltIn { get; } = ReadBuiltIn();

    /// <returns>The catalogue, or null where the bag holds errors.</returns>
    public static SkillCatalogue? Read(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a catalogue of skills", bag) is not { } fields) return null;
        if (fields.Text("skills") is not Format) bag.Error(Codes.WrongFormat, fields.PlaceOf("skills"), "this is not a catalogue of skills that can be read", $"write 'skills: {Format}'");
        var types = ReadTypes(fields);
        var predicates = ReadPredicates(fields);
        var entries = fields.OptionalEntries("catalogue");
        var skills = entries.Select(e => SkillReader.Read(e, bag)).OfType<SkillDefinition>().ToImmutableSortedDictionary(s => s.Name, s => s, StringComparer.Ordinal);
        foreach (var (name, place, _) in entries) CheckRestore(name, place, skills, bag);
        fields.End();
        return bag.HasErrors ? null : new(types, new(predicates), skills);
    }

    private static ImmutableSortedDictionary<string, string?> ReadTypes(FieldReader fields)
    {
        var entries = fields.OptionalEntries("types");
        var names = entries.Select(e => e.Name).ToList();
        var types = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var (name, place, value) in entries)
        {
            FieldReader.ToName(name, place, fields.Bag);
            var parent = value is ScalarNode scalar && !scalar.IsNothing() ? scalar.Text : null;
            // A parent stands before its children, so that no type can be its own ancestor.
            if (parent is not null && !types.ContainsKey(parent))
                fields.Bag.Error(Codes.UnknownType, value.Place, $"type '{parent}' is not defined before '{name}'", Nearest.Help(parent, names));
            types[name] = parent;
        }
        return types.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, PredicateDefinition> ReadPredicates(FieldReader fields)
    {
        var predicates = ImmutableSortedDictionary.CreateBuilder<string, PredicateDefinition>(StringComparer.Ordinal);
        foreach (var entry in fields.OptionalEntries("predicates"))
        {
            if (FieldReader.Over(entry.Value, $"predicate '{entry.Name}'", fields.Bag) is not { } inner) continue;
            predicates[entry.Name] = new(entry.Name, inner.OptionalNames("arguments"), inner.OptionalNames("sources"), inner.Duration("max_age"))
            {
                Needs = [.. ConditionReader.Optional(inner, "needs").Demanded()],
                ChangedBy = inner.OptionalChoice("changed_by", "world", "robot", "nobody") switch
                {
                    "robot" => ChangedBy.Robot,
                    "nobody" => ChangedBy.Nobody,
                    _ => ChangedBy.World,
                },
                NeedsLook = inner.OptionalFlag("needs_look") ?? false,
                SeenFrom = [.. ConditionReader.Optional(inner, "seen_from").Demanded()],
            };
            CheckSeenFrom(predicates[entry.Name], fields.Bag);
            inner.End();
        }
        return predicates.ToImmutable();
    }

    private static void CheckSeenFrom(PredicateDefinition predicate, DiagnosticBag bag)
    {
        foreach (var atom in predicate.SeenFrom)
            foreach (var variable in atom.Arguments.Where(a => a.StartsWith('$') && !predicate.Arguments.Contains(a[1..])))
                bag.Error(Codes.UnknownArgument, atom.Place, $"predicate '{predicate.Name}' has no argument of type '{variable[1..]}'", Nearest.Help(variable[1..], predicate.Arguments));
    }

    private static void CheckRestore(string name, Place place, ImmutableSortedDictionary<string, SkillDefinition> skills, DiagnosticBag bag)
    {
        if (!skills.TryGetValue(name, out var skill) || skill.Restore is not { } restore) return;
        if (!skills.TryGetValue(restore.Skill, out var restorer))
            bag.Error(Codes.UnknownSkill, place, $"'{name}' is put right by '{restore.Skill}', which is no skill", Nearest.Help(restore.Skill, [.. skills.Keys]));
        else if (restore.Arguments.Keys.FirstOrDefault(a => restorer.Arguments.All(known => known.Name != a)) is { } unknown)
            bag.Error(Codes.UnknownArgument, place, $"skill '{restore.Skill}' has no argument '{unknown}'", Nearest.Help(unknown, [.. restorer.Arguments.Select(a => a.Name)]));
    }

    private static SkillCatalogue ReadBuiltIn()
    {
        using var stream = typeof(SkillCatalogueReader).Assembly.GetManifestResourceStream("RobotWorker.Skills.catalogue.yaml")!;
        using var reader = new StreamReader(stream);
        var bag = new DiagnosticBag();
        return Read(reader.ReadToEnd(), "catalogue.yaml", bag) ?? throw new InvalidDataException(string.Join(Environment.NewLine, bag.All));
    }
}
