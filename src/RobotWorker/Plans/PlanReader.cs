using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.World;

namespace RobotWorker.Plans;

/// <summary>Gives the text of another file that a plan names (path relative to the plan's own folder), or null where it cannot be read.</summary>
public delegate string? PlanLoader(string path);

/// <summary>Reads plans of the format robotworker/v1 from YAML or JSON: the form of the document only, what its words mean is <see cref="PlanChecker"/>'s.</summary>
public static class PlanReader
{
    public const string Format = "robotworker/v1";

    /// <summary>Most plans that one plan can call, those of other files included.</summary>
    internal const int MostPlans = 1000;

    /// <param name="file">The document's name in messages.</param>
    /// <param name="load">Reads the files that <c>call</c> names; without it such calls are errors.</param>
    /// <returns>The plan, or null where the bag has errors from it.</returns>
    public static Plan? Read(string text, string file, DiagnosticBag bag, PlanLoader? load = null)
    {
        var found = new DiagnosticBag();
        var plan = ReadOne(text, file, PlanFiles.Main, found);
        if (plan is not null && !found.HasErrors) plan = new PlanFiles(file, load, found).Complete(plan);
        foreach (var d in found.All) bag.Add(d);
        return found.HasErrors ? null : plan;
    }

    /// <summary>Reads one document; its calls are not followed.</summary>
    /// <param name="own">The path by which other files name it; "" for the main one.</param>
    internal static Plan? ReadOne(string text, string file, string own, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a plan", bag) is not { } fields) return null;
        if (fields.Has("plan") && fields.OptionalText("plan") is { } format and not Format)
            bag.Error(Codes.WrongFormat, fields.PlaceOf("plan"), $"the format '{format}' is not known", $"this reads '{Format}'");
        else fields.Node("plan");
        var steps = new StepReader(own, bag);
        var plan = new Plan(
            fields.Name("id"), fields.OptionalInteger("revision", 0) ?? 0,
            fields.OptionalNode("goal") is { } goal ? ConditionReader.Read(goal, bag) : null,
            [.. fields.OptionalEntries("objects").Select(e => ReadObject(e, bag))],
            ReadLimits(fields), steps.Read(fields.Node("root"), "root"), ReadPlans(fields, steps), fields.Place)
        {
            Simulation = ReadSimulation(fields),
        };
        fields.End();
        return plan;
    }

    private static PlanObject ReadObject(DocumentField entry, DiagnosticBag bag)
    {
        FieldReader.ToName(entry.Name, entry.Place, bag);
        if (FieldReader.Over(entry.Value, $"object '{entry.Name}'", bag) is not { } fields) return new(entry.Name, "", entry.Place);
        var named = new PlanObject(entry.Name, fields.Name("type"), entry.Place) { TypePlace = fields.PlaceOf("type") };
        fields.End();
        return named;
    }

    private static PlanLimits ReadLimits(FieldReader plan)
    {
        if (plan.OptionalFields("limits", "'limits'") is not { } fields) return PlanLimits.Default;
        var limits = new PlanLimits(
            fields.OptionalDuration("deadline", PolicyReader.Shortest) ?? PlanLimits.Default.Deadline, fields.OptionalNumber("max_speed", 0.01, 10),
            fields.OptionalNames("zones"))
        {
            ZonesPlace = fields.PlaceOf("zones"),
        };
        fields.End();
        return limits;
    }

    private static ImmutableSortedDictionary<string, SubPlan> ReadPlans(FieldReader plan, StepReader steps)
    {
        var plans = ImmutableSortedDictionary.CreateBuilder<string, SubPlan>(StringComparer.Ordinal);
        foreach (var (name, place, value) in plan.OptionalEntries("plans"))
        {
            if (plans.Count == MostPlans)
            {
                plan.Bag.Error(Codes.TooLarge, place, $"there are more than {MostPlans} plans");
                break;
            }
            if (FieldReader.Over(value, $"plan '{name}'", plan.Bag) is not { } fields) continue;
            var qualified = steps.Qualify(name);
            plans[qualified] = new(
                qualified, [.. fields.OptionalEntries("params").Select(p => ReadParameter(p, plan.Bag))], steps.Read(fields.Node("root"), "root"), place);
            fields.End();
        }
        return plans.ToImmutable();
    }

    private static PlanObject ReadParameter(DocumentField entry, DiagnosticBag bag)
    {
        FieldReader.ToName(entry.Name, entry.Place, bag);
        if (entry.Value is ScalarNode type && type.IsText() && FieldReader.IsName(type.Text))
            return new(entry.Name, type.Text, entry.Place) { TypePlace = type.Place };
        bag.Error(Codes.NotAName, entry.Value.Place, $"the type of parameter '{entry.Name}' is a name, not {entry.Value.Describe()}", $"for example {entry.Name}: object");
        return new(entry.Name, "", entry.Place);
    }

    private static PlanSimulation? ReadSimulation(FieldReader plan)
    {
        if (plan.OptionalFields("simulation", "'simulation'") is not { } fields) return null;
        var simulation = new PlanSimulation(fields.Text("scene"), fields.OptionalTexts("faults"), fields.Place);
        fields.End();
        return simulation;
    }
}
