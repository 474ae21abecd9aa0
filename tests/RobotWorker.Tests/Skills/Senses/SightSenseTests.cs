using RobotWorker.Chance;
using RobotWorker.Faults;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Skills.Senses;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class SightSenseTests
{
    private readonly List<Sample> samples = [];
    private SightSense sense = null!;
    private JointState joints = new();

    [SetUp]
    public void Begin()
    {
        samples.Clear();
        sense = new(samples.Add);
        joints = new() { Velocity = [0, 0.001] };
    }

    [Test]
    public void StandingRobot_WhatItSeesScatters()
    {
        See(1.0, ("cup/red", 1.000), ("can/green", 2));
        See(1.1, ("cup/red", 1.004), ("can/green", 2.001));

        Assert.That(Of("camera.change"), Is.EqualTo([0.004]).Within(1e-9), "the farthest");
        Assert.That(Of("camera.scatter"), Is.EqualTo([0.001]).Within(1e-9), "the median, of two the lower one");
        Assert.That(Of("camera.still").Last(), Is.EqualTo(1));
    }

    [Test]
    public void ArmMoves_TheCameraStands_AndOnlySeveralThingsTellOfIt()
    {
        sense.Take(new RobotWorker.Ros.Messages.ControlMsgs.JointTrajectoryControllerState { JointNames = ["arm_joint_1"] });
        joints = new() { Name = ["arm_joint_1", "head_pan_joint"], Velocity = [0.5, 0] };
        See(1.0, ("cup/red", 1), ("can/green", 2));
        See(1.1, ("cup/red", 1.06), ("can/green", 2.002));
        See(1.2, ("cup/red", 1.12));

        Assert.That(Of("camera.scatter"), Is.EqualTo([0.002]).Within(1e-9), "the hand carries the cup; alone it would tell nothing of the camera");
        Assert.That(Of("camera.still").Skip(1), Has.All.EqualTo(1), "what the arm does need not be in the picture");
    }

    [Test]
    public void AThingThatIsNotThere_ScattersNoFartherThanOneThatIsBadlySeen()
    {
        See(1.0, ("cup/red", 1));
        See(1.1, ("cup/red", 3));

        Assert.That(Of("camera.scatter"), Is.EqualTo([0.12]).Within(1e-9));
    }

    [Test]
    public void AnotherThingIsTakenForItOnce_ItScattersOnce()
    {
        foreach (var (at, z) in new[] { (1.0, 1), (1.1, 1.001), (1.2, 3), (1.3, 1.002), (1.4, 1.003) }) See(at, ("cup/red", z));

        Assert.That(Of("camera.change"), Is.EqualTo([0.001, 1.999, 1.998, 0.001]).Within(1e-9));
        Assert.That(Of("camera.scatter"), Is.EqualTo([0.001, 0.12, 0.001, 0.001]).Within(1e-9));
    }

    // A detector that overlooks the cup in one picture of twenty, and of ten times takes another thing for it once: ten minutes of a lone cup, and of one that is badly seen.
    [TestCase(0.005, 0, TestName = "LoneThing_TenMinutesOfAnHonestDetector_NoFault")]
    [TestCase(0.01, 0, TestName = "LoneThing_TenMinutesAtTwiceTheNoise_NoFault")]
    [TestCase(0.03, 1, TestName = "LoneThing_BadlySeen_IsAFault")]
    public void LoneThing(double sigma, int least)
    {
        var notes = new List<FaultNote>();
        using var monitor = new FaultMonitor(Porter.Faults, TimeProvider.System, NoFaultListener.Instance, notes.Add);
        sense = new(monitor.Take);
        var chance = RandomStream.For(1, "lone thing", "detector");
        for (var i = 0; i < 6000; i++)
        {
            var seen = chance.NextDouble() >= 0.05 ? 1 + chance.Normal(1.7 * sigma) : chance.NextDouble() < 0.1 ? 3 : double.NaN;
            See(i / 10.0, double.IsNaN(seen) ? [] : [("cup/red", seen)]);
        }

        var found = notes.Count(n => n.Code == "CAMERA_NOISY" && n.Stage == FaultStage.Confirmed);
        Assert.That(found, least == 0 ? Is.Zero : Is.AtLeast(least));
    }

    [Test]
    public void HeadTurns_WhatItSeesMoves_AndDoesNotScatter()
    {
        See(1.0, ("cup/red", 1));
        joints = new() { Velocity = [0, 0.5] };
        See(1.1, ("cup/red", 1.05));
        See(1.2, ("cup/red", 1.05));

        Assert.That(Of("camera.change"), Is.EqualTo([0.05, 0]).Within(1e-9), "the second time it is the same picture");
        Assert.That(Of("camera.scatter"), Is.Empty);
        Assert.That(Of("camera.still"), Is.EqualTo([1.0, 1, 0]), "it had only begun to turn: the first two pictures need not differ");
    }

    [Test]
    public void GapOnTheWire_OrAnotherThing_SaysNothing()
    {
        See(1.0, ("cup/red", 1));
        See(3.0, ("cup/red", 2));
        See(3.1, ("cup/blue", 1));

        Assert.That(Of("camera.change"), Is.Empty);
    }

    [Test]
    public void WhatIsKnownOfTheJointsIsOfAnotherTime_SaysNothingOfThePicture()
    {
        joints = new() { Velocity = [0, 0.5] };
        See(1.0, ("cup/red", 1));
        See(1.1, ("cup/red", 1.05));
        // A wire that was blocked lets go of its pictures before it tells of the joints.
        SeeAlone(1.4, ("cup/red", 1.2));
        SeeAlone(1.5, ("cup/red", 1.2));
        SeeAlone(1.6, ("cup/red", 1.2));

        Assert.That(Of("camera.still").Skip(2), Is.EqualTo([1.0, 1, 1]));
        Assert.That(Of("camera.scatter"), Is.Empty);
    }

    private void See(double at, params (string Class, double Z)[] seen)
    {
        var header = new RobotWorker.Ros.Messages.StdMsgs.Header { Stamp = Workshop.Seconds(at).ToRos() };
        sense.Take(new RobotWorker.Ros.Messages.NavMsgs.Odometry { Header = header });
        sense.Take(joints with { Header = header });
        SeeAlone(at, seen);
    }

    private void SeeAlone(double at, params (string Class, double Z)[] seen) => sense.Take(new Detection3DArray
    {
        Header = new() { Stamp = Workshop.Seconds(at).ToRos() },
        Detections =
        [
            .. seen.Select(s => new Detection3D { Results = [new() { Hypothesis = new() { ClassId = s.Class }, Pose = new() { Pose = new() { Position = new() { Z = s.Z } } } }] }),
        ],
    });

    private List<double> Of(string signal) => [.. samples.Where(s => s.Signal == signal).Select(s => s.Value)];
}
