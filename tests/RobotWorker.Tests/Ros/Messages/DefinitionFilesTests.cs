using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;

namespace RobotWorker.Tests.Ros.Messages;

public sealed class DefinitionFilesTests
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("definitions ").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [TestCase("src/oven_msgs/msg/Shelf.msg", "src", TestName = "Message_InAWorkspace")]
    [TestCase("install/share/oven_msgs/msg/Shelf.msg", "install", TestName = "Message_InAnInstallation")]
    [TestCase("oven_msgs/msg/Shelf.msg", "oven_msgs", TestName = "Message_InThePackageItself")]
    public void Message_IsFound(string file, string root)
    {
        Write(file, "string name\nint16[2] heights\n");

        var type = new DefinitionFiles([Path.Combine(folder, root)]).Message("oven_msgs/msg/Shelf", RosDialect.Ros2)!;

        Assert.That(type.Name, Is.EqualTo("oven_msgs/msg/Shelf"));
        Assert.That(type.Default.FieldNames, Is.EqualTo(["name", "heights"]));
    }

    [Test]
    public void Action_NestsMessagesOfFiles_AndOfWhatIsCompiledIn()
    {
        Write("oven_msgs/action/Bake.action", "Shelf shelf\ngeometry_msgs/Point at\n---\ntime ended\n---\nfloat32 done # a share\n");
        Write("oven_msgs/msg/Shelf.msg", "other_msgs/Label label\n");
        Write("other_msgs/msg/Label.msg", "string text\n");

        var type = new DefinitionFiles([folder]).Action("oven_msgs/Bake", RosDialect.Ros1)!;

        Assert.That(type.Goal.Default["shelf.label.text"], Is.Empty);
        Assert.That(type.Goal.Default["at.x"], Is.Zero);
        Assert.That(Ros1Definition.TextOf(type.Result), Is.EqualTo("time ended\n"));
        Assert.That(type.Feedback.Default.FieldNames, Is.EqualTo(["done"]));
    }

    [Test]
    public void Service_OfTheSecondFolder_IsFoundWhereTheFirstHasNone()
    {
        Write("second/oven_msgs/srv/Open.srv", "---\nbool open\n");

        var files = new DefinitionFiles([Path.Combine(folder, "first"), Path.Combine(folder, "second")]);

        Assert.That(files.Service("oven_msgs/srv/Open", RosDialect.Ros2)!.Response.Default["open"], Is.False);
    }

    [Test]
    public void Service_ThatNoFileDefines_IsNull() => Assert.That(new DefinitionFiles([folder]).Service("oven_msgs/Open", RosDialect.Ros1), Is.Null);

    // The name may be what a robot sends.
    [TestCase("../secret/Shelf")]
    [TestCase("oven_msgs/../Shelf")]
    [TestCase("/oven_msgs/Shelf")]
    public void Message_NameThatLeadsElsewhere_IsNull(string name)
    {
        Write("secret/msg/Shelf.msg", "string name\n");
        Directory.CreateDirectory(Path.Combine(folder, "src"));

        Assert.That(new DefinitionFiles([Path.Combine(folder, "src")]).Message(name, RosDialect.Ros1), Is.Null);
    }

    [Test]
    public void Message_WrongInANestedFile_SaysWhere()
    {
        Write("oven_msgs/msg/State.msg", "Shelf shelf\n");
        Write("oven_msgs/msg/Shelf.msg", "string name\nint16 heights[2]\n");

        Assert.That(() => new DefinitionFiles([folder]).Message("oven_msgs/State", RosDialect.Ros1),
            Throws.TypeOf<RosCodecException>().With.Message.Contains("Shelf.msg:2:1"));
    }

    [Test]
    public void Message_NestsWhatNobodyDefines_IsNamed()
    {
        Write("oven_msgs/msg/State.msg", "other_msgs/Label label\n");

        Assert.That(() => new DefinitionFiles([folder]).Message("oven_msgs/State", RosDialect.Ros1),
            Throws.TypeOf<RosCodecException>().With.Message.Contains("other_msgs/Label"));
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
