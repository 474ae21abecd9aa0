using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>Reads the tree of steps. A step is a mapping with one of the words in <see cref="Kinds"/>; where it has no id, one is derived from that word.</summary>
internal sealed partial class StepReader(string ownFile, DiagnosticBag bag)
{
    public static readonly ImmutableArray<string> Kinds = ["skill", "sequence", "fallback", "parallel", "if", "while", "repeat", "wait", "foreach", "call"];

    private const int MostSteps = 100_000;
    private const int MostTurns = 1_000_000;

    private int count;

    /// <summary>The name under which a plan of this file goes in the whole plan.</summary>
    public string Qualify(string name) => PlanFiles.Qualify(ownFile, name);

    /// <summary>A lone step, at the root or in a field. Where it is none, an error and an empty sequence.</summary>
    public PlanNode Read(DocumentNode? node, string? derivedId = null)
    {
        if (node is null) return new SequenceNode("", [], default);
        return ReadStep(node, derivedId ?? Kind(node) switch
        {
            "skill" => SkillName(node) ?? "skill",
            { } kind => kind,
            null => "step",
        });
    }

    private PlanNode ReadStep(DocumentNode node, string derivedId)
    {
        var nothing = new SequenceNode(derivedId, [], node.Place);
        if (++count > MostSteps)
        {
            if (count == MostSteps + 1) bag.Error(Codes.TooLarge, node.Place, $"the plan has more than {MostSteps} steps", "use 'repeat', 'foreach' or 'call'");
            return nothing;
        }
        if (FieldReader.Over(node, "a step", bag) is not { } fields) return nothing;
        var kinds = fields.Mapping.Fields.Where(f => Kinds.Contains(f.Name)).ToList();
        if (kinds is not [var kind])
        {
            RefuseKinds(fields, kinds);
            return nothing;
        }
        var id = fields.OptionalName("id") ?? derivedId;
        var step = ReadKind(fields, kind.Name, id) with { Places = Places(fields.Mapping) };
        fields.End();
        return step;
    }

    private PlanNode ReadKind(FieldReader fields, string kind, string id) => kind switch
    {
        "skill" => ReadSkill(fields, id),
        "sequence" => new SequenceNode(id, AtLeastOne(ReadChildren(fields.List("sequence")), fields, "sequence"), fields.Place),
        "fallback" => new FallbackNode(id, AtLeastOne(ReadChildren(fields.List("fallback")), fields, "fallback"), fields.Place),
        "parallel" => ReadParallel(fields, id),
        "if" => ReadIf(fields, id),
        "while" => ReadWhile(fields, id),
        "repeat" => ReadRepeat(fields, id),
        "wait" => ReadWait(fields, id),
        "foreach" => ReadForeach(fields, id),
        _ => ReadCall(fields, id),
    };

    /// <summary>Children of a list: given ids must differ, derived ones give way: pick, pick_2, pick_3.</summary>
    private ImmutableArray<PlanNode> ReadChildren(IReadOnlyList<DocumentNode> nodes)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in nodes.Select(GivenId).OfType<ScalarNode>())
            if (!taken.Add(id.Text)) bag.Error(Codes.GivenTwice, id.Place, $"the id '{id.Text}' is given twice among the steps of one parent", "ids name steps in reports: make them differ");
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. nodes.Select(n => ReadStep(n, GivenId(n) is { } given ? given.Text : Derive(Kind(n) is "skill" ? SkillName(n) ?? "skill" : Kind(n) ?? "step", taken, uses)))];
    }

    private static string Derive(string word, HashSet<string> taken, Dictionary<string, int> uses)
    {
        string id;
        do
        {
            var n = uses[word] = uses.GetValueOrDefault(word) + 1;
            id = n == 1 ? word : $"{word}_{n}";
        }
        while (!taken.Add(id));
        return id;
    }

    private static ScalarNode? GivenId(DocumentNode node) => (node as MappingNode)?["id"] as ScalarNode is { } id && !id.IsNothing() ? id : null;

    private static string? Kind(DocumentNode node) => (node as MappingNode)?.Fields.FirstOrDefault(f => Kinds.Contains(f.Name))?.Name;

    private static string? SkillName(DocumentNode node) => (node as MappingNode)?["skill"] is ScalarNode s && FieldReader.IsName(s.Text) ? s.Text : null;

    // A list without steps would succeed without having done anything.
    private ImmutableArray<PlanNode> AtLeastOne(ImmutableArray<PlanNode> children, FieldReader fields, string name)
    {
        if (children.IsEmpty && fields.Mapping[name] is ListNode) bag.Error(Codes.WrongLength, fields.PlaceOf(name), $"'{name}' has no steps", "give at least one");
        return children;
    }

    private void RefuseKinds(FieldReader fields, List<DocumentField> kinds)
    {
        if (kinds.Count > 1)
        {
            bag.Error(Codes.NotAStep, kinds[1].Place, $"a step is '{kinds[0].Name}' or '{kinds[1].Name}', not both", "make two steps of it");
            return;
        }
        var typed = fields.Mapping.Fields.FirstOrDefault(f => f.Name is not "id" && Nearest.To(f.Name, Kinds) is not null);
        bag.Error(
            Codes.NotAStep, typed?.Place ?? fields.Place, "a step says which skill it runs, or how its steps are run",
            typed is not null ? Nearest.Help(typed.Name, Kinds) : $"give one of: {string.Join(", ", Kinds)}");
    }

    // Where each field stands, and each field of a mapping in it ("args.object"), for the checker's messages.
    private static ImmutableSortedDictionary<string, Place> Places(MappingNode mapping)
    {
        var places = ImmutableSortedDictionary.CreateBuilder<string, Place>(StringComparer.Ordinal);
        foreach (var field in mapping.Fields)
        {
            places[field.Name] = field.Value.Place;
            if (field.Value is not MappingNode inner) continue;
            foreach (var f in inner.Fields)
            {
                places[$"{field.Name}.{f.Name}"] = f.Value.Place;
                if (f.Name is "args" && f.Value is MappingNode args)
                    foreach (var a in args.Fields) places[$"{field.Name}.args.{a.Name}"] = a.Value.Place;
            }
        }
        return places.ToImmutable();
    }
}
