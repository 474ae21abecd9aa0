using RobotWorker.Ros.Actions;
using RobotWorker.Tests.Sim.Node;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

public sealed class PlaceFaultTests
{
    [Test]
    public void Localization_OfAWholeRobot_IsWithinMillimetresAndWandersSlowly() => Rig.Run(async rig =>
    {
        var (ear, off) = (new Ear(rig), new List<double>());
        rig.Robot.PhysicsStepped += (_, world) =>
        {
            if (ear.All("localization.x").Count > 0) off.Add(ear["localization.x"] - world.Base.Pose.X);
        };
        await rig.Wait(30);

        Assert.That(Math.Sqrt(off.Average(e => e * e)), Is.InRange(0.0003, 0.005));
        Assert.That(ear.All("localization.deviation"), Is.All.InRange(0.002, 0.01));
        Assert.That(ear.All("localization.deviation"), Is.Unique);
        Assert.That(ear.All("localization.x").Zip(ear.All("localization.x").Skip(1), (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(0.003));
    });

    [Test]
    public void LocalizationLost_CovarianceGrowsToMetres_AndItFindsBack() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("LOCALIZATION_LOST", seconds: 5);
        await rig.Wait(4.9);

        Assert.That(ear["localization.deviation"], Is.GreaterThan(1));
        Assert.That(Off(rig, ear), Is.GreaterThan(0.1));
        await rig.Wait(4);
        Assert.That((ear["localization.deviation"] < 0.01, Off(rig, ear) < 0.02), Is.EqualTo((true, true)));
    });

    [Test]
    public void LocalizationJump_ThePoseJumpsAndOdometryDoesNot() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(1);
        var (x, y) = (ear["odometry.x"], ear["odometry.y"]);
        rig.Break("LOCALIZATION_JUMP", seconds: 2);
        await rig.Wait(0.3);

        Assert.That(Off(rig, ear), Is.EqualTo(0.4).Within(0.02));
        Assert.That(ear["localization.deviation"], Is.LessThan(0.01), "it is sure of itself");
        Assert.That(Math.Abs(ear["odometry.x"] - x) + Math.Abs(ear["odometry.y"] - y), Is.LessThan(0.005));
        await rig.Wait(3);
        Assert.That(Off(rig, ear), Is.LessThan(0.02), "it ends");
    });

    [Test]
    public void LocalizationJump_TheRobotDrivesToTheWrongPlace() => Rig.Run(async rig =>
    {
        rig.Break("LOCALIZATION_JUMP");
        await rig.Wait(0.3);
        var outcome = await rig.Navigate(-0.2, -0.6, 1.57).Completion;

        Assert.That(outcome.State, Is.EqualTo(GoalState.Succeeded));
        Assert.That(Math.Sqrt(Math.Pow(rig.World.Base.Pose.X + 0.2, 2) + Math.Pow(rig.World.Base.Pose.Y + 0.6, 2)), Is.EqualTo(0.4).Within(0.03));
    });

    [Test]
    public void OdometrySilent_NoOdometryNoTransform_AndNobodyDrives() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var goal = rig.Navigate(1.23, 0.35, 0);
        await rig.Wait(1);
        rig.Break("ODOMETRY_SILENT");
        await rig.Wait(0.05);
        ear.Forget();
        await rig.Wait(1);

        Assert.That((ear.Heard("odometry"), ear.Heard("joints") > 40), Is.EqualTo((0, true)));
        Assert.That(ear.Frames, Does.Not.Contain("base_link").And.Contain("odom").And.Contain("arm_link_1"));
        Assert.That((goal.State, (int)(await rig.Navigate(1.23, 0.35, 0).Completion).Result!.ErrorCode), Is.EqualTo((GoalState.Aborted, 9002)));
        Assert.That(rig.World.Base.Velocity.Speed, Is.LessThan(0.01));
    });

    [Test]
    public void OdometryDrift_CountsHalfAsMuchAgain() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(0.1);
        var (said, truly) = (ear["odometry.y"], rig.World.Base.Pose.Y);
        rig.Break("ODOMETRY_DRIFT");
        await rig.Navigate(0, 0.2, 1.57).Completion;
        await rig.Wait(0.5);

        Assert.That((ear["odometry.y"] - said) / (rig.World.Base.Pose.Y - truly), Is.EqualTo(1.5).Within(0.1));
    });

    [Test]
    public void JointsSilent_NoJointStates_NorTheirTransforms() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        rig.Break("JOINTS_SILENT", seconds: 1);
        await rig.Wait(0.05);
        ear.Forget();
        await rig.Wait(0.8);

        Assert.That((ear.Heard("joints"), ear.Heard("odometry") > 35, ear.Heard("controller_state") > 35), Is.EqualTo((0, true, true)));
        Assert.That(ear.Frames, Is.EquivalentTo(["odom", "base_link"]));
        await rig.Wait(0.5);
        Assert.That(ear.Heard("joints"), Is.GreaterThan(10), "it ends");
    });

    [Test]
    public void ClockJump_AllStampsJump_AndBack() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        await rig.Wait(6);
        rig.Break("CLOCK_JUMP", seconds: 1);
        await rig.Wait(0.5);

        Assert.That(ear["clock"], Is.EqualTo(6.5 - 5).Within(0.03));
        Assert.That((ear["tf.stamp"], ear["camera.stamp"]), Is.EqualTo((1.5, 1.5)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.1 && Math.Abs(a.Item2 - b.Item2) < 0.15));
        Assert.That(rig.Robot.Now.Seconds, Is.EqualTo(6.5).Within(0.03), "simulated time goes on");
        await rig.Wait(1);
        Assert.That(ear["clock"], Is.EqualTo(7.5).Within(0.03));
    });

    private static double Off(Rig rig, Ear ear) =>
        Math.Sqrt(Math.Pow(ear["localization.x"] - rig.World.Base.Pose.X, 2) + Math.Pow(ear["localization.y"] - rig.World.Base.Pose.Y, 2));
}
