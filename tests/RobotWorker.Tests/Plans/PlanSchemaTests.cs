using System.Text.Json;
using System.Text.Json.Nodes;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Plans;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Plans;

/// <summary>The JSON Schema and the reader accept the same documents. An independent validator (ajv) reads the schema.</summary>
public sealed class PlanSchemaTests
{
    // What a schema cannot say: two fields of one name, ids among siblings, durations by their value, success by the number of steps, other files.
    private static readonly string[] BeyondASchema = [Codes.Unreadable, Codes.GivenTwice, Codes.TooLarge, Codes.UnreadFile, Codes.OutOfRange];

    [Test]
    public void Schema_GoodAndBrokenPlans_AgreesWithTheReader()
    {
        var documents = CorpusTexts().Select(text => DocumentReader.Read(text, "plan", new DiagnosticBag())).OfType<DocumentNode>().ToList();

        AssertAgreement(documents, atLeast: 80);
    }

    [Test]
    public void Schema_RandomlyBentPlans_AgreesWithTheReader()
    {
        var chance = RandomStream.For(7, "schema", "bend");
        var good = CorpusTexts().Where(t => PlanReader.Read(t, "plan", new DiagnosticBag()) is not null)
            .Select(t => DocumentReader.Read(t, "plan", new DiagnosticBag())!).ToList();

        AssertAgreement([.. Enumerable.Range(0, 3000).Select(_ => Bend(good[chance.NextInt(good.Count)], chance))], atLeast: 2500);
    }

