using System.Diagnostics;
using RobotWorker.Ros.Graph;
using RobotWorker.Testing;
using String = RobotWorker.Ros.Messages.StdMsgs.String;

namespace RobotWorker.Integration.Ros1;

/// <summary>
/// A rospy node on a machine that loses its power: a network namespace whose address is taken away, so that nothing answers any more and nothing was
/// closed. Only root may make one.
/// </summary>
[TestFixture]
[Category("Slow")]
public sealed class VanishedMachineTests
{
    private const string Name = "rw-vanish";
    private const string Here = "10.177.0.1";
    private const string There = "10.177.0.2";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(6);

    private RosMaster? master;
    private bool isMade;

    [OneTimeSetUp]
    public void Start()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/ip")) Assert.Ignore("only root can make a second machine");
        Ip("netns add " + Name);
        isMade = true;
        Ip($"link add rw0 type veth peer name rw1 netns {Name}");
        Ip($"addr add {Here}/24 dev rw0");
        Ip("link set rw0 up");
        Ip($"-n {Name} addr add {There}/24 dev rw1");
        Ip($"-n {Name} link set rw1 up");
        Ip($"-n {Name} link set lo up");
        master = RosMaster.Start(Here);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        master?.Dispose();
        if (isMade) Ip("netns del " + Name);    // and with it both ends of the wire
    }

    [Test]
    public void Machine_VanishesWithoutClosing_IsNoticedInTimeAndItsPublisherAskedAgain() => Ros1Bench.Run(master!, async bench =>
    {
        var robot = await bench.Node("robot", options => options with { Host = Here, PeerDeadline = Deadline });
        var heard = 0;
        robot.Subscribe<String>("/hello", _ => heard++);
        var publisher = robot.Advertise<String>("/chat");
        var environment = new Dictionary<string, string?>(master!.Environment) { ["ROS_HOSTNAME"] = There };
        using var chat = LivePeer.Start(
            "/usr/sbin/ip", ["netns", "exec", Name, RosMaster.Python, Repository.PathOf("tests/RobotWorker.Integration/peers/ros1/chat.py")], environment);
        await bench.Until(() => heard == 1 && robot.PublisherCount("/hello") == 1 && publisher.SubscriberCount == 1, () => chat.Output);

        Ip($"-n {Name} addr del {There}/24 dev rw1");
        var gone = Stopwatch.StartNew();
        TimeSpan? noPublisher = null;
        TimeSpan? noSubscriber = null;
        while (noPublisher is null || noSubscriber is null)
        {
            publisher.Publish(new() { Data = "stop" });
            await bench.Seconds(0.1);
            if (robot.PublisherCount("/hello") == 0) noPublisher ??= gone.Elapsed;
            if (publisher.SubscriberCount == 0) noSubscriber ??= gone.Elapsed;
            if (gone.Elapsed > TimeSpan.FromSeconds(40)) break;
        }

        await TestContext.Out.WriteLineAsync($"the publisher was missed after {noPublisher?.TotalSeconds:0.0} s, the subscriber after {noSubscriber?.TotalSeconds:0.0} s");
        // The system's timers are coarse: a probe more, and the back-off of what is sent again.
        Assert.That(noPublisher, Is.Not.Null.And.LessThan(Deadline + TimeSpan.FromSeconds(4)));
        Assert.That(noSubscriber, Is.Not.Null.And.LessThan(Deadline + TimeSpan.FromSeconds(8)));
        await bench.Until(() => bench.Problems.Any(problem => problem.Name == "/hello") && bench.Problems.Any(problem => problem.Name == "/chat"));
        Assert.That(bench.Problems.First(problem => problem.Name == "/chat").Text, Does.Contain("/chat at " + There));

        Ip($"-n {Name} addr add {There}/24 dev rw1");
        await bench.Until(() => robot.PublisherCount("/hello") == 1 && heard == 2);
    });

    private static void Ip(string arguments) => Peer.Run("/usr/sbin/ip", arguments.Split(' ')).Require();
}
