using System;
using System.Collections.Generic;
using System.Linq;
using RobotWorker.Ros.Definitions;

namespace RobotWorker.Ros.Generator;

/// <summary>All definitions of a build: who uses whom, what is missing, the text with all that it depends on.</summary>
internal sealed class DefinitionSet
{
    private static readonly string Separator = "\n" + new string('=', 80) + "\n";

    private readonly List<Definition> all;
    private readonly Dictionary<string, Definition> messages = [];

    public DefinitionSet(IEnumerable<Definition> definitions)
    {
        all = [.. definitions];
        foreach (var definition in all)
            if (definition.Kind == DefinitionKind.Message) messages[definition.Package + "/" + definition.Name] = definition;
    }

    /// <summary>The definitions that can be generated: everything that they use is there, and none contains itself.</summary>
    public IEnumerable<Definition> Sound => all.Where(definition => CycleOf(definition) is null);

    /// <summary>Whether a message of this package has the name: then a service or action needs another one in C#.</summary>
    public bool HasMessage(string package, string name) => messages.ContainsKey(package + "/" + name);

    /// <summary>Whether the type of a field is there.</summary>
    public bool Knows(FieldType type) => type.IsPrimitive || HasMessage(type.Package, type.Name);

    /// <summary>The fields whose message type is missing, each with a suggestion.</summary>
    public IEnumerable<(FieldDefinition Field, string Suggestion)> UnknownTypes(Definition definition) =>
        from part in definition.Parts
        from field in part.Fields
        where !Knows(field.Type)
        let elsewhere = messages.Keys.FirstOrDefault(name => name.EndsWith("/" + field.Type.Name, StringComparison.Ordinal))
        select (field, elsewhere is null ? "" : $"; did you mean {elsewhere}?");

    /// <summary>How a definition comes back to itself, as <c>a/A, b/B, a/A</c>, or null.</summary>
    public string? CycleOf(Definition definition)
    {
        if (definition.Kind != DefinitionKind.Message) return null;
        var start = definition.Package + "/" + definition.Name;
        return Path(start, []);

        string? Path(string name, HashSet<string> seen)
        {
            if (!messages.TryGetValue(name, out var current)) return null;
            foreach (var next in Nested(current.Parts))
            {
                if (next == start) return name + ", " + next;
                if (seen.Add(next) && Path(next, seen) is { } rest) return name + ", " + rest;
            }

            return null;
        }
    }

    /// <summary>The text of a part, followed by every message it depends on, as MCAP's <c>ros2msg</c> wants it.</summary>
    public string FullText(StructDefinition part)
    {
        var order = new List<string>();
        Collect([part]);
        return string.Concat(new[] { part.Text }.Concat(order.Select(name => Separator + "MSG: " + name + "\n" + messages[name].Parts[0].Text)));

        void Collect(IReadOnlyList<StructDefinition> parts)
        {
            foreach (var name in Nested(parts))
            {
                if (order.Contains(name) || !messages.TryGetValue(name, out var next)) continue;
                order.Add(name);
                Collect(next.Parts);
            }
        }
    }

    private static IEnumerable<string> Nested(IReadOnlyList<StructDefinition> parts) =>
        from part in parts
        from field in part.Fields
        where !field.Type.IsPrimitive
        select field.Type.Package + "/" + field.Type.Name;
}
