using RobotWorker.Generation.Runs;
using RobotWorker.Integration.Runs;
using RobotWorker.Ros.Messages.ControllerManagerMsgs;
using RobotWorker.Testing;
using RobotWorker.Time;
using ReportFile = RobotWorker.Integration.Runs.ReportFile;

namespace RobotWorker.Integration.Lines;

/// <summary>The commands that work on a robot behind a wire, as people call them, before the simulated robot behind our rosbridge server.</summary>
[TestFixture]
public sealed class CommandTests
{
    private static readonly Lazy<Job> Main = new(() => WiredRun.Read(Repository.PathOf(Story.Task)));
    private static readonly string Profile = Repository.PathOf("sim/robots/porter.profile.yaml");

    private ServedRobot robot = null!;
    private volatile int baked;

    private string Address => $"ws://127.0.0.1:{robot.Endpoint.Port}";

    [OneTimeSetUp]
    public void Serve() => robot = new(new(Main.Value.Scene, Main.Value.Robot), new(1, WallClock.Real)
    {
        Beside = ros =>
        {
            ros.AdvertiseService(ListControllers.Type, "/controller_manager/list_controllers", (_, _) => Task.FromResult(new ListControllers.Response
            {
                Controller = [new() { Name = "arm_controller", State = "active" }, new() { Name = "gripper_controller", State = "inactive" }],
            }));
            UnknownRobot.OfferBaking(ros, by => baked += by > 0 ? 1 : 0);
        },
    });

    [OneTimeTearDown]
    public void End() => robot.Dispose();

