using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.NavMsgs;
using RobotWorker.Skills.Senses;
using Pose = RobotWorker.Motion.Pose;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class DriftSenseTests
{
    private readonly List<Sample> samples = [];

    [SetUp]
    public void Clear() => samples.Clear();

    [Test]
    public void LocalisationAndOdometryAgree_WhereverTheirOriginsAre()
    {
        Drive(map: x => Pose.Planar(3, 1 + x, Math.PI / 2), odom: x => Pose.Planar(x, 0, 0));

        Assert.That(Of("localization.slip"), Is.All.EqualTo(0).Within(1e-9));
        Assert.That(Of("localization.jump"), Has.Count.GreaterThan(5).And.All.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void WheelsSlip_OdometryGoesFartherThanLocalisation()
    {
        Drive(map: x => Pose.Planar(0.3 * x, 0, 0), odom: x => Pose.Planar(x, 0, 0));

        Assert.That(Of("localization.slip"), Is.All.EqualTo(0.7 * 0.05).Within(1e-9), "of 5 cm between two poses");
    }

    [Test]
    public void PoseJumps_WhileOdometryGoesOn()
    {
        Drive(map: x => Pose.Planar(x, x > 0.31 ? 0.4 : 0, 0), odom: x => Pose.Planar(x, 0, 0));

        Assert.That(Of("localization.jump").Count(jump => jump > 0.3), Is.EqualTo(1));
        Assert.That(Of("localization.offset").Last(), Is.EqualTo(0.4).Within(1e-9), "it has not taken that back");
    }

    [Test]
    public void PoseThatJumpsBack_IsWhereItWas()
    {
        Drive(map: x => Pose.Planar(x, x is > 0.21 and < 0.36 ? 0.4 : 0, 0), odom: x => Pose.Planar(x, 0, 0));

        Assert.That(Of("localization.offset").Max(), Is.EqualTo(0.4).Within(1e-9));
        Assert.That(Of("localization.offset").Last(), Is.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void LocalisationThatWasLost_AndIsFound_OwesNoJump()
    {
        var sense = new DriftSense(samples.Add);
        for (var i = 0; i < 40; i++)
        {
            sense.Take(Odometry(i * 0.05, Pose.Identity));
            if (i % 2 == 0) sense.Take(Located(i * 0.05, Pose.Planar(i is > 10 ? 0.7 : 0, 0, 0), deviation: i is > 8 and < 20 ? 0.5 : 0.01));
        }

        Assert.That(Of("localization.offset").Max(), Is.EqualTo(0.7).Within(1e-9));
        Assert.That(Of("localization.offset").Last(), Is.Zero);
    }

    [Test]
    public void PoseOfAnInstantBetweenTwoOdometries_IsComparedWithWhatLiesBetween_OneOfNone_WithNothing()
    {
        var sense = new DriftSense(samples.Add);
        for (var i = 0; i < 20; i++) sense.Take(Odometry(i * 0.02, Pose.Planar(i * 0.01, 0, 0)));
        sense.Take(Located(0.11, Pose.Planar(0.055, 0, 0)));
        sense.Take(Located(0.21, Pose.Planar(0.105, 0, 0)));
        Assert.That(Of("localization.slip"), Is.All.EqualTo(0).Within(1e-9).And.Exactly(1).Items);
        sense.Take(Located(0.5, Pose.Planar(0.2, 0, 0)));

        Assert.That(Of("localization.slip"), Has.Count.EqualTo(1), "no odometry is as new as that pose");
    }

    // At half its rate odometry is never as new as the pose that has just come.
    [Test]
    public void PoseThatIsNewerThanAllOdometry_WaitsForTheNext()
    {
        var sense = new DriftSense(samples.Add);
        for (var i = 0; i < 20; i++)
        {
            sense.Take(Odometry(i * 0.04, Pose.Planar(i * 0.02, 0, 0)));
            if (i % 5 == 0) sense.Take(Located((i * 0.04) + 0.01, Pose.Planar((i * 0.02) + 0.005 + (i > 5 ? 0.4 : 0), 0, 0)));
        }

        Assert.That(Of("localization.jump"), Is.EqualTo([0, 0.4, 0]).Within(1e-9));
    }

    [Test]
    public void GapOnTheWire_SaysNothing()
    {
        var sense = new DriftSense(samples.Add);
        foreach (var at in new[] { 0.0, 2.0 })
        {
            sense.Take(Odometry(at, Pose.Planar(at, 0, 0)));
            sense.Take(Located(at, Pose.Planar(0, 0, 0)));
        }

        Assert.That(Of("localization.slip"), Is.Empty);
    }

    [Test]
    public void Deviation_IsTheGreaterOfTheTwo()
    {
        var covariance = new double[36];
        (covariance[0], covariance[7]) = (0.04, 0.09);
        new DriftSense(samples.Add).Take(new PoseWithCovarianceStamped { Pose = new() { Covariance = [.. covariance] } });

        Assert.That(Of("localization.deviation"), Is.EqualTo([0.3]).Within(1e-12));
    }

    // Half a metre a second for a second: odometry at 50 Hz, poses at 10 Hz.
    private void Drive(Func<double, Pose> map, Func<double, Pose> odom)
    {
        var sense = new DriftSense(samples.Add);
        for (var i = 0; i < 50; i++)
        {
            sense.Take(Odometry(i * 0.02, odom(i * 0.01)));
            if (i % 5 == 0) sense.Take(Located(i * 0.02, map(i * 0.01)));
        }
    }

    private List<double> Of(string signal) => [.. samples.Where(s => s.Signal == signal).Select(s => s.Value)];

    private static Odometry Odometry(double at, Pose pose) => new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() }, Pose = new() { Pose = pose.ToRos() } };

    private static PoseWithCovarianceStamped Located(double at, Pose pose, double deviation = 0)
    {
        var covariance = new double[36];
        (covariance[0], covariance[7]) = (deviation * deviation, deviation * deviation);
        return new() { Header = new() { Stamp = Workshop.Seconds(at).ToRos() }, Pose = new() { Pose = pose.ToRos(), Covariance = [.. covariance] } };
    }
}
