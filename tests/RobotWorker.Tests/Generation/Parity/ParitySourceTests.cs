using RobotWorker.Generation.Parity;

namespace RobotWorker.Tests.Generation.Parity;

public sealed class ParitySourceTests
{
    [Test]
    public void Sim_IsTheSimulatedRobot_InThePlansSceneOrAnother()
    {
        Assert.That(ParitySource.Parse("sim"), Is.EqualTo(new ParitySource.Simulated("sim", null)));
        Assert.That(ParitySource.Parse("sim:kitchen.yaml"), Is.EqualTo(new ParitySource.Simulated("sim:kitchen.yaml", "kitchen.yaml")));
    }

    [Test]
    public void AnAddress_IsARobotBehindAWire([Values("ws://127.0.0.1:9090", "wss://robot", "ros1://robot:11311")] string address) =>
        Assert.That(ParitySource.Parse(address), Is.InstanceOf<ParitySource.Wired>());

    [Test]
    public void AFileOrAFolderWithOneRecording_IsThatRecording()
    {
        var folder = Directory.CreateTempSubdirectory("robotworker parity ").FullName;
        var file = Path.Combine(folder, "fetch-1.mcap");
        File.WriteAllText(file, "");

        Assert.That(ParitySource.Parse(file), Is.EqualTo(new ParitySource.Recorded(file, file)));
        Assert.That(ParitySource.Parse(folder), Is.EqualTo(new ParitySource.Recorded(folder, file)));

        File.WriteAllText(Path.Combine(folder, "fetch-2.mcap"), "");
        Assert.That(ParitySource.Parse(folder), Is.Null, "which of the two?");
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("")]
    [TestCase("sim:")]
    [TestCase("http://robot:9090")]
    [TestCase("metal")]
    public void AnythingElse_IsNothing(string text) => Assert.That(ParitySource.Parse(text), Is.Null);
}
