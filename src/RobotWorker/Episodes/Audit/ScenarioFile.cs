using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RobotWorker.Diagnostics;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.Skills;

namespace RobotWorker.Episodes.Audit;

/// <summary>
/// Scenarios as files, <c>scenario: robotworker/v1</c> (docs/safe-retry.md). The documents that it needs (plan, catalogues) are in it as text, each in
/// its own format, so that one file is all there is to send; the events are the journal's own lines of JSON.
/// </summary>
public static class ScenarioFile
{
    public const string Format = "robotworker/v1";

    /// <returns>The scenario, or null where the bag holds errors.</returns>
    public static Scenario? Read(string text, string file, DiagnosticBag bag)
    {
        if (DocumentReader.Read(text, file, bag) is not { } root || FieldReader.Over(root, "a scenario", bag) is not { } fields) return null;
        if (fields.Text("scenario") is not Format)
            bag.Error(Codes.WrongFormat, fields.PlaceOf("scenario"), "this is not a scenario that can be read", $"write 'scenario: {Format}'");
        var why = fields.OptionalText("why") ?? "";
        var episode = fields.OptionalText("episode") ?? Guid.Empty.ToString();
        if (!Guid.TryParse(episode, out _)) bag.Error(Codes.NotAName, fields.PlaceOf("episode"), $"'{episode}' is no episode's id", "write a UUID, or leave it out");
        var plan = Inner(fields.Text("plan"), "plan", (inner, name) => PlanReader.Read(inner, name, bag));
        var skills = Inner(fields.OptionalText("skills"), "skills", (inner, name) => SkillCatalogueReader.Read(inner, name, bag) is { } read ? Tuple.Create(inner, read) : null);
        var faults = Inner(fields.OptionalText("faults"), "faults", (inner, name) => FaultCatalogueReader.Read(inner, name, bag) is { } read ? Tuple.Create(inner, read) : null);
        var own = Inner(fields.OptionalText("own_faults"), "own_faults", (inner, name) => OwnFaults.Read("own_faults", inner, name, bag));
        if (faults is not null && own is not null)
            bag.Error(Codes.UnknownField, fields.PlaceOf("own_faults"), "'faults' is a whole catalogue, and 'own_faults' is laid over the built-in one", "give one of the two");
        var events = fields.List("events").Select(node => ReadEvent(node, bag)).OfType<Event>().ToImmutableArray();
        fields.End();
        if (plan is not null && !bag.HasErrors) Check(plan, skills?.Item2 ?? SkillCatalogueReader.BuiltIn, bag);
        if (plan is null || bag.HasErrors) return null;
        return Scenario.Of(why, episode, plan, skills is null ? null : (skills.Item1, skills.Item2), faults is null ? null : (faults.Item1, faults.Item2), events, own);

        T? Inner<T>(string? inner, string field, Func<string, string, T?> read) where T : class => string.IsNullOrEmpty(inner) ? null : read(inner, $"{file}, {field}");
    }

    public static string Write(Scenario scenario)
    {
        var text = new StringBuilder();
        text.Append($"scenario: {Format}\n");
        Block(text, "why", scenario.Why);
        text.Append($"episode: {scenario.Episode}\n");
        Block(text, "plan", PlanWriter.Write(scenario.Plan));
        if (scenario.Skills is { } skills) Block(text, "skills", skills);
        if (scenario.Faults is { } faults) Block(text, "faults", faults);
        if (scenario.OwnFaults is { } own) Block(text, "own_faults", own);
        text.Append("events:\n");
        foreach (var happened in scenario.Events) text.Append($"- '{EventJson.Write(happened).Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }

    // What the checker finds doubtful is no matter here, but a skill that the catalogue does not have would only fail in the middle.
    private static void Check(Plan plan, SkillCatalogue skills, DiagnosticBag bag)
    {
        var found = new DiagnosticBag();
        PlanChecker.Check(plan, skills, [], found);
        foreach (var wrong in found.All)
            if (wrong.Severity == Severity.Error) bag.Add(wrong);
    }

    private static Event? ReadEvent(DocumentNode node, DiagnosticBag bag)
    {
        if (node is not ScalarNode scalar)
        {
            bag.Error(Codes.WrongKind, node.Place, $"an event is a line of JSON in quotes, not {node.Describe()}", "put it between single quotes");
            return null;
        }
        try
        {
            return EventJson.Read(scalar.Text);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            bag.Error(Codes.Unreadable, node.Place, $"this is no event of a journal: {e.Message.Split('\n')[0]}", "take it from 'robotworker episode export'");
            return null;
        }
    }

    private static void Block(StringBuilder text, string field, string lines)
    {
        text.Append($"{field}: |\n");
        foreach (var line in lines.TrimEnd('\n').Split('\n')) text.Append(line.Length == 0 ? "\n" : $"  {line}\n");
    }
}
