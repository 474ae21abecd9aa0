extern alias generator;

using System.Collections.Immutable;
using generator::RobotWorker.Ros.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RobotWorker.Tests.Ros.Definitions;

public class MessageGeneratorTests
{
    [Test]
    public void Generate_WrongLine_IsAnErrorAtThatLineAndTheRestIsStillThere()
    {
        var result = Generate(("test_msgs/msg/Good.msg", "int32 a"), ("test_msgs/msg/Bad.msg", "int32 a\nfloat65 b\n"));

        var error = result.Diagnostics.Single();
        Assert.That(error.Id, Is.EqualTo("RWROS01"));
        Assert.That(error.Location.GetLineSpan().Path, Is.EqualTo("test_msgs/msg/Bad.msg"));
        Assert.That(error.Location.GetLineSpan().StartLinePosition.Line + 1, Is.EqualTo(2));
        Assert.That(error.GetMessage(), Does.Contain("float65"));
        Assert.That(result.GeneratedTrees, Has.Length.EqualTo(3), "both messages, and the list of all types");
    }

    [Test]
    public void Generate_TypeOfAnotherPackage_IsSuggested()
    {
        var result = Generate(("geometry_msgs/msg/Pose.msg", "float64 x"), ("test_msgs/msg/Thing.msg", "int8 a\nPose pose"));

        var error = result.Diagnostics.Single();
        Assert.That(error.Id, Is.EqualTo("RWROS02"));
        Assert.That(error.GetMessage(), Does.Contain("no message test_msgs/Pose; did you mean geometry_msgs/Pose?"));
        Assert.That(error.Location.GetLineSpan().StartLinePosition.Line + 1, Is.EqualTo(2));
    }

    [Test]
    public void Generate_MessageThatContainsItself_IsAnErrorNotACrash()
    {
        var result = Generate(("test_msgs/msg/A.msg", "B b"), ("test_msgs/msg/B.msg", "A[] a"));

        Assert.That(result.Diagnostics.Select(error => error.Id), Is.EqualTo(["RWROS03", "RWROS03"]));
        Assert.That(result.Diagnostics[0].GetMessage(), Does.Contain("test_msgs/A, test_msgs/B, test_msgs/A"));
    }

    [Test]
    public void Generate_ActionNamedLikeAMessage_GetsAnotherClassAndAFieldNamedLikeItsTypeBecomesValue()
    {
        var result = Generate(
            ("test_msgs/msg/Grip.msg", "float64 grip"), ("test_msgs/action/Grip.action", "Grip command\n---\n---\n"));

        var code = string.Concat(result.GeneratedTrees.Select(tree => tree.ToString()));
        Assert.That(result.Diagnostics, Is.Empty);
        Assert.That(code, Does.Contain("static partial class GripAction"));
        Assert.That(code, Does.Contain("public double Value { get; init; }"));
    }

    private static GeneratorDriverRunResult Generate(params (string Path, string Text)[] files) =>
        CSharpGeneratorDriver.Create(new MessageGenerator())
            .AddAdditionalTexts([.. files.Select(file => (AdditionalText)new TextFile(file.Path, file.Text))])
            .RunGenerators(CSharpCompilation.Create("test"))
            .GetRunResult();

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
