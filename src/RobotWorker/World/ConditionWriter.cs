using RobotWorker.Diagnostics;

namespace RobotWorker.World;

/// <summary>Writes conditions so that <see cref="ConditionReader"/> reads them back.</summary>
public static class ConditionWriter
{
    public static DocumentNode Write(Condition condition) => condition switch
    {
        Condition.Holds(var atom) => Write(atom),
        Condition.Not(var inner) => DocumentWriter.Mapping(("not", Write(inner))),
        Condition.All(var items) => DocumentWriter.Mapping(("all", DocumentWriter.List(items.Select(Write)))),
        Condition.Any(var items) => DocumentWriter.Mapping(("any", DocumentWriter.List(items.Select(Write)))),
        _ => throw new InvalidOperationException($"no such condition: {condition.GetType().Name}"),
    };

    /// <summary>As the list that pre, hold and post are; null for what always holds.</summary>
    public static DocumentNode? WriteList(Condition condition) => condition switch
    {
        Condition.All { Items.Length: 0 } => null,
        Condition.All { Items.Length: > 1 } all => DocumentWriter.List(all.Items.Select(Write)),
        _ => DocumentWriter.List([Write(condition)]),
    };

    private static MappingNode Write(Atom atom) =>
        DocumentWriter.Mapping((atom.Predicate, DocumentWriter.List(atom.Arguments.Select(DocumentWriter.Text))));
}