    [Test]
    [CancelAfter(60_000)]
    public void RobotCheck_OurRobot_AllSkillsWork()
    {
        var result = RobotWorkerCommand.Run(["robot", "check", Profile, "--robot", Address]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        Assert.That(result.Output, Does.Match("pick +works").And.Match("navigate_to +works").And.Not.Contain("MISSING"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RobotCheck_AProfileThatDoesNotFit_SaysWhichSkillsCannotWorkAndWhy()
    {
        var other = Path.Combine(Story.Folder, "other.profile.yaml");
        File.WriteAllText(other, File.ReadAllText(Profile)
            .Replace("gripper: /gripper_controller/gripper_cmd", "gripper: /hand/gripper_cmd", StringComparison.Ordinal)
            .Replace("detections: /detections", "detections: /detection", StringComparison.Ordinal));

        var result = RobotWorkerCommand.Run(["robot", "check", other, "--robot", Address, "--json"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors + result.Output);
        var skills = Skills(result.Output);
        Assert.That(skills["navigate_to"] && skills["move_arm"], Is.True, result.Output);
        Assert.That(skills["gripper"] || skills["pick"] || skills["look"], Is.False, result.Output);
        Assert.That(result.Output, Does.Contain("/hand/gripper_cmd has no server").And.Contain("is on /detections"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RobotCheck_AControllerThatIsNotActive_ItsSkillsCannotWork()
    {
        var other = Path.Combine(Story.Folder, "controllers.profile.yaml");
        File.WriteAllText(other, File.ReadAllText(Profile)
            .Replace("gripper: /gripper_controller/gripper_cmd", "gripper: {name: /gripper_controller/gripper_cmd, controllers: [gripper_controller]}", StringComparison.Ordinal)
            .Replace("follow_joints: /arm_controller/follow_joint_trajectory", "follow_joints: {name: /arm_controller/follow_joint_trajectory, controllers: [arm_controller]}", StringComparison.Ordinal));

        var result = RobotWorkerCommand.Run(["robot", "check", other, "--robot", Address, "--json"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors + result.Output);
        var skills = Skills(result.Output);
        Assert.That((skills["move_arm"], skills["gripper"], skills["pick"]), Is.EqualTo((true, false, false)), result.Output);
        Assert.That(result.Output, Does.Contain("the controller gripper_controller is inactive").And.Contain("arm_controller: active"));
    }

    [TestCase("camera: head_camera_optical_frame", "camera: nope_frame", "'frames.camera' is nope_frame", "look")]
    [TestCase("protective_stop: /protective_stop", "protective_stop: /rosapi/topics", "/rosapi/topics is of type rosapi/srv/Topics", null)]
    [TestCase("protective_stop_release: /protective_stop_release", "protective_stop_release: /release", "/release is not offered", null)]
    [TestCase("velocity: /cmd_vel", "velocity: /odom", "/odom carries nav_msgs/msg/Odometry", null)]
    [TestCase("worker_alive: /worker_alive", "worker_alive: /odom", "/odom carries nav_msgs/msg/Odometry", null)]
    [CancelAfter(60_000)]
    public void RobotCheck_OneNameIsWrong_SaysSo(string right, string wrong, string says, string? skill)
    {
        var other = Path.Combine(Story.Folder, $"{TestContext.CurrentContext.Test.ID}.profile.yaml");
        var text = File.ReadAllText(Profile);
        Assert.That(text, Does.Contain(right));
        File.WriteAllText(other, text.Replace(right, wrong, StringComparison.Ordinal));

        var result = RobotWorkerCommand.Run(["robot", "check", other, "--robot", Address, "--json"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors + result.Output);
        Assert.That(result.Output, Does.Contain(says));
        if (skill is not null) Assert.That(Skills(result.Output)[skill], Is.False, result.Output);
    }

    [Test]
    [CancelAfter(60_000)]
    [Platform("Linux,MacOSX")]
    public void RosEcho_WhoseReaderHasGone_Ends()
    {
        var result = Peer.Run("sh", ["-c", $"'{RobotWorkerCommand.Host}' '{RobotWorkerCommand.Program}' ros echo /clock --json --robot {Address} | head -n 2"]);

        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2), result.Errors);
    }

    [Test]
    [CancelAfter(60_000)]
    public void RobotCheck_NobodyThere_IsUnavailable()
    {
        var result = RobotWorkerCommand.Run(["robot", "check", Profile, "--robot", "ws://127.0.0.1:9"]);

        Assert.That(result.ExitCode, Is.EqualTo(69));
        Assert.That(result.Errors, Does.Contain("RW0504").And.Contain("ws://127.0.0.1:9 was not reached"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosTopics_OurRobot_ListsTopicsServicesAndActions()
    {
        var result = RobotWorkerCommand.Run(["ros", "topics", "--robot", Address]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match("topic +/joint_states +sensor_msgs/msg/JointState").And.Match("service +/protective_stop")
            .And.Match("action +/navigate_to_pose +nav2_msgs/action/NavigateToPose"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosEcho_ACountOfMessages_PrintsThemAndEnds()
    {
        var result = RobotWorkerCommand.Run(["ros", "echo", "/odom", "--count", "2", "--robot", Address]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.Split("---", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Has.Length.EqualTo(2));
        Assert.That(result.Output, Does.Contain("child_frame_id: base_link"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosEcho_ATopicThatIsNotThere_NamesTheNearest()
    {
        var result = RobotWorkerCommand.Run(["ros", "echo", "/joint_state", "--robot", Address]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("did you mean '/joint_states'?"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosCall_AService_PrintsItsAnswer()
    {
        var result = RobotWorkerCommand.Run(["ros", "call", "/protective_stop_release", "{}", "--robot", Address]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("success: true"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosSendGoal_AGripperGoal_PrintsFeedbackAndResult()
    {
        var result = RobotWorkerCommand.Run(["ros", "send-goal", "/gripper_controller/gripper_cmd", """{"command": {"position": 0.03, "max_effort": 10}}""", "--robot", Address]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        Assert.That(result.Output, Does.Contain("result   {").And.Contain("reached_goal").And.Contain("succeeded"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void RosSendGoal_TextThatIsNoGoal_SaysWhatIsWrong()
    {
        var result = RobotWorkerCommand.Run(["ros", "send-goal", "/gripper_controller/gripper_cmd", """{"comand": {}}""", "--robot", Address]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("RW0505").And.Contain("comand"));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Run_OnTheRobot_CallsAnActionOfATypeThatOnlyRosapiTells()
    {
        var folder = Path.Combine(Story.Folder, "baked-on-robot");
        var plan = PlanFile.Write(folder, "bake", """
            - {id: bake, skill: call_action, args: {action: /oven/bake, goal: '{"minutes": 3, "shelf": {"name": "lower"}}'}, deadline: 30s}
            - {id: fold, skill: move_arm, args: {posture: home}}
            """);

        var result = RobotWorkerCommand.Run(["run", plan, "--robot", Address, "--profile", Profile, "--plain", "--output", folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        Assert.That(baked, Is.EqualTo(1));
        var report = new ReportFile(Path.Combine(folder, "bake-1.json"));
        Assert.That((report.State("root/bake"), report.State("root/fold")), Is.EqualTo(("finished", "finished")));
    }

    [Test]
    [CancelAfter(120_000)]
    [Platform("Linux,MacOSX")]
    public void Run_OnTheRobot_CtrlC_TheRobotStopsFirst()
    {
        var folder = Path.Combine(Story.Folder, "stopped-on-robot");
        var plan = PlanFile.Write(folder, "away", "- {id: away, skill: navigate_to, args: {place: shelf_side}}");
        using var command = LiveCommand.Start("run", plan, "--robot", Address, "--profile", Profile, "--plain", "--output", folder);
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); robot.Speed < 0.1; Thread.Sleep(5))
            Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "it does not drive");
        command.Send("INT");
        var end = command.End();

        Assert.That(end.ExitCode, Is.EqualTo(130), end.Output + end.Errors);
        Assert.That(end.Errors, Does.Contain("Stopping: the robot first."));
        var report = new ReportFile(Path.Combine(folder, "away-1.json"));
        Assert.That(report.Outcome, Is.EqualTo("stopped"));
        Assert.That(report.State("root/away"), Is.Not.EqualTo("finished"));
        Assert.That(robot.Speed, Is.LessThan(0.02), "the robot stood when the command ended");
    }

    [Test]
    [CancelAfter(60_000)]
    public void Run_OnTheRobot_ReportsAndRecords()
    {
        var folder = Path.Combine(Story.Folder, "on-robot");
        var plan = PlanFile.Write(folder, "fold", "- {id: fold, skill: move_arm, args: {posture: home}}");

        var result = RobotWorkerCommand.Run(["run", plan, "--robot", Address, "--profile", Profile, "--plain", "--output", folder]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        var report = new ReportFile(Path.Combine(folder, "fold-1.json"));
        Assert.That(report.Steps.Select(s => (string)s["observed"]!), Is.All.EqualTo("succeeded"));
        Assert.That(Trace.Of(report.Mcap).End.Seconds, Is.GreaterThan(0));
        Assert.That(result.Output, Does.Contain($"of the robot's clock at {Address}"));
    }

    private static Dictionary<string, bool> Skills(string report) => System.Text.Json.JsonDocument.Parse(report).RootElement.GetProperty("skills").EnumerateArray()
        .ToDictionary(s => s.GetProperty("skill").GetString()!, s => s.GetProperty("works").GetBoolean());
}
