using RobotWorker.Sim.Faults.Hardware;

namespace RobotWorker.Tests.Cli;

public sealed class InjectListTests
{
    [Test]
    public void List_ShowsEveryFaultOfTheHardware_WithItsNumbers()
    {
        var output = CommandLine.Run("sim", "inject", "--list").Output;

        foreach (var kind in HardwareFaults.All)
        {
            Assert.That(output, Does.Contain(kind.Name).And.Contain(kind.What));
            foreach (var parameter in kind.Parameters) Assert.That(output, Does.Contain(parameter.ToString()));
        }
        Assert.That(output, Does.Contain("object_taken").And.Contain("half_open"));
    }

    [TestCase("BASE_HOT", "temperature")]
    [TestCase("BASE_HOT", "=5")]
    public void Inject_AFieldWithoutItsValue_SaysHowToGiveOne(params string[] arguments)
    {
        var result = CommandLine.Run(["sim", "inject", .. arguments]);

        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Errors, Does.Contain("takes FIELD=VALUE, such as remaining=0.01"));
    }
}
