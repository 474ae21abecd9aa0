using RobotWorker.Skills.Senses;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>The robot stands still when it says so freshly for 300 ms. Messages come at 50 Hz.</summary>
public sealed class StillSenseTests
{
    [Test]
    public void Still_OnlyAfterTheDwell()
    {
        var robot = new Robot();
        robot.Goes(seconds: 0.28);
        Assert.That(robot.IsStill, Is.False);
        Assert.That(robot.Inbox.Says("still", "robot"), Is.EqualTo(Truth.Unknown), "it does not move, and was not yet seen to stand");

        robot.Goes(seconds: 0.04);
        Assert.That(robot.IsStill);
        Assert.That(robot.Inbox.Says("still", "robot"), Is.EqualTo(Truth.True));
    }

    [TestCase(0.05, 0, 0, TestName = "Still_NotWhileTheBaseDrives")]
    [TestCase(0, 0.1, 0, TestName = "Still_NotWhileTheBaseTurns")]
    [TestCase(0, 0, 0.1, TestName = "Still_NotWhileAJointMoves")]
    public void Moving(double speed, double turn, double joint)
    {
        var robot = new Robot();
        robot.Goes(1, speed, turn, joint);

        Assert.That(robot.IsStill, Is.False);
        Assert.That(robot.Inbox.Says("still", "robot"), Is.EqualTo(Truth.False));
    }

    [Test]
    public void Still_ATwitch_StartsTheDwellAgain()
    {
        var robot = new Robot();
        robot.Goes(1);
        robot.Goes(0.02, speed: 0.1);
        robot.Goes(0.28);
        Assert.That(robot.IsStill, Is.False);

        robot.Goes(0.1);
        Assert.That(robot.IsStill);
    }

    [TestCase(true, false, TestName = "Silence_OfTheWheels_IsNotStill")]
    [TestCase(false, true, TestName = "Silence_OfTheJoints_IsNotStill")]
    public void Silence(bool joints, bool wheels)
    {
        var robot = new Robot();
        robot.Goes(1);
        Assert.That(robot.IsStill);

        robot.Goes(0.3, tellsJoints: joints, tellsWheels: wheels);
        Assert.That(robot.IsStill, Is.False);
        Assert.That(robot.Inbox.Says("still", "robot"), Is.EqualTo(Truth.Unknown));
    }

    [Test]
    public void Joints_ToldInMessagesOfTheirOwn_TheGripperDoesNotSpeakForTheArm()
    {
        // Many robots publish the gripper's joint apart from the arm's, on one topic.
        var robot = new Robot();
        for (var i = 0; i < 50; i++)
        {
            robot.Goes(0.02, joint: 0.5);
            robot.TellsGripper();
        }

        Assert.That(robot.IsStill, Is.False);
    }

    [Test]
    public void Joints_OnlyTheGripperIsHeard_IsNotStill()
    {
        var robot = new Robot();
        robot.Goes(1);
        for (var i = 0; i < 20; i++)
        {
            robot.Goes(0.02, tellsJoints: false);
            robot.TellsGripper();
        }

        Assert.That(robot.IsStill, Is.False);
    }

    [Test]
    public void Silence_OfTheWholeLink_IsNotStill()
    {
        var robot = new Robot();
        robot.Goes(1);
        Assert.That(robot.IsStill);

        robot.IsNotHeard(0.6);

        Assert.That(robot.IsStill, Is.False, "the robot's clock is not heard either: its last word is no fresh one");
        robot.Goes(0.2);
        Assert.That(robot.IsStill, Is.False, "the dwell begins anew");
        robot.Goes(0.3);
        Assert.That(robot.IsStill);
    }

    [Test]
    public void Clock_IsSetBack_TheDwellBeginsAnew_AndEnds()
    {
        var robot = new Robot();
        robot.Goes(1);
        robot.SetsItsClock(-5);
        robot.Goes(0.2);
        Assert.That(robot.IsStill, Is.False);

        robot.Goes(0.2);
        Assert.That(robot.IsStill, "it need not catch up with the time before");
    }

    private sealed class Robot
    {
        private readonly RobotClock clock = new();
        private readonly Watch watch = new();
        private readonly JointSense joints = new(Workshop.Profile);
        private readonly BaseSense wheels;
        private readonly StillSense still;

        public Robot()
        {
            clock.Set(Workshop.Seconds(10));
            var gate = new FactGate(Inbox, Workshop.Predicates);
            wheels = new(Workshop.Profile, Workshop.Site, new(TimeSpan.FromMilliseconds(30)), gate, watch);
            still = new(Workshop.Profile, clock, watch, joints, wheels, gate);
        }

        public Inbox Inbox { get; } = new();

        public bool IsStill => still.Since is not null;

        /// <summary>Our own clock goes on, and nothing is heard: not even the robot's clock.</summary>
        public void IsNotHeard(double seconds) => watch.Elapsed += TimeSpan.FromSeconds(seconds);

        public void SetsItsClock(double seconds) => clock.Set(clock.Now + TimeSpan.FromSeconds(seconds));

        public void Goes(double seconds, double speed = 0, double turn = 0, double joint = 0, bool tellsJoints = true, bool tellsWheels = true)
        {
            for (var i = 0; i < Math.Round(seconds / 0.02); i++)
            {
                clock.Set(clock.Now + TimeSpan.FromMilliseconds(20));
                watch.Elapsed += TimeSpan.FromMilliseconds(20);
                var stamp = clock.Now.ToRos();
                if (tellsJoints) joints.Take(new() { Header = new() { Stamp = stamp }, Name = ["j2", "gripper_joint"], Position = [0, 0.08], Velocity = [-joint, 0] });
                if (tellsWheels)
                    wheels.Take(new() { Header = new() { Stamp = stamp }, Twist = new() { Twist = new() { Linear = new() { Y = -speed }, Angular = new() { Z = -turn } } } });
                still.Update();
            }
        }

        public void TellsGripper()
        {
            joints.Take(new() { Header = new() { Stamp = clock.Now.ToRos() }, Name = ["gripper_joint"], Position = [0.08], Velocity = [0] });
            still.Update();
        }
    }

    private sealed class Watch : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
