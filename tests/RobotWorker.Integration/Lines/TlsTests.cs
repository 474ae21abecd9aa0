using RobotWorker.Ros.Codecs;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Lines;

/// <summary><c>wss://</c>: a TLS proxy before our rosbridge server, as docs/serving.md advises.</summary>
[TestFixture]
public sealed class TlsTests
{
    private UnknownRobot robot = null!;
    private TlsProxy proxy = null!;
    private string authority = "";

    [OneTimeSetUp]
    public void Serve()
    {
        robot = new(RosDialect.Ros2);
        proxy = new(robot.Address);
        authority = Path.GetTempFileName();
        File.WriteAllText(authority, proxy.AuthorityPem);
    }

    [OneTimeTearDown]
    public void End()
    {
        proxy.Dispose();
        robot.Dispose();
        File.Delete(authority);
    }

    [Test]
    [CancelAfter(60_000)]
    public void AnAuthorityThatIsGiven_IsBelieved()
    {
        var before = proxy.Served;
        var result = RobotWorkerCommand.Run(["ros", "call", "/oven/preheat", """{"celsius": 90}""", "--robot", $"wss://127.0.0.1:{proxy.Port}", "--ca", authority]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("accepted: true"));
        Assert.That(proxy.Served, Is.GreaterThan(before), "it went over TLS");
    }

    [Test]
    [CancelAfter(60_000)]
    public void RobotCheck_AnAuthorityThatIsGiven_IsBelieved()
    {
        var before = proxy.Served;
        var result = RobotWorkerCommand.Run(
            ["robot", "check", Repository.PathOf("sim/robots/porter.profile.yaml"), "--robot", $"wss://127.0.0.1:{proxy.Port}", "--ca", authority, "--listen", "0.5"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors + result.Output);    // it is an oven, and no arm
        Assert.That(result.Output, Does.Contain("MISSING"));
        Assert.That(proxy.Served, Is.GreaterThan(before), "it went over TLS");
    }

    [Test]
    [CancelAfter(60_000)]
    public void AnAuthorityThatNobodyKnows_IsNotBelieved_AndTheErrorSaysWhatToDo()
    {
        var result = RobotWorkerCommand.Run(["ros", "topics", "--robot", $"wss://127.0.0.1:{proxy.Port}"]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Errors);
        Assert.That(result.Errors, Does.Contain("RW0504").And.Contain("certificate").And.Contain("--ca FILE"));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public void ACertificateOfAnotherName_IsNotBelieved_WhoeverSignedIt()
    {
        var result = RobotWorkerCommand.Run(["ros", "topics", "--robot", $"wss://localhost:{proxy.Port}", "--ca", authority]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Errors);
        Assert.That(result.Errors, Does.Contain("RW0504").And.Contain("name that stands in its certificate"));
    }

    [Test]
    public void AFileWithoutACertificate_IsRefused()
    {
        var result = RobotWorkerCommand.Run(["ros", "topics", "--robot", $"wss://127.0.0.1:{proxy.Port}", "--ca", Repository.PathOf("README.md")]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Errors);
        Assert.That(result.Errors + result.Output, Does.Contain("no certificate"));
    }
}
