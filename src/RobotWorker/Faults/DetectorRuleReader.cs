using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Faults.Detectors;

namespace RobotWorker.Faults;

/// <summary>Reads one rule under <c>detect</c>; docs/faults.md has the table of kinds and fields.</summary>
internal static class DetectorRuleReader
{
    // The other detectors are named by the field that has their signal.
    private static readonly string[] Kinds = ["stuck", "rate", "cusum", "ewma", "mewma", "tracking", "heating"];

    // More than any arm has.
    private const int MostJoints = 64;

    public static DetectorRule? Read(DocumentNode node, DiagnosticBag bag)
    {
        if (FieldReader.Over(node, "a detector", bag) is not { } fields) return null;
        var kind = Kinds.FirstOrDefault(fields.Has);
        DetectorRule? rule = fields.Has("silent") ? new DetectorRule.Silent(fields.Text("silent"), fields.Duration("after", TimeSpan.FromMilliseconds(1)), ReadGuards(fields))
            : kind is null ? ReadBounds(fields, bag)
            : ReadDetected(kind, fields);
        var joints = ReadJoints(fields);
        fields.End();
        if (rule is null) return null;
        CheckSignals(rule, joints is not null, fields);
        return joints is { } numbers ? new DetectorRule.PerJoint(rule, numbers) : rule;
    }

    /// <summary>The joints that the rule stands for; empty: all. Null: it is one rule.</summary>
    private static ImmutableArray<int>? ReadJoints(FieldReader fields)
    {
        if (fields.OptionalNode("joints") is not { } node) return null;
        if (node is not ListNode)
        {
            if (node is ScalarNode { Text: "all" }) return [];
            fields.Bag.Error(Codes.NotAChoice, node.Place, $"'joints' of {fields.What} is 'all' or a list of numbers, not {node.Describe()}", "write 'joints: all', or the joints' numbers from the base outwards, 'joints: [1, 2, 6]'");
            return [];
        }
        var numbers = fields.OptionalIntegers("joints", 1, MostJoints);
        if (numbers.IsEmpty) fields.Bag.Error(Codes.WrongLength, node.Place, $"'joints' of {fields.What} names no joint", "write 'joints: all', or leave the rule out");
        if (numbers.Distinct().Count() < numbers.Length) fields.Bag.Error(Codes.GivenTwice, node.Place, $"'joints' of {fields.What} has a joint twice", "number each once");
        return numbers;
    }

    // A name with braces is no robot's: the rule would be silent for ever.
    private static void CheckSignals(DetectorRule rule, bool perJoint, FieldReader fields)
    {
        string[] signals = [.. JointRules.Signals(rule)];
        if (signals.FirstOrDefault(s => s.Replace(JointRules.Joint, "", StringComparison.Ordinal).IndexOfAny(['{', '}']) >= 0) is { } odd)
            fields.Bag.Error(Codes.NotAName, fields.Place, $"'{odd}' is no signal's name", $"in braces there is '{JointRules.Joint}' alone, the name of a joint");
        else if (perJoint == signals.Any(s => s.Contains(JointRules.Joint, StringComparison.Ordinal))) return;
        else if (perJoint) fields.Bag.Error(Codes.Missing, fields.PlaceOf("joints"), $"the rule has 'joints', and no signal of a joint: it would be the same for each", $"write {JointRules.Joint} for the joint's name, in quotes: \"{JointRules.Joint}.position\"");
        else fields.Bag.Error(Codes.Missing, fields.Place, $"the rule does not say for which joints '{JointRules.Joint}' stands", "add 'joints: all', or some of them by number, 'joints: [1, 2, 6]'");
    }

    private static DetectorRule.OutOfBounds ReadBounds(FieldReader fields, DiagnosticBag bag)
    {
        var side = fields.Has("below") ? WrongSide.Below : WrongSide.Above;
        var limit = ReadLevel(fields.Node(side == WrongSide.Below ? "below" : "above"), bag);
        return new(
            fields.Text("signal"), fields.OptionalText("unit") ?? "", side, limit, fields.OptionalNode("clear") is { } clear ? ReadLevel(clear, bag) : limit,
            fields.Duration("confirm"), ReadGuards(fields), fields.OptionalFlag("after_well") ?? false, fields.OptionalFlag("heal_unguarded") ?? false,
            fields.OptionalFlag("right_unguarded") ?? false);
    }

