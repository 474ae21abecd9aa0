using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Ros1;

namespace RobotWorker.Tests.Ros.Ros1;

[TestFixture]
public sealed class Ros1OptionsTests
{
    [TestCase("http://robot:11322", "http://robot:11322/")]
    [TestCase("http://robot:11322/", "http://robot:11322/")]
    [TestCase("ros1://127.0.0.1:11311", "http://127.0.0.1:11311/")]
    [TestCase("ros1://robot", "http://robot:11311/")]
    public void MasterAt_AsPeopleWriteIt(string text, string expected) => Assert.That(Ros1Options.MasterAt(text).ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("robot")]
    [TestCase("ws://robot:9090")]
    [TestCase("http://")]
    public void MasterAt_SomethingElse_SaysWhatWouldBeRight(string text) =>
        Assert.That(() => Ros1Options.MasterAt(text), Throws.TypeOf<RosGraphException>().With.Message.Contains("http://127.0.0.1:11311"));
}
