using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Diagnostics;
using RobotWorker.Generation.Runs;
using RobotWorker.Generation.Serving;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;

namespace RobotWorker.Cli.Commands;

/// <summary>What <c>sim inject</c> is told. It becomes the document that a faults file would have, and is checked as one.</summary>
internal sealed class InjectArguments
{
    private readonly Argument<string?> kind = new("kind") { Description = $"What goes wrong (--list shows more): {string.Join(", ", FaultReader.Kinds)}", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string[]> numbers = new("field=value") { Description = "Numbers and other fields of the fault, such as remaining=0.01", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> file = new("--file") { Description = "Inject what a faults file says instead, such as sim/faults/link-lossy.yaml", HelpName = "FILE" };
    private readonly Option<string?> duration = Field("--for", "How long, in the robot's time; until it is cleared without it", "5s");
    private readonly Option<string?> after = Field("--after", "Strike so much later, in the robot's time", "2s");
    private readonly Option<string?> direction = Field("--direction", "to_robot, from_robot or both", "DIRECTION");
    private readonly Option<string?> probability = Field("--probability", "Of each message being struck, 0 to 1", "0.2");
    private readonly Option<string?> delay = Field("--delay", "How much later messages arrive (delay: the mean; reorder: one that is held back)", "100ms");
    private readonly Option<string?> jitter = Field("--jitter", "A delay is uniform within so much of its mean", "50ms");
    private readonly Option<string?> bytes = Field("--bytes", "In how many bytes of a corrupted message a bit is flipped", "N");
    private readonly Option<string[]> names = new("--name") { Description = "Only messages of this topic, service or action, such as /odom; may be given several times", HelpName = "NAME" };
    private readonly Option<string[]> fields = new("--set") { Description = "The same as FIELD=VALUE behind the kind", HelpName = "FIELD=VALUE" };
    private readonly Option<bool> list = new("--list") { Description = "Shows all that can go wrong, with its numbers; and what is active or waits, where a robot is served" };
    private readonly Option<string?> clear = new("--clear") { Description = "Ends a fault by its number, or all", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> to = new("--to") { Description = "The process that serves the robot, where there are several", HelpName = "PID" };

    public void AddTo(Command command)
    {
        command.Add(kind);
        command.Add(numbers);
        foreach (var option in new Option[] { file, duration, after, direction, probability, delay, jitter, bytes, names, fields, list, clear, to }) command.Add(option);
        fields.Validators.Add(result => CheckFields(result, "--set"));
        numbers.Validators.Add(result => CheckFields(result, "A fault"));
        clear.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0)) result.AddError($"--clear takes a fault's number, which --list shows, not '{text}'.");
        });
        command.Validators.Add(result =>
        {
            var asked = new[] { result.GetValue(kind) is not null, result.GetValue(file) is not null, result.GetValue(list), result.GetResult(clear) is not null }.Count(given => given);
            if (asked != 1) result.AddError("Give one of: a kind of fault (--list shows them), --file, --list, --clear.");
        });
    }

    public bool IsList(ParseResult parsed) => parsed.GetValue(list);

    public int? To(ParseResult parsed) => parsed.GetValue(to);

    /// <summary>Null when the bag says what is wrong.</summary>
    public InjectionRequest? Request(ParseResult parsed, DiagnosticBag bag)
    {
        if (parsed.GetValue(list)) return InjectionRequest.List;
        if (parsed.GetResult(clear) is not null) return new(Clear: int.Parse(parsed.GetValue(clear) ?? "0", CultureInfo.InvariantCulture));
        var path = parsed.GetValue(file);
        var text = path is null ? Document(parsed) : JobReader.ReadText(path, bag);
        return text is not null && FaultReader.Read(text, path ?? "inject", bag) is not null ? new(Inject: text) : null;
    }

    // JSON is YAML: the fields keep the names and the forms that they have in a file.
    private string Document(ParseResult parsed)
    {
        var fault = new JsonObject { ["faults"] = FaultReader.Format, ["fault"] = NameOf(parsed.GetValue(kind)!) };
        (string, Option<string?>)[] plain =
            [("duration", duration), ("direction", direction), ("probability", probability), ("delay", delay), ("jitter", jitter), ("bytes", bytes)];
        foreach (var (name, option) in plain)
            if (parsed.GetValue(option) is { } value) fault[name] = Value(value);
        if (parsed.GetValue(after) is { } later) fault["when"] = new JsonObject { ["after"] = later };
        if (parsed.GetValue(names) is { Length: > 0 } given) fault["names"] = new JsonArray([.. given.Select(name => JsonValue.Create(name))]);
        foreach (var field in (parsed.GetValue(numbers) ?? []).Concat(parsed.GetValue(fields) ?? []))
            fault[field[..field.IndexOf('=')]] = Value(field[(field.IndexOf('=') + 1)..]);
        return fault.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    /// <summary>Typed as people type: <c>gripper-force-low</c> is GRIPPER_FORCE_LOW.</summary>
    private static string NameOf(string typed)
    {
        var name = typed.Replace('-', '_');
        return HardwareFaults.Find(name.ToUpperInvariant())?.Name ?? name;
    }

    private static void CheckFields(SymbolResult result, string who)
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=') <= 0) is { } wrong) result.AddError($"{who} takes FIELD=VALUE, such as remaining=0.01, not '{wrong.Value}'.");
    }

    private static JsonValue? Value(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(text);

    private static Option<string?> Field(string name, string description, string example) => new(name) { Description = description, HelpName = example };
}
