using RobotWorker.Ros.Actions;
using RobotWorker.Ros.Codecs;
using RobotWorker.Ros.Messages;
using RobotWorker.Skills.Lines;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Ros1;

/// <summary>Types that were not compiled in, on a real ROS 1 graph: rospy tells what a message is made of, files what a service is.</summary>
[TestFixture]
public sealed class UnknownTypeTests
{
    private RosMaster master = null!;
    private LivePeer peer = null!;
    private string folder = "";

    private string[] Robot => ["--robot", $"ros1://127.0.0.1:{master.Port}"];

    [OneTimeSetUp]
    public void Start()
    {
        master = RosMaster.Start();
        peer = LivePeer.Python(master, "unknown.py");
        folder = Directory.CreateTempSubdirectory("definitions ").FullName;
        Write("roscpp/srv/GetLoggers.srv", "---\nLogger[] loggers\n");
        Write("roscpp/msg/Logger.msg", "string name\nstring level # as rosconsole calls it\n");
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (peer.Count("ready") == 0)
        {
            Assert.That(peer.HasEnded || waited.Elapsed > TimeSpan.FromSeconds(60), Is.False, () => peer.Output);
            Thread.Sleep(20);
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        peer?.Dispose();
        master?.Dispose();
        if (folder.Length > 0) Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void NothingHereIsCompiledIn()
    {
        Assert.That(RosTypes.Message("sensor_msgs/NavSatFix"), Is.Null);
        Assert.That(RosTypes.Service("roscpp/GetLoggers"), Is.Null);
        Assert.That(RosTypes.Action("actionlib/Test"), Is.Null);
    }

    [Test]
    public void RosEcho_ReadsTheDefinitionFromThePublishersHeader()
    {
        var result = RobotWorkerCommand.Run(["ros", "echo", "/fix", "--count", "1", "--json", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.Trim(), Is.EqualTo(
            """{"header":{"seq":0,"stamp":{"secs":7,"nsecs":5},"frame_id":"gps"},"status":{"status":1,"service":0},"latitude":48.25,"longitude":11.5,"altitude":0,"position_covariance":[0,0.5,1,1.5,2,2.5,3,3.5,4],"position_covariance_type":0}"""));
    }

    [Test]
    public void RosTypes_PrintsTheDefinitionWithItsConstants()
    {
        var result = RobotWorkerCommand.Run(["ros", "types", "/fix", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("# sensor_msgs/NavSatFix").And.Contain("float64[9] position_covariance").And.Contain("int8 STATUS_GBAS_FIX=2"));
    }

    [Test]
    public void RosCall_TheServiceTypeComesFromFiles()
    {
        var result = RobotWorkerCommand.Run(["ros", "call", "/unknown/get_loggers", "--definitions", folder, .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("name: rosout").And.Contain("level: INFO"));
    }

    [Test]
    public void RosCall_WithoutFiles_SaysWhatToGive()
    {
        var result = RobotWorkerCommand.Run(["ros", "call", "/unknown/get_loggers", .. Robot]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("roscpp/GetLoggers").And.Contain("--definitions DIR"));
    }

    [Test]
    public void RosCall_FilesOfAnotherVersion_AreRefusedBeforeTheCall()
    {
        var old = Directory.CreateTempSubdirectory("old definitions ").FullName;
        Directory.CreateDirectory(Path.Combine(old, "roscpp", "srv"));
        File.WriteAllText(Path.Combine(old, "roscpp", "srv", "GetLoggers.srv"), "---\nstring[] loggers\n");

        var result = RobotWorkerCommand.Run(["ros", "call", "/unknown/get_loggers", "--definitions", old, .. Robot]);

        Directory.Delete(old, recursive: true);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("another version"));
    }

    // The action's server publishes feedback and result; the goal's definition it tells to those who publish goals.
    [Test]
    public void RosSendGoal_TheActionTypeComesFromTheHeadersOfItsTopics()
    {
        var result = RobotWorkerCommand.Run(["ros", "send-goal", "/count", """{"goal": 3}""", .. Robot]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            """feedback {"feedback":1}""", """feedback {"feedback":2}""", """feedback {"feedback":3}""", """result   {"result":3}""", "succeeded",
        }));
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public void RosSendGoal_CtrlC_CancelsTheGoalFirst()
    {
        using var command = LiveCommand.Start(["ros", "send-goal", "/count", """{"goal": 100001}""", .. Robot]);
        command.WaitFor("feedback");
        command.Send("INT");
        var end = command.End();

        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(end.Output, Does.Contain("result   {").And.Contain("\ncanceled: as asked"));
        Assert.That(peer.Count("preempted 100001"), Is.EqualTo(1));
    }

    [Test]
    public void RosSendGoal_AFieldThatTheActionHasNot_IsNamed()
    {
        var result = RobotWorkerCommand.Run(["ros", "send-goal", "/count", """{"target": 3}""", .. Robot]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("target"));
    }

    [Test]
    public void ActionType_HasTheMd5sumsThatRospyHas() => Ros1Bench.Run(master, async bench =>
    {
        var node = await bench.Node("robot");
        var tour = GraphTour.Of(node);

        var type = (ActionType<DynamicMessage, DynamicMessage, DynamicMessage>)await tour.TypeOfActionAsync("/count", null, CancellationToken.None);

        Assert.That(type.Name, Is.EqualTo("actionlib/action/Test"));
        // actionlib.msg.TestActionGoal._md5sum and its like
        Assert.That(Ros1Definition.Md5Of(Ros1ActionGoal.TypeOf(type.Goal)), Is.EqualTo("348369c5b403676156094e8c159720bf"));
        Assert.That(Ros1Definition.Md5Of(Ros1ActionResult.TypeOf(type.Result)), Is.EqualTo("3d669e3a63aa986c667ea7b0f46ce85e"));
        Assert.That(Ros1Definition.Md5Of(Ros1ActionFeedback.TypeOf(type.Feedback)), Is.EqualTo("6d3d0bf7fb3dda24779c010a9f3eb7cb"));
    });

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
