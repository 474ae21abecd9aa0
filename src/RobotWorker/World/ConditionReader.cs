using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.World;

/// <summary>
/// Reads conditions as documents write them: <c>{on: [cup1, shelf]}</c>, <c>{not: ...}</c>, <c>{all: [...]}</c>, <c>{any: [...]}</c>;
/// a list means all of them. Atoms know where they stand.
/// </summary>
public static class ConditionReader
{
    private static readonly string[] Connectives = ["not", "all", "any"];

    /// <summary>The condition; <see cref="Condition.Always"/>, with an error in the bag, where it is none.</summary>
    public static Condition Read(DocumentNode node, DiagnosticBag bag) => node switch
    {
        ListNode { Items: [var only] } => Read(only, bag),
        ListNode list => new Condition.All(ReadAll(list, bag)),
        MappingNode { Fields: [var field] } => ReadField(field, bag),
        MappingNode { Fields.Count: > 1 } mapping => Refuse(mapping.Fields[1].Place, "a condition names one predicate", "write a list of conditions, or {all: [...]}", bag),
        _ => Refuse(node.Place, $"a condition is {{predicate: [names]}}, not {node.Describe()}", "for example {on: [cup1, shelf]}", bag),
    };

    /// <summary>The condition in a field; always true where the field is not there.</summary>
    public static Condition Optional(FieldReader fields, string name) =>
        fields.OptionalNode(name) is { } node ? Read(node, fields.Bag) : Condition.Always;

    /// <summary>The condition in a field that must be there.</summary>
    public static Condition Required(FieldReader fields, string name) =>
        fields.Node(name) is { } node ? Read(node, fields.Bag) : Condition.Always;

    /// <summary>An atom, <c>{on: [cup1, shelf]}</c>; null, with an error, where it is none.</summary>
    public static Atom? ReadAtom(DocumentNode node, DiagnosticBag bag)
    {
        if (Read(node, bag) is Condition.Holds(var atom)) return atom;
        Refuse(node.Place, "one predicate with its names is expected here", "for example {on: [cup1, shelf]}", bag);
        return null;
    }

    private static Condition ReadField(DocumentField field, DiagnosticBag bag) => field.Name switch
    {
        "not" => new Condition.Not(Read(field.Value, bag)),
        "all" => field.Value is ListNode list ? new Condition.All(ReadAll(list, bag)) : RefuseList(field, bag),
        "any" => field.Value is ListNode list ? new Condition.Any(ReadAll(list, bag)) : RefuseList(field, bag),
        _ => ReadHolds(field, bag),
    };

    private static Condition ReadHolds(DocumentField field, DiagnosticBag bag)
    {
        FieldReader.ToName(field.Name, field.Place, bag);
        if (field.Value is not ListNode list)
            return Refuse(field.Value.Place, $"the names of '{field.Name}' are a list, not {field.Value.Describe()}", Example(field), bag);
        return new Condition.Holds(new Atom(field.Name, [.. list.Items.Select(i => ReadName(i, bag))]) { Place = field.Place });
    }

    private static string ReadName(DocumentNode node, DiagnosticBag bag)
    {
        if (node is ScalarNode scalar && scalar.IsText() && IsTerm(scalar.Text)) return scalar.Text;
        bag.Error(Codes.NotAName, node.Place, $"a name or $variable is expected, not {node.Describe()}");
        return "";
    }

    private static bool IsTerm(string text) => FieldReader.IsName(text.StartsWith('$') ? text[1..] : text);

    private static ImmutableArray<Condition> ReadAll(ListNode list, DiagnosticBag bag) => [.. list.Items.Select(i => Read(i, bag))];

    private static Condition RefuseList(DocumentField field, DiagnosticBag bag) =>
        Refuse(field.Value.Place, $"'{field.Name}' takes a list of conditions, not {field.Value.Describe()}", null, bag);

    private static Condition Refuse(Place place, string message, string? help, DiagnosticBag bag)
    {
        bag.Error(Codes.NotACondition, place, message, help);
        return Condition.Always;
    }

    private static string? Example(DocumentField field) =>
        field.Value is ScalarNode scalar ? $"write {{{field.Name}: [{scalar.Text}]}}" : Nearest.To(field.Name, Connectives) is { } word ? $"did you mean '{word}'?" : null;
}
