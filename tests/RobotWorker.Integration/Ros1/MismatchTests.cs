using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Integration.Ros1;

/// <summary>A rospy node that means something else by a type's name: it is refused, on whichever side we stand, and both are told what to do.</summary>
[TestFixture]
public sealed class MismatchTests
{
    private const string TextMd5 = "992ce8a1687cec8c8bd883ec73ca41d1";
    private const string ServiceMd5 = "09fb03525b03e7ea1fd3992bafd87e16";
    private const string TheirServiceMd5 = "0123456789abcdef0123456789abcdef";

    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Topics_SameNameOtherMd5_AreRefusedBothWaysWithAdvice() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");
        robot.Subscribe<String>("/other/out", message => Assert.Fail($"decoded '{message.Data}' by another definition"));
        var publisher = robot.Advertise<String>("/other/in", Qos.Latched);
        publisher.Publish(new() { Data = "to nobody" });

        using var other = await bench.Peer("other_md5.py");
        await bench.Until(() => Problem(bench, "/other/out") is not null && Problem(bench, "/other/in") is not null);

        var theirs = other.Lines.Single(line => line.StartsWith("md5 ", StringComparison.Ordinal))[4..];
        Assert.That(Problem(bench, "/other/out"), Does.Contain(TextMd5).And.Contain(theirs).And.Contain("bring the package std_msgs to the same version"));
        Assert.That(Problem(bench, "/other/in"), Does.Contain(TextMd5).And.Contain(theirs).And.Contain("bring the package std_msgs to the same version").And.Contain("/other"));
        Assert.That(publisher.SubscriberCount, Is.Zero);
        Assert.That(robot.PublisherCount("/other/out"), Is.Zero);
        Assert.That(other.Says("heard"), Is.False);
    });

    [Test]
    public void Services_SameNameOtherMd5_AreRefusedBothWaysWithAdvice() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");
        robot.AdvertiseService(SetBool.Type, "/cs/set_bool", (_, _) => throw new AssertionException("called by another definition"));
        using var other = await bench.Peer("other_md5.py");
        await bench.Until(() => robot.IsSettled);

        await Assert.ThatAsync(
            () => robot.CallServiceAsync(SetBool.Type, "/other/set_bool", new() { Data = true }, TimeSpan.FromSeconds(20)),
            Throws.TypeOf<RosServiceException>().With.Property(nameof(RosServiceException.Failure)).EqualTo(ServiceFailure.NoServer)
                .And.Message.Contains(ServiceMd5).And.Message.Contains(TheirServiceMd5).And.Message.Contains("bring the package std_srvs to the same version"));
        other.Say("/cs/set_bool");
        await bench.Until(() => other.Says("refused"), () => other.Output);
        await bench.Until(() => Problem(bench, "/cs/set_bool") is not null);

        Assert.That(other.Output, Does.Contain(ServiceMd5).And.Contain(TheirServiceMd5).And.Not.Contain("called"));
        Assert.That(Problem(bench, "/cs/set_bool"), Does.Contain(ServiceMd5).And.Contain(TheirServiceMd5).And.Contain("/other").And.Contain("bring the package std_srvs"));
    });

    // Others of the topic may be about a node of an earlier test that the master still names.
    private static string? Problem(Ros1Bench bench, string name) =>
        bench.Problems.FirstOrDefault(problem => problem.Name == name && problem.Text.Contains("bring the package", StringComparison.Ordinal))?.Text;
}
