using System.Text.Json.Nodes;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Rosbridge;

/// <summary>
/// The served robot behind a wire on which <c>sim inject</c> brings faults about, as people call it; npm's roslib, which shares no code with us, says what arrives of them.
/// </summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class WireFaultTests
{
    private const int Messages = 100;

    private string node = "", peer = "", address = "", process = "";
    private LiveCommand served = null!;

    [OneTimeSetUp]
    public void Serve()
    {
        Simulator.Require();
        node = Peer.Require("node", "apt-get install nodejs");
        peer = NodePackages.Require("tests/RobotWorker.Integration/peers/roslib");
        served = LiveCommand.Start("sim", "serve", Repository.PathOf("sim/scenes/kitchen.yaml"), "--rosbridge", "127.0.0.1:0", "--noise", "off");
        served.WaitFor("faults can be injected");
        var lines = served.Output.Split('\n');
        address = lines.Single(line => line.Contains("ws://", StringComparison.Ordinal)).Split(" at ")[^1].Trim();
        process = lines.Single(line => line.Contains("sim inject --to", StringComparison.Ordinal)).Split(' ')[^1].Trim();
    }

    [OneTimeTearDown]
    public void End() => served?.Dispose();

    [TearDown]
    public void Clear() => Inject("--clear");

    [Test]
    [CancelAfter(120_000)]
    public void NoFault_EverythingArrivesOnceAndInOrder()
    {
        var seen = Look();

        Assert.That(((int)seen["twice"]!, (int)seen["late"]!, (int)seen["missing"]!), Is.EqualTo((0, 0, 0)), () => seen.ToJsonString());
        Assert.That((int)Look("bare")["broken"]!, Is.Zero);
    }

    [Test]
    [CancelAfter(120_000)]
    public void Delay_ACallTakesTheDelayOfBothWays()
    {
        Inject("delay", "--delay", "300ms");

        Assert.That((double)Look()["call"]!, Is.GreaterThanOrEqualTo(0.6));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Drop_ManyMessagesAreMissing_AndOnlyOfTheNamedTopic()
    {
        Inject("drop", "--probability", "0.5", "--name", "/odom");

        var seen = Look();
        Assert.That((int)seen["missing"]!, Is.InRange(Messages / 2, Messages * 2), () => seen.ToJsonString());
        Assert.That(((int)seen["twice"]!, (int)seen["late"]!), Is.EqualTo((0, 0)), () => seen.ToJsonString());
    }

    [Test]
    [CancelAfter(120_000)]
    public void Duplicate_ManyMessagesComeTwice()
    {
        Inject("duplicate", "--probability", "0.5");

        Assert.That((int)Look()["twice"]!, Is.InRange(Messages / 6, Messages / 2));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Reorder_LaterMessagesOvertake()
    {
        Inject("reorder", "--probability", "0.2", "--delay", "100ms");

        var seen = Look();
        Assert.That((int)seen["late"]!, Is.GreaterThan(Messages / 20), () => seen.ToJsonString());
        Assert.That((int)seen["twice"]!, Is.Zero, () => seen.ToJsonString());
    }

    [Test]
    [CancelAfter(120_000)]
    public void Corrupt_ManyMessagesArriveDamaged_AndTheConnectionLives()
    {
        Inject("corrupt", "--probability", "0.5", "--bytes", "50", "--direction", "from_robot");

        var seen = Look("bare");
        Assert.That(((int)seen["broken"]!, (int)seen["whole"]!), Is.EqualTo((Messages / 2, Messages / 2)).Using<(int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) < Messages / 3), () => seen.ToJsonString());
    }

    [Test]
    [CancelAfter(120_000)]
    public void Inject_WhileTheLinkIsCut_IsHeardAllTheSame()
    {
        Inject("cut");
        Assert.That(Peer.Run(node, ["wire.mjs", address, "1", "bare"], peer).ExitCode, Is.Not.Zero, "nobody is let in");
        Assert.That(Inject("--list"), Does.Match(@"cut +active, until cleared"));

        Inject("--clear");
        Assert.That((int)Look("bare")["whole"]!, Is.EqualTo(Messages));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Inject_APhysicalFault_StrikesAndIsToldByTheOneWhoServes()
    {
        Assert.That(Inject("gripper_force_loss", "--set", "remaining_force=0.1", "--for", "1s"), Does.Contain("GRIPPER_FORCE_LOW").And.Contain("remaining 0.1"));
        served.WaitFor("GRIPPER_FORCE_LOW strikes");
        served.WaitFor("GRIPPER_FORCE_LOW is over");
    }

    /// <summary>What a monitor on the other side of rosbridge would see.</summary>
    [Test]
    [CancelAfter(120_000)]
    public void Inject_HardwareFaults_ShowOverRosbridgeAndEnd()
    {
        double Volts() => (double)Hear("/battery_state")["voltage"]!;
        var whole = Volts();

        Assert.That(Inject("battery-sag", "volts=4"), Does.Contain("BATTERY_SAG").And.Contain("volts 4 V"));
        Assert.That(Inject("LIDAR_DIRTY", "share=0.9", "--for", "20s"), Does.Contain("active"));
        var (volts, scan) = (Volts(), Hear("/scan"));
        Assert.That(whole - volts, Is.EqualTo(4).Within(0.5));
        Assert.That(Lost(scan), Is.GreaterThan(60), "of 90 beams");
        Assert.That(Inject("--list"), Does.Contain("remaining=0.01 (0 to 1)").And.Match("LIDAR_DIRTY +active, [0-9.]+ s left +share 0.9"));

        Inject("--clear");
        Assert.That(Volts(), Is.EqualTo(whole).Within(0.5));
        Assert.That(Lost(Hear("/scan")), Is.LessThan(5));
    }

    [TestCase("RW0004 inject", "drop")]
    [TestCase("did you mean 'delay'?", "dlay")]
    [TestCase("must be from 0 to 1", "drop", "--probability", "2")]
    [TestCase("did you mean 'ARM_HOT'?", "ARM_HOTT")]
    [TestCase("must be from 1 to 7", "arm-torque-low", "joint=8")]
    [TestCase("there is no fault 999", "--clear", "999")]
    [CancelAfter(60_000)]
    public void Inject_Wrong_SaysWhatWouldBeRight(string says, params string[] arguments)
    {
        var result = RobotWorkerCommand.Run(["sim", "inject", .. arguments, "--to", process]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Errors, Does.Contain(says));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Inject_NobodyThere_SaysHowToStartOne()
    {
        var result = RobotWorkerCommand.Run(["sim", "inject", "cut", "--to", "1"]);

        Assert.That(result.ExitCode, Is.EqualTo(69), result.Output);
        Assert.That(result.Errors, Does.Contain("RW0508").And.Contain("process 1 serves no robot").And.Contain(process));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Run_InSimulation_WithAFaultOfTheWire_SaysThatItNeedsOne()
    {
        var plan = Runs.PlanFile.Write(Path.Combine(Runs.Story.Folder, "no-wire"), "fold", "- {id: fold, skill: move_arm, args: {posture: home}}", Repository.PathOf("sim/faults/link-cut-30s.yaml"));

        var result = RobotWorkerCommand.Run(["run", plan]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Errors, Does.Contain("RW0305").And.Contain("sim serve SCENE --fault"));
    }

    private string Inject(params string[] arguments)
    {
        var result = RobotWorkerCommand.Run(["sim", "inject", .. arguments, "--to", process]);
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        return result.Output;
    }

    /// <summary>The third message from now on, over rosbridge.</summary>
    private JsonNode Hear(string topic) => JsonNode.Parse(RobotWorkerCommand.Run(["ros", "echo", topic, "--robot", address, "--count", "3", "--json"]).Require().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;

    /// <summary>JSON has no word for infinity: such beams are null there, or a text.</summary>
    private static int Lost(JsonNode scan) => scan["ranges"]!.AsArray().Count(range => range?.GetValueKind() != System.Text.Json.JsonValueKind.Number);

    private JsonNode Look(params string[] how) => JsonNode.Parse(Peer.Run(node, ["wire.mjs", address, $"{Messages}", .. how], peer).Require())!;
}
