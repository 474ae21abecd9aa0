using RobotWorker.Testing;

namespace RobotWorker.Tests.Cli;

public sealed class ExplainTests
{
    [TestCase("RW0014")]
    [TestCase("rw0040")]
    [TestCase("RW0412")]
    public void Explain_ACodeWithAPage_PrintsThePage(string code)
    {
        var said = CommandLine.Run("explain", code);

        Assert.That((said.Code, said.Output), Is.EqualTo((0, File.ReadAllText(Repository.PathOf($"docs/diagnostics/{code.ToUpperInvariant()}.md")))));
    }

    [Test]
    public void Explain_ACodeOfRunTime_SaysWhatItMeans() => Assert.That(CommandLine.Run("explain", "RW0507").Output, Does.StartWith("RW0507: The journals have no such episode"));

    [Test]
    public void Explain_NoCode_ProposesTheNearest()
    {
        var said = CommandLine.Run("explain", "RW0415");

        Assert.That(said.Code, Is.EqualTo(2));
        Assert.That(said.Errors, Does.StartWith("There is no diagnostic 'RW0415'; did you mean 'RW0"));
    }
}
