using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Skills;

namespace RobotWorker.Plans.Checks;

/// <summary>The objects and places that a plan may name, with their types: the plan's own, the scene's, and the parts of the robot.</summary>
internal sealed class NameTable
{
    private static readonly (string Name, string Type)[] Constants = [("robot", "robot"), ("gripper", "gripper")];

    private readonly SkillCatalogue catalogue;
    private readonly SortedDictionary<string, string> types = new(StringComparer.Ordinal);

    public NameTable(Plan plan, SkillCatalogue catalogue, IReadOnlyList<PlanObject> known, DiagnosticBag bag)
    {
        this.catalogue = catalogue;
        SceneIsKnown = known.Count > 0;
        foreach (var (name, type) in Constants) types[name] = type;
        foreach (var thing in known) types[thing.Name] = thing.Type;
        foreach (var thing in plan.Objects) Declare(thing, bag);
    }

    /// <summary>Whether the names are those of a scene or map, and not only the plan's own.</summary>
    public bool SceneIsKnown { get; }

    public bool HasOfType(string type) => types.Values.Any(t => catalogue.IsA(t, type));

    /// <summary>The type of a name; null where it is not known, or is a variable.</summary>
    public string? TypeOf(string name) => types.GetValueOrDefault(name);

    /// <summary>Refuses a type that the catalogue does not know.</summary>
    public void ExpectType(string type, Place place, DiagnosticBag bag, params IReadOnlyList<string> builtIn)
    {
        if (!catalogue.Types.ContainsKey(type) && !builtIn.Contains(type))
            bag.Error(Codes.UnknownType, place, $"there is no type '{type}'", Nearest.Help(type, [.. catalogue.Types.Keys, .. builtIn]));
    }

    /// <summary>Refuses what is no name or variable of a type of the catalogue.</summary>
    public void Expect(string written, string type, Place place, Scope scope, DiagnosticBag bag)
    {
        // A text is written as it is; only a variable is looked up.
        if (type == "text" && !written.StartsWith('$')) return;
        if (FindType(written, place, scope, bag) is { } found && catalogue.Types.ContainsKey(type) && IsOther(found, type))
            bag.Error(Codes.WrongType, place, $"'{written}' is of type '{found}', not '{type}'", SuggestOfType(type));
    }

    /// <summary>The type of a name or variable; null, with an error, where there is none.</summary>
    public string? FindType(string written, Place place, Scope scope, DiagnosticBag bag)
    {
        if (written.StartsWith('$')) return FindVariable(written, place, scope, bag)?.Type;
        if (types.TryGetValue(written, out var type)) return type;
        var help = scope.Variables.ContainsKey(written) ? $"did you mean '${written}'?" : Nearest.Help(written, types.Keys);
        bag.Error(Codes.UnknownObject, place, $"'{written}' is not known", help);
        return null;
    }

    /// <summary>The variable of a <c>$name</c>, which counts as used; null, with an error, where it has no value.</summary>
    public static Variable? FindVariable(string written, Place place, Scope scope, DiagnosticBag bag)
    {
        if (scope.Variables.TryGetValue(written[1..], out var variable))
        {
            variable.Used = true;
            return variable;
        }
        bag.Error(Codes.UndefinedVariable, place, $"'{written}' has no value here", Nearest.Help(written, [.. scope.Variables.Keys.Select(k => "$" + k)]));
        return null;
    }

    // A type that is not known was reported where it is given.
    private bool IsOther(string found, string type) =>
        (catalogue.Types.ContainsKey(found) || found is "number" or "text" or "flag") && !catalogue.IsA(found, type);

    private void Declare(PlanObject thing, DiagnosticBag bag)
    {
        ExpectType(thing.Type, thing.TypePlace, bag);
        var inScene = types.TryGetValue(thing.Name, out var sceneType);
        if (inScene && catalogue.Types.ContainsKey(thing.Type) && !catalogue.IsA(sceneType!, thing.Type))
            bag.Error(Codes.TypeConflict, thing.TypePlace, $"'{thing.Name}' is of type '{sceneType}', not '{thing.Type}'", $"write {{type: {sceneType}}}");
        if (!inScene && SceneIsKnown)
            bag.Error(Codes.UnknownObject, thing.Place, $"'{thing.Name}' is not in the scene", Nearest.Help(thing.Name, types.Keys));
        if (!inScene) types[thing.Name] = thing.Type;
    }

    private string? SuggestOfType(string type)
    {
        ImmutableArray<string> fitting = [.. types.Where(t => catalogue.IsA(t.Value, type)).Select(t => t.Key).Take(12)];
        return fitting.IsEmpty ? null : $"there is: {string.Join(", ", fitting)}";
    }
}
