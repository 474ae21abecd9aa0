using RobotWorker.Faults;
using RobotWorker.Ros.Messages;
using RobotWorker.Ros.Messages.ControlMsgs;
using RobotWorker.Ros.Messages.DiagnosticMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Ros.Messages.RosgraphMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class SignalSenseTests
{
    [Test]
    public void Take_Diagnostics_BecomeSignalsOfTheirComponents()
    {
        var samples = new List<Sample>();
        new SignalSense(samples.Add).Take(new DiagnosticArray()
        {
            Header = new() { Stamp = Workshop.Seconds(2).ToRos() },
            Status =
            [
                new() { Name = "gripper: motor", Level = 1, Values = [new() { Key = "measured_force", Value = "3.5" }, new() { Key = "firmware", Value = "v2" }] },
                new() { Name = "base", Level = 2, Values = [] },
            ],
        });

        Assert.That(samples, Is.EqualTo([
            new Sample("diagnostics.heard", 1, Workshop.Seconds(2)),
            new Sample("gripper.level", 1, Workshop.Seconds(2)),
            new Sample("gripper.measured_force", 3.5, Workshop.Seconds(2)),
            new Sample("base.level", 2, Workshop.Seconds(2)),
        ]));
    }

    [TestCase("NaN")]
    [TestCase("nan")]
    [TestCase("Infinity")]
    [TestCase("-Infinity")]
    [TestCase("1e999")]
    [TestCase("")]
    public void Take_AValueThatIsNoNumber_IsSilence(string value)
    {
        var samples = new List<Sample>();
        new SignalSense(samples.Add).Take(new DiagnosticArray()
        {
            Header = new() { Stamp = Workshop.Seconds(2).ToRos() },
            Status = [new() { Name = "gripper: motor", Level = 0, Values = [new() { Key = "measured_force", Value = value }, new() { Key = "current", Value = "0.2" }] }],
        });

        Assert.That(samples.Select(s => s.Signal), Is.EqualTo(["diagnostics.heard", "gripper.level", "gripper.current"]));
    }

    [Test]
    public void ControllerState_TellsTheGreatestErrorOfTheArm()
    {
        var topics = new Topics();
        topics.Tell(State(1, 0.02, -0.15, double.NaN));
        topics.Tell(State(1.02));

        Assert.That(topics.Of("arm.tracking_error"), Is.EqualTo([(1.0, 0.15)]), "of what is no number, and where there is none, nothing is told");
    }

    [Test]
    public void ArmOfWhichNothingIsHeard_IsQuietForAsLongAsOtherJointsAreTold()
    {
        var topics = new Topics();
        topics.Tell(Joints(0, "wheel"));
        Settle(topics);
        topics.Tell(State(1, 0, 0, 0));
        topics.Tell(Joints(1.02, "wheel"));
        topics.Tell(Joints(1.04, "wheel", "j2"));
        topics.Tell(Joints(1.06, "wheel"));
        topics.Tell(new Odometry { Header = new() { Stamp = Workshop.Seconds(1.09).ToRos() } });
        topics.Tell(new Clock { Value = Workshop.Seconds(1.1).ToRos() });
        topics.Tell(Joints(1.12, "wheel"));
        topics.Tell(State(1.14, 0, 0, 0));
        topics.Tell(Joints(1.15, "wheel"));

        Assert.That(topics.Of("arm.quiet").Select(s => (s.At, Math.Round(s.Value, 3))), Is.EqualTo([(1.02, 0.0), (1.04, 0.0), (1.06, 0.0), (1.12, 0.03), (1.15, 0.0)]), "one as long as the last is usual");
        topics.Tell(Joints(1.2, "wheel"));
        topics.Tell(Joints(1.25, "wheel"));
        topics.Tell(Joints(1.3, "wheel"));
        Assert.That(topics.Of("arm.quiet")[^1].Value, Is.EqualTo(0.18 - (2 * 0.07)).Within(0.001), "longer than twice the longest");
    }

    // Over a wire each topic has its own connection.
    [Test]
    public void ArmThatIsBehindTheOthersNowAndThen_IsNotQuiet_AndAtFirstALongGapIsUsual()
    {
        var topics = new Topics();
        topics.Tell(State(1, 0));
        for (var t = 1.01; t < 1.3; t += 0.01) topics.Tell(Joints(t, "wheel"));
        Assert.That(topics.Of("arm.quiet").Select(s => s.Value), Is.All.Zero);
        for (var t = 1.3; t < 1.4; t += 0.01) topics.Tell(Joints(t, "wheel"));
        Assert.That(topics.Of("arm.quiet")[^1].Value, Is.GreaterThan(0.06), "but no gap for good");

        topics.Tell(State(1.4, 0));
        for (var t = 1.41; t < 3; t += 0.01) topics.Tell(new Clock { Value = Workshop.Seconds(t).ToRos() });
        topics.Tell(Joints(3, "wheel", "j1"));
        Assert.That(topics.Of("arm.quiet")[^1].Value, Is.Zero, "what other topics tell says nothing of it");
    }

    [Test]
    public void ClockThatIsSet_AheadOrBack_MakesNoArmQuiet()
    {
        var topics = new Topics();
        Settle(topics);
        topics.Tell(State(1, 0));
        topics.Tell(Joints(1, "j1"));
        topics.Tell(Joints(1.01, "wheel"));
        topics.Tell(Joints(100, "wheel"));
        topics.Tell(State(100, 0));
        topics.Tell(Joints(2, "wheel"));
        topics.Tell(Joints(2.01, "wheel"));

        Assert.That(topics.Of("arm.quiet").Select(s => s.Value), Is.All.LessThan(0.06));
    }

    /// <summary>The arm is heard so often, and nothing else, that no gap is usual.</summary>
    private static void Settle(Topics topics)
    {
        for (var i = 0; i < 3000; i++) topics.Tell(State(i * 1e-4, 0));
    }

    private static JointTrajectoryControllerState State(double at, params double[] errors) => new()
    {
        Header = new() { Stamp = Workshop.Seconds(at).ToRos() }, JointNames = ["j1", "j2", "j3"], Error = new() { Positions = [.. errors] },
    };

    private static JointState Joints(double at, params string[] names) => new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() }, Name = [.. names] };

    /// <summary>The robot's topics, and the samples that come of them.</summary>
    private sealed class Topics : SignalSense.ISource
    {
        private readonly Dictionary<Type, Delegate> takes = [];
        private readonly List<Sample> samples = [];

        public Topics() => new SignalSense(samples.Add).Listen(this, RosNames.Standard);

        public void On<T>(string topic, Action<T> take) where T : IRosMessage<T> => takes[typeof(T)] = take;

        public void Tell<T>(T message) where T : IRosMessage<T> => ((Action<T>)takes[typeof(T)])(message);

        public List<(double At, double Value)> Of(string signal) => [.. samples.Where(s => s.Signal == signal).Select(s => (s.At.Seconds, s.Value))];
    }
}