    private static void AssertAgreement(IReadOnlyList<DocumentNode> documents, int atLeast)
    {
        var judged = documents.Select(d => (Document: d, Reader: JudgeByReader(d))).Where(d => d.Reader is not null).ToList();
        var schema = JudgeBySchema([.. judged.Select(d => d.Document)]);

        Assert.That(judged, Has.Count.AtLeast(atLeast));
        Assert.That(judged.Select(d => d.Reader), Has.Some.True.And.Some.False);
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((document, reader), accepted) in judged.Zip(schema))
                Assert.That(accepted, Is.EqualTo(reader), $"the reader says {reader}: {ToJson(document)?.ToJsonString()}");
        }
    }

    private static bool? JudgeByReader(DocumentNode document)
    {
        var bag = new DiagnosticBag();
        var plan = PlanReader.Read(DocumentWriter.Write(document, _ => false), "plan", bag, _ => null);
        if (plan is not null) return true;
        return bag.All.All(d => BeyondASchema.Contains(d.Code)) ? null : false;
    }

    private static bool[] JudgeBySchema(IReadOnlyList<DocumentNode> documents)
    {
        var folder = NodePackages.Require("tests/RobotWorker.Integration/peers/ajv");
        var input = new JsonObject
        {
            ["schema"] = JsonNode.Parse(File.ReadAllText(Repository.PathOf("src/RobotWorker/Plans/robotworker-plan-v1.schema.json"))),
            ["documents"] = new JsonArray([.. documents.Select(ToJson)]),
        };
        return JsonSerializer.Deserialize<bool[]>(Peer.Run("node", ["validate.mjs"], folder, input.ToJsonString()).Require())!;
    }

    private static IEnumerable<string> CorpusTexts() =>
        Directory.EnumerateFiles(Repository.PathOf("tests/RobotWorker.Tests/Corpus/plans")).Concat(Directory.EnumerateFiles(Repository.PathOf("sim/tasks")))
            .Where(f => Path.GetExtension(f) is ".yaml" or ".json").Order(StringComparer.Ordinal).Select(File.ReadAllText)
            .Append("""
                plan: robotworker/v1
                id: everything
                revision: 2
                goal: [{on: [cup1, shelf]}, {any: [{empty: [gripper]}, {not: {all: []}}]}]
                objects: {cup1: {type: cup}}
                limits: {deadline: 1.5min, max_speed: 0.5, zones: [kitchen]}
                simulation: {scene: a.yaml, faults: [b.yaml]}
                plans: {fetch: {params: {thing: object}, root: {skill: pick, args: {object: $thing}}}}
                root:
                  sequence:
                  - {id: grasp, skill: pick, args: {object: cup1, force: 20, gently: true, note: "a b"}, pre: [{empty: [gripper]}], hold: [], post: {not: {empty: [gripper]}},
                     deadline: 9s, timeouts: {accept: 5s, progress: 10s, cancel: 5s}, retry: {attempts: 3, backoff: 2s, never: [COLLISION]},
                     on_failure: {ask: "What now?", options: [skip, retry, abort]}, undo: {skill: place, args: {object: cup1}}, out: {pose: seen}}
                  - fallback: [{parallel: [{skill: move_arm, args: {posture: home}}]}, {parallel: {success: 1, steps: [{skill: move_arm, args: {posture: home}}, {skill: move_arm, args: {posture: home}}]}}]
                  - if: {condition: {empty: [gripper]}, then: {skill: move_arm, args: {posture: home}}, else: {repeat: {times: 3, do: {skill: move_arm, args: {posture: home}}}}}
                  - while: {hold: {on: [cup1, table]}, most: 5, do: {wait: {for: [{empty: [gripper]}], deadline: 5s}}}
                  - foreach: {each: cup, as: c, where: {on: [c, table]}, do: {call: {plan: fetch, args: {thing: $c}}}}
                """);

    /// <summary>One field or entry anywhere dropped, renamed, replaced or doubled.</summary>
    private static DocumentNode Bend(DocumentNode root, RandomStream chance)
    {
        var at = chance.NextInt(Count(root));
        return Replace(root, ref at, node => BendNode(node, chance));
    }

    private static DocumentNode BendNode(DocumentNode node, RandomStream chance) => (node, chance.NextInt(6)) switch
    {
        (MappingNode { Fields.Count: > 0 } m, 0 or 1) => m with { Fields = [.. m.Fields.Where((_, i) => i != chance.NextInt(m.Fields.Count))] },
        (MappingNode { Fields.Count: > 0 } m, 2) => m with { Fields = [.. m.Fields.Select((f, i) => i == 0 ? f with { Name = f.Name + "x" } : f)] },
        (MappingNode m, 3) => m with { Fields = [.. m.Fields, new DocumentField("extra", default, DocumentWriter.Text("x"))] },
        (ListNode { Items.Count: > 0 } l, 0 or 1) => l with { Items = [.. l.Items.Skip(1)] },
        (ListNode l, 2) => l with { Items = [.. l.Items, DocumentWriter.Number(3)] },
        (ScalarNode, 0) => DocumentWriter.Number(chance.NextInt(3)),
        (ScalarNode, 1) => DocumentWriter.Plain("true"),
        (ScalarNode, 2) => DocumentWriter.Plain("null"),
        (ScalarNode, 3) => DocumentWriter.Text("two words"),
        (ScalarNode, 4) => DocumentWriter.Text("name"),
        (_, 4) => DocumentWriter.Mapping(("on", DocumentWriter.List([DocumentWriter.Text("cup1"), DocumentWriter.Text("shelf")]))),
        _ => DocumentWriter.List([node]),
    };

    private static int Count(DocumentNode node) => 1 + node switch
    {
        MappingNode m => m.Fields.Sum(f => Count(f.Value)),
        ListNode l => l.Items.Sum(Count),
        _ => 0,
    };

    private static DocumentNode Replace(DocumentNode node, ref int at, Func<DocumentNode, DocumentNode> change)
    {
        if (at-- == 0) return change(node);
        var children = new List<DocumentNode>();
        foreach (var child in node is MappingNode m ? m.Fields.Select(f => f.Value) : node is ListNode l ? l.Items : []) children.Add(Replace(child, ref at, change));
        return node switch
        {
            MappingNode mapping => mapping with { Fields = [.. mapping.Fields.Zip(children, (f, c) => f with { Value = c })] },
            ListNode list => list with { Items = children },
            _ => node,
        };
    }

    private static JsonNode? ToJson(DocumentNode node) => node switch
    {
        MappingNode m => new JsonObject(m.Fields.Select(f => KeyValuePair.Create(f.Name, ToJson(f.Value)))),
        ListNode l => new JsonArray([.. l.Items.Select(ToJson)]),
        ScalarNode s when s.IsNothing() => null,
        ScalarNode s when s.IsFlag() => s.Text == "true",
        ScalarNode s when s.AsNumber() is { } number => number,
        ScalarNode s => s.Text,
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}
