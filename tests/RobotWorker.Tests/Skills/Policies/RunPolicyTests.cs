using RobotWorker.Execution;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.StdMsgs;
using RobotWorker.Skills.Policies;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Tests.Skills.Policies;

/// <summary>A policy's targets on the robot's topics: 7 joints of the arm, the gripper, pan and tilt, the base.</summary>
public sealed class RunPolicyTests
{
    private static readonly RobotProfile Profile = Workshop.Profile with
    {
        Names = Workshop.Profile.Names with { ArmCommands = "/arm/commands", GripperCommands = "/gripper/commands", HeadCommands = "/head/commands" },
    };

    [Test]
    public void Targets_AreStreamedAHundredTimesASecond_OnTheStraightLineToTheFramesEnd()
    {
        var policy = new Scripted(frame => frame < 2 ? Action(first: frame + 1, drive: 0.5) : null);
        Run(policy, async bench =>
        {
            var heard = Listen(bench);
            var report = await bench.Do("run_policy", "policy=some most=0");

            Assert.That(report.Reported, Is.EqualTo(Outcome.Succeeded), report.Reason);
            var start = Motion.Arm.Ready[0];
            Assert.That(heard.Arm, Has.Count.EqualTo(20), "two frames at 10 Hz");
            Assert.That(heard.Arm[0].Data[0], Is.EqualTo(start + ((1 - start) / 10)).Within(1e-9));
            Assert.That(heard.Arm[9].Data[0], Is.EqualTo(1).Within(1e-9), "what holds at the end of the first frame");
            Assert.That(heard.Arm[14].Data[0], Is.EqualTo(1.5).Within(1e-9));
            Assert.That(heard.Arm[19].Data[0], Is.EqualTo(2).Within(1e-9));
            Assert.That(heard.Times.Zip(heard.Times.Skip(1), (a, b) => (b - a).TotalMilliseconds), Has.All.EqualTo(10).Within(1e-6));
            Assert.That(heard.Gripper[0].Data, Is.EqualTo([0.05, 40]).Within(1e-9), "at once: fingers that are told the opening that they have let go");
            Assert.That(heard.Gripper[^1].Data, Is.EqualTo([0.05, 40]).Within(1e-9), "with the profile's force");
            Assert.That(heard.Head[^1].Data, Is.EqualTo([0.1, 0.2]).Within(1e-9));
            Assert.That(bench.Commanded.Take(10).Select(t => t.Linear.X), Is.EqualTo(Enumerable.Range(1, 10).Select(i => 0.05 * i)).Within(1e-9));
            Assert.That(bench.Commanded[^1].Linear.X, Is.Zero, "in the end the base stands");
        });
        Assert.That((policy.Opened, policy.Closed), Is.EqualTo((1, 1)));
        Assert.That(policy.Seen[0][RobotTold.StateName], Is.EqualTo([.. Motion.Arm.Ready, 0.085, 0, 0, 0, 0, 0]).Within(1e-9));
        Assert.That(policy.Seen[0][RobotTold.PlaceName], Is.EqualTo([0, 0, 0]).Within(1e-9));
    }

    [Test]
    public void Cancelled_TheBaseIsStopped_AndNothingIsStreamedAnyMore() => Run(new Scripted(_ => Action(drive: 0.5)), async bench =>
    {
        var heard = Listen(bench);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(1), bench.World.Time);
        var report = await bench.Robot.AttemptAsync(bench.Attempt("run_policy", "root/do", 60) with { Arguments = bench.Attempt("", "", 1).Arguments.Add("policy", "some").Add("most", "0") }, cancel.Token);
        var sent = heard.Arm.Count;
        await bench.World.Seconds(1);

        Assert.That(report.Code, Is.EqualTo("CANCELED"), report.Reason);
        Assert.That(sent, Is.EqualTo(100).Within(3));
        Assert.That(heard.Arm, Has.Count.EqualTo(sent));
        Assert.That(bench.Commanded[^1].Linear.X, Is.Zero);
    });

    [Test]
    public void Deadline_EndsAPolicyThatNeverDoes() => Run(new Scripted(_ => Action()), async bench =>
    {
        var report = await bench.Robot.AttemptAsync(bench.Attempt("run_policy", "root/do", 2) with { Arguments = bench.Attempt("", "", 1).Arguments.Add("policy", "some").Add("most", "0") }, default);

        Assert.That(report.Code, Is.EqualTo("DEADLINE"), report.Reason);
        Assert.That(bench.Since.TotalSeconds, Is.EqualTo(2.3).Within(0.3), "and it was seen to stand still");
    });

    [Test]
    public void RobotThatGoesOnMoving_AfterThePolicy_IsNotKnownToStand() => Run(new Scripted(_ => null), async bench =>
    {
        bench.Puppet.Speed = 0.3;
        await bench.World.Seconds(0.1);
        var report = await bench.Do("run_policy", "policy=some most=0");

        Assert.That((report.Reported, report.Code), Is.EqualTo((Outcome.Unknown, "NOT_STILL")), report.Reason);
    });

    [Test]
    public void PolicyThatSaysTooLittle_OrNoNumber_Fails([Values] bool isShort) => Run(new Scripted(_ => isShort ? [0, 0] : Action(first: double.NaN)), async bench =>
    {
        var heard = Listen(bench);
        var report = await bench.Do("run_policy", "policy=some most=0");

        Assert.That(report.Code, Is.EqualTo("POLICY_FAILED"), report.Reason);
        Assert.That(heard.Arm, Is.Empty);
    });

    [TestCase("unknown", "NO_POLICY")]
    public void PolicyThatIsNotThere_IsAFailureThatSaysSo(string name, string code) => Run(new Scripted(_ => null), async bench =>
        Assert.That((await bench.Do("run_policy", $"policy={name} most=0")).Code, Is.EqualTo(code)));

    [Test]
    public void RobotWithoutCommandTopics_CannotDoIt() => RosRobotBench.Run(async bench =>
        Assert.That((await bench.Do("run_policy", "policy=some most=0")).Code, Is.EqualTo("NO_SUCH_TOPIC")), policies: new Scripted(_ => null));

    private static void Run(Scripted policy, Func<RosRobotBench, Task> story) => RosRobotBench.Run(story, Profile, policy);

    private static double[] Action(double first = 0, double drive = 0) => [first, 0, 0, -1, 0, 1, 0, 0.05, 0.1, 0.2, drive, 0, 0];

    private static Heard Listen(RosRobotBench bench)
    {
        var heard = new Heard([], [], [], []);
        bench.Puppet.Ros.Subscribe<Float64MultiArray>("/arm/commands", m =>
        {
            heard.Arm.Add(m);
            heard.Times.Add(bench.Since);
        });
        bench.Puppet.Ros.Subscribe<Float64MultiArray>("/gripper/commands", heard.Gripper.Add);
        bench.Puppet.Ros.Subscribe<Float64MultiArray>("/head/commands", heard.Head.Add);
        return heard;
    }

    private sealed record Heard(List<Float64MultiArray> Arm, List<Float64MultiArray> Gripper, List<Float64MultiArray> Head, List<TimeSpan> Times);
}
