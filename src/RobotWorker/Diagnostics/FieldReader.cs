using System.Collections.Immutable;

namespace RobotWorker.Diagnostics;

/// <summary>
/// Reads the fields of one mapping, typed and with places. A fault goes into the bag and reading goes on with an empty value, so that one pass finds all of
/// them; whoever reads looks at <see cref="DiagnosticBag.HasErrors"/> before using the result. End with <see cref="End"/>, which refuses what was not asked for.
/// <code>
/// if (FieldReader.Over(node, "a surface", bag) is not { } fields) return null;
/// var surface = new Surface(fields.Name("name"), fields.Number("height", 0, 2), fields.OptionalDuration("settle") ?? TimeSpan.Zero);
/// fields.End();
/// </code>
/// </summary>
public sealed partial class FieldReader
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private FieldReader(MappingNode mapping, string what, DiagnosticBag bag)
    {
        Mapping = mapping;
        What = what;
        Bag = bag;
    }

    public MappingNode Mapping { get; }

    /// <summary>What is read, for messages: "a surface".</summary>
    public string What { get; }

    public DiagnosticBag Bag { get; }

    /// <summary>Where the mapping begins.</summary>
    public Place Place => Mapping.Place;

    /// <summary>A reader over a mapping; null, with an error, over anything else.</summary>
    public static FieldReader? Over(DocumentNode node, string what, DiagnosticBag bag)
    {
        if (node is MappingNode mapping) return new(mapping, what, bag);
        bag.Error(Codes.WrongKind, node.Place, $"{what} is a mapping of fields, not {node.Describe()}");
        return null;
    }

    /// <summary>Where a field's value stands; where the mapping does, if the field is not there.</summary>
    public Place PlaceOf(string name) => Mapping[name]?.Place ?? Place;

    public bool Has(string name) => Mapping[name] is not null;

    /// <summary>The value, or null where the field is not there. One without a value (<c>name:</c>) is an error.</summary>
    public DocumentNode? OptionalNode(string name)
    {
        asked.Add(name);
        var field = Mapping.Fields.FirstOrDefault(f => f.Name == name);
        if (field?.Value is not ScalarNode scalar || !scalar.IsNothing()) return field?.Value;
        Bag.Error(Codes.Missing, field.Place, $"'{name}' of {What} has no value");
        return null;
    }

    /// <summary>The value; null, with an error, where the field is not there.</summary>
    public DocumentNode? Node(string name)
    {
        var node = OptionalNode(name);
        if (node is null && !Has(name)) Bag.Error(Codes.Missing, Place, $"{What} needs '{name}'", MistypedHelp(name));
        return node;
    }

    /// <summary>A reader over the mapping in a field.</summary>
    public FieldReader? Fields(string name, string what) => Node(name) is { } node ? Over(node, what, Bag) : null;

    /// <summary>A reader over the mapping in a field that need not be there.</summary>
    public FieldReader? OptionalFields(string name, string what) => OptionalNode(name) is { } node ? Over(node, what, Bag) : null;

    /// <summary>The entries of a list; empty, with an error, where there is none.</summary>
    public IReadOnlyList<DocumentNode> List(string name) => Items(name, Node(name));

    /// <summary>The entries of a list that need not be there.</summary>
    public IReadOnlyList<DocumentNode> OptionalList(string name) => Items(name, OptionalNode(name));

    /// <summary>The entries of a mapping by name, in the order of the document; empty where it is not there.</summary>
    public IReadOnlyList<DocumentField> OptionalEntries(string name)
    {
        if (OptionalNode(name) is not { } node) return [];
        if (node is MappingNode mapping) return mapping.Fields;
        Bag.Error(Codes.WrongKind, node.Place, $"'{name}' of {What} is a mapping of fields, not {node.Describe()}");
        return [];
    }

    /// <summary>The first field of a document names its format: another one than <paramref name="format"/> is an error.</summary>
    public void Format(string name, string format)
    {
        if (Node(name) is not null && Text(name) is { Length: > 0 } text && text != format)
            Bag.Error(Codes.WrongFormat, PlaceOf(name), $"the format '{text}' is not known", $"this reads '{format}'");
    }

    /// <summary>Refuses every field that nobody asked for.</summary>
    public void End()
    {
        foreach (var field in Mapping.Fields.Where(f => !asked.Contains(f.Name)))
            Bag.Error(Codes.UnknownField, field.Place, $"{What} has no field '{field.Name}'", Nearest.Help(field.Name, asked));
    }

    private IReadOnlyList<DocumentNode> Items(string name, DocumentNode? node)
    {
        if (node is null) return [];
        if (node is ListNode list) return list.Items;
        Bag.Error(Codes.WrongKind, node.Place, $"'{name}' of {What} is a list, not {node.Describe()}");
        return [];
    }

    // A field that is missing because it was mistyped is reported once more by End, with its place.
    private string? MistypedHelp(string name) =>
        Nearest.To(name, Mapping.Fields.Select(f => f.Name)) is { } typed ? $"is '{typed}' meant to be it?" : null;
}
