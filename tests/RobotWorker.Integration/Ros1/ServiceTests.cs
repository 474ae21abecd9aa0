using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdSrvs;

namespace RobotWorker.Integration.Ros1;

/// <summary>Services between a node of ours and rospy, each in both roles, once and over persistent connections.</summary>
[TestFixture]
public sealed class ServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private RosMaster master = null!;

    [OneTimeSetUp]
    public void StartMaster() => master = RosMaster.Start();

    [OneTimeTearDown]
    public void StopMaster() => master?.Dispose();

    [Test]
    public void Call_RospyServer_Answers() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        var yes = await robot.CallServiceAsync(SetBool.Type, "/py/set_bool", new SetBool.Request { Data = true }, Deadline);
        var no = await robot.CallServiceAsync(SetBool.Type, "/py/set_bool", new SetBool.Request { Data = false }, Deadline);

        Assert.That((yes.Success, yes.Message), Is.EqualTo((true, "ist wahr")));
        Assert.That((no.Success, no.Message), Is.EqualTo((false, "ist falsch – äöü")));
    });

    [Test]
    public void Open_RospyServer_AnswersManyOnOneConnection() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        using var proxy = await robot.OpenServiceAsync(SetBool.Type, "/py/set_bool", Deadline);
        var answers = new List<bool>();
        for (var i = 0; i < 5; i++) answers.Add((await proxy.CallAsync(new() { Data = i % 2 == 0 }, Deadline)).Success);

        Assert.That(answers, Is.EqualTo([true, false, true, false, true]));
    });

    [Test]
    public void Call_NobodyOffersIt_SaysSo() => Ros1Bench.Run(master, async bench =>
    {
        var robot = await bench.Node("robot");

        var failure = await Failing(robot.CallServiceAsync(Trigger.Type, "/nobody", new Trigger.Request(), Deadline));

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.NoServer));
        Assert.That(failure.Message, Does.Contain("/nobody").And.Contain("nothing was sent"));
    });

    [Test]
    public void Call_ServerRaises_ItsWordsArrive() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        var failure = await Failing(robot.CallServiceAsync(Trigger.Type, "/py/fail", new Trigger.Request(), Deadline));

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.Failed));
        Assert.That(failure.Message, Does.Contain("no power"));
    });

    [Test]
    public void Call_OtherType_IsRefusedByName() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        var failure = await Failing(robot.CallServiceAsync(SetBool.Type, "/py/trigger", new SetBool.Request(), Deadline));

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.NoServer));
        Assert.That(failure.Message, Does.Contain("/py/trigger").And.Contain("md5sum"));
        Assert.That(services.Count("triggered"), Is.Zero);
    });

    [Test]
    public void Call_DeadlinePasses_WhetherItActedIsUnknown() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        var failure = await Failing(robot.CallServiceAsync(Trigger.Type, "/py/trigger", new Trigger.Request(), TimeSpan.FromSeconds(0.15)));

        Assert.That(failure.Failure, Is.EqualTo(ServiceFailure.Deadline));
    });

    [Test]
    public void Call_ServerDiesMeanwhile_IsGone() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");

        var call = robot.CallServiceAsync(Trigger.Type, "/py/trigger", new Trigger.Request(), Deadline);
        await bench.Until(() => services.Count("triggered") == 1);
        services.Kill();

        Assert.That((await Failing(call)).Failure, Is.EqualTo(ServiceFailure.ServerGone));
    });

    [Test]
    public void Offer_RospyClient_OnceAndPersistent() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");
        var threads = new HashSet<int>();
        robot.AdvertiseService(SetBool.Type, "/cs/set_bool", async (request, cancel) =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Delay(TimeSpan.FromMilliseconds(5), bench.Loop.Time, cancel);
            return new SetBool.Response { Success = request.Data, Message = "grüße" };
        });
        await bench.Until(() => robot.IsSettled);

        services.Say("call /cs/set_bool true");
        await bench.Until(() => services.Says("answer "), () => services.Output);
        services.Say("persist /cs/set_bool 4");
        await bench.Until(() => services.Says("answers "), () => services.Output);

        Assert.That(services.Lines, Does.Contain("answer True grüße").And.Contain("answers True False True False"));
        Assert.That(threads, Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
    });

    [Test]
    public void Offer_Withdrawn_ClientsFindNobody() => Ros1Bench.Run(master, async bench =>
    {
        using var services = await bench.Peer("services.py");
        var robot = await bench.Node("robot");
        var offered = robot.AdvertiseService(SetBool.Type, "/cs/gone", (_, _) => Task.FromResult(new SetBool.Response()));
        await bench.Until(() => robot.IsSettled);
        offered.Dispose();
        await bench.Until(() => robot.IsSettled);

        services.Say("call /cs/gone true");
        await bench.Until(() => services.Says("refused "), () => services.Output);

        Assert.That((await robot.SystemStateAsync()).Services.Keys, Does.Not.Contain("/cs/gone").And.Contain("/py/set_bool"));
    });

    private static async Task<RosServiceException> Failing<T>(Task<T> call)
    {
        try
        {
            await call;
        }
        catch (RosServiceException failure)
        {
            return failure;
        }

        throw new AssertionException("the call succeeded");
    }
}
