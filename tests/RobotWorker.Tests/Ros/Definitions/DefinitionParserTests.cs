using RobotWorker.Ros.Definitions;

namespace RobotWorker.Tests.Ros.Definitions;

public class DefinitionParserTests
{
    [TestCase("float64 x y z", 1, "'y z' is not a value of float64")]
    [TestCase("float64", 1, "neither 'type name'")]
    [TestCase("float64 X", 1, "not lower_case")]
    [TestCase("float64 x\n\n  float65 y", 3, "'float65' is no type")]
    [TestCase("float64 x\nfloat32 x", 2, "declared twice")]
    [TestCase("uint8 A=256", 1, "'256' is not a value of uint8")]
    [TestCase("Pose A=1", 1, "only a primitive can be a constant")]
    [TestCase("float64[0] x", 1, "'0' is not a number above 0")]
    [TestCase("float64[<=] x", 1, "'<=' is not a number above 0")]
    [TestCase("float64<=3 x", 1, "only a string has a limit")]
    [TestCase("string<=x name", 1, "is not '<=' and a number above 0")]
    [TestCase("float64[3] x [1, 2]", 1, "3 default values are needed, found 2")]
    [TestCase("int8[] x [1, 200]", 1, "'200' is not a value of int8")]
    [TestCase("Pose p 1", 1, "a nested message has no default")]
    [TestCase("wstring w", 1, "use string")]
    [TestCase("time stamp", 1, "use builtin_interfaces/Time")]
    [TestCase("a/b/Pose p", 1, "no type")]
    [TestCase("float64 x\n---\nfloat64 y", 2, "needs 0 '---' lines, found 1")]
    public void Parse_WrongLine_IsNamedWithItsLine(string text, int line, string message)
    {
        DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", text, out var problems);

        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(problems[0].Line, Is.EqualTo(line));
        Assert.That(problems[0].Message, Does.Contain(message));
    }

    [Test]
    public void Parse_TwoWrongLines_BothAreReportedAndTheRestIsRead()
    {
        var thing = DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", "bad\nint32 good\n   worse\n", out var problems);

        Assert.That(problems.Select(problem => (problem.Line, problem.Column)), Is.EqualTo([(1, 1), (3, 4)]));
        Assert.That(thing.Parts[0].Fields.Single().Name, Is.EqualTo("good"));
    }

    [Test]
    public void Parse_EveryForm_IsUnderstood()
    {
        var text = """
            # a comment
            uint8 MODE_A=1   # of its own
            string HELLO="hi # there"
            bool ON=true
            bool[] flags
            float64[3] axis [0, 0, 1]
            int32[<=5] few
            string<=10 name "cup # 1"
            geometry_msgs/Pose[2] poses
            geometry_msgs/msg/Pose again
            Header own
            """;

        var part = DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", text, out var problems).Parts[0];

        Assert.That(problems, Is.Empty);
        Assert.That(part.Constants.Select(constant => $"{constant.Type} {constant.Name} {constant.Value}"),
            Is.EqualTo(["uint8 MODE_A 1", "string HELLO \"hi # there\"", "bool ON true"]));
        Assert.That(part.Fields.Select(field => $"{field.Type.Package}|{field.Type.Name}|{field.Type.Array}|{field.Type.Length}|{field.Name}|{field.Default}"), Is.EqualTo([
            "|bool|Unbounded|0|flags|",
            "|float64|Fixed|3|axis|[0, 0, 1]",
            "|int32|Bounded|5|few|",
            "|string|None|0|name|\"cup # 1\"",
            "geometry_msgs|Pose|Fixed|2|poses|",
            "geometry_msgs|Pose|None|0|again|",
            "test_msgs|Header|None|0|own|",
        ]));
        Assert.That(part.Fields[3].Type.TextLimit, Is.EqualTo(10));
    }

    [TestCase("float64 x  # ros1: 1x", 1, "'# ros1: 1x' is neither a field name nor '-'")]
    [TestCase("int8 A=1  # ros1: B", 1, "a constant has no other name on ROS 1")]
    [TestCase("# ros1: uint33 seq", 1, "'uint33' is no type")]
    [TestCase("# ros1:", 1, "")]
    public void Parse_WrongDirective_IsNamedWithItsLine(string text, int line, string message)
    {
        DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", text, out var problems);

        if (message.Length == 0) Assert.That(problems, Is.Empty);
        else Assert.That(problems.Select(problem => (problem.Line, problem.Message.Contains(message, StringComparison.Ordinal))), Is.EqualTo([(line, true)]));
    }

    [Test]
    public void Parse_Directives_SayWhatRos1Has()
    {
        var text = "# ros1: uint32 seq\nfloat64[9] k  # ros1: K\nstring new_one # ros1: -\nstring data  # ros1 has it too\nint8 A=1  # ros1: -\n# ros1: int8 B=2\n";

        var part = DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", text, out var problems).Parts[0];

        Assert.That(problems, Is.Empty);
        Assert.That(part.Fields.Select(field => $"{field.Name}|{field.Ros1Name}|{field.OnRos2}|{field.OnRos1}"),
            Is.EqualTo(["seq|seq|False|True", "k|K|True|True", "new_one|new_one|True|False", "data|data|True|True"]));
        Assert.That(part.Constants.Select(constant => (constant.Name, constant.OnRos2, constant.OnRos1)), Is.EqualTo([("A", true, false), ("B", false, true)]));
    }

    [Test]
    public void Parse_Action_HasItsThreeParts()
    {
        var action = DefinitionParser.Parse("test_msgs", DefinitionKind.Action, "Go", "int8 a\n---\n---\nint8 b", out var problems);

        Assert.That(problems, Is.Empty);
        Assert.That(action.Parts.Select(part => $"{part.Name}:{part.Fields.Count}"), Is.EqualTo(["Go_Goal:1", "Go_Result:0", "Go_Feedback:1"]));
        Assert.That(action.Parts[2].Fields[0].Line, Is.EqualTo(4));
    }

    [Test]
    public void Parse_ALongWrongName_TakesNoLongerThanAShortOne()
    {
        DefinitionParser.Parse("test_msgs", DefinitionKind.Message, "Thing", $"int8 {new string('a', 10_000)}!\nint8 {new string('A', 10_000)}!=1", out var problems);

        Assert.That(problems, Has.Count.EqualTo(2));
    }

    [Test]
    public void Parse_AnyText_NeverThrows() =>
        CsCheck.Check.Sample(CsCheck.Gen.String[CsCheck.Gen.Char["aA_1 \n[]<=#\"'-/\t.3"], 0, 60], text =>
        {
            DefinitionParser.Parse("test_msgs", DefinitionKind.Service, "Thing", text, out var problems);
            Assert.That(problems.All(problem => problem.Line >= 1 && problem.Column >= 1));
        });
}