    private static DetectorRule.Detected? ReadDetected(string kind, FieldReader fields)
    {
        ImmutableArray<string> signals = kind is "mewma" or "tracking" or "heating" ? fields.OptionalTexts(kind) : [fields.Text(kind)];
        var expected = kind switch { "tracking" => 3, "heating" => 2, _ => signals.Length };
        if (signals.Length != expected || signals.Length is 0 or > 8)
        {
            fields.Bag.Error(Codes.WrongLength, fields.PlaceOf(kind), $"'{kind}' has {signals.Length} signals", kind switch
            {
                "tracking" => "give three: reference, position and velocity of a joint",
                "heating" => "give two: temperature and effort of a motor",
                _ => "give one to eight",
            });
            return null;
        }
        var (confirm, guards, unguarded) = (fields.OptionalDuration("confirm") ?? TimeSpan.Zero, ReadGuards(fields), fields.OptionalFlag("heal_unguarded") ?? false);
        try
        {
            return new(signals, ReadDetector(kind, fields, signals.Length), confirm, guards, unguarded);
        }
        catch (ArgumentException e)
        {
            // What each detector demands of its parameters stands with the detector.
            fields.Bag.Error(Codes.OutOfRange, fields.PlaceOf(kind), $"the parameters of '{kind}' do not fit: {e.Message.Split('\n')[0]}");
            return null;
        }
    }

    private static object ReadDetector(string kind, FieldReader fields, int signals) => kind switch
    {
        "stuck" => new Stuck(fields.Duration("still").TotalSeconds, fields.OptionalNumber("tolerance", 0) ?? 0),
        "rate" => new RateOfChange(fields.Number("above"), (fields.OptionalDuration("span") ?? TimeSpan.Zero).TotalSeconds),
        "cusum" => new Cusum(ReadBaseline(fields), fields.OptionalNumber("limit") ?? 5, fields.OptionalNumber("slack") ?? 0.5),
        "ewma" => new Ewma(ReadBaseline(fields), fields.OptionalNumber("smoothing") ?? 0.2, fields.OptionalNumber("limit") ?? 3),
        "mewma" => new Mewma(
            VectorBaseline.Learned(signals, fields.Integer("learn"), fields.Number("least_deviation"), ReadLearning(fields)),
            fields.OptionalNumber("smoothing") ?? 0.2, Mewma.LimitFor(signals, fields.OptionalNumber("false_alarms") ?? 1e-6)),
        "tracking" => new JointTracking(
            fields.Number("bandwidth"), fields.Number("acceleration_noise"), fields.Number("position_deviation"), fields.Number("velocity_deviation"), ReadGate(fields, 2),
            fields.OptionalNumber("feedforward") ?? 1),
        "heating" => new MotorTemperature(
            fields.Duration("time_constant").TotalSeconds, fields.Number("rise"), fields.Number("ambient"), fields.Number("wander"), fields.Number("deviation"), ReadGate(fields, 1)),
        _ => throw new InvalidOperationException($"no such detector: {kind}"),
    };

    private static InnovationGate ReadGate(FieldReader fields, int measured) => new(measured, fields.OptionalInteger("window") ?? 8, fields.OptionalNumber("false_alarms") ?? 1e-6);

    private static Baseline ReadBaseline(FieldReader fields) => fields.OptionalInteger("learn") is { } samples
        ? Baseline.Learned(samples, fields.Number("least_deviation"), ReadLearning(fields))
        : Baseline.Given(fields.Number("mean"), fields.Number("deviation"), ReadLearning(fields));

    private static Learning ReadLearning(FieldReader fields) => fields.OptionalDuration("follows") is { } seconds ? new(seconds.TotalSeconds) : Learning.None;

    // A number, or {times: 0.25, of: another.signal, plus: 1}
    private static Level ReadLevel(DocumentNode? node, DiagnosticBag bag)
    {
        if (node is null) return new(0);
        if (node is not MappingNode || FieldReader.Over(node, "a level", bag) is not { } fields)
        {
            var only = new MappingNode(node.Place, [new DocumentField("level", node.Place, node)]);
            return new(FieldReader.Over(only, "a level", bag)!.Number("level"));
        }
        var level = new Level(fields.OptionalNumber("plus") ?? 0, fields.Number("times"), fields.Text("of"));
        fields.End();
        return level;
    }

    // One guard, or a list of them.
    private static ImmutableArray<Guard> ReadGuards(FieldReader fields) => !fields.Has("when") ? []
        : fields.Mapping["when"] is MappingNode ? [ReadGuard(fields.Fields("when", "'when'")!)]
        : [.. fields.List("when").Select(n => FieldReader.Over(n, "'when'", fields.Bag)).OfType<FieldReader>().Select(ReadGuard)];

    private static Guard ReadGuard(FieldReader guard)
    {
        var side = guard.Has("below") ? WrongSide.Below : WrongSide.Above;
        var read = new Guard(guard.Text("signal"), side, guard.Number(side == WrongSide.Below ? "below" : "above"));
        guard.End();
        return read;
    }
}
