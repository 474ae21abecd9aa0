using CsCheck;
using RobotWorker.Motion;
using RobotWorker.Sim.Controllers.Head;

namespace RobotWorker.Tests.Sim.Controllers;

public class HeadAimTests
{
    // Pan about z, tilt about y (down is positive), a camera 5 cm before and 8 cm above the joints.
    private static Pose Camera(double pan, double tilt) =>
        new Pose(new(0.1, 0, 1.2), Quat.FromYaw(pan)) * new Pose(Vec3.Zero, Quat.FromAxisAngle(Vec3.UnitY, tilt))
        * new Pose(new(0.05, 0.02, 0.08), Quat.FromRpy(-Math.PI / 2, 0, -Math.PI / 2));

    [Test]
    public void Solve_AnyPointInReach_IsOnTheAxis() =>
        Gen.Select(Gen.Double[0.4, 3], Gen.Double[-2.0, 2.0], Gen.Double[0, 1.5]).Sample((far, side, height) =>
            HeadAim.Solve(Camera, new(far * Math.Cos(side), far * Math.Sin(side), height), (0, 0), (-2.8, 2.8), (-1.2, 1.4)).Error < 1e-3);

    [Test]
    public void Solve_BehindTheLimits_ComesAsNearAsItMay()
    {
        var aim = HeadAim.Solve(Camera, new(-2, 0.1, 1), (0, 0), (-1.5, 1.5), (-1, 1));

        Assert.That(aim.Pan, Is.EqualTo(1.5).Within(1e-6));
        Assert.That(aim.Error, Is.GreaterThan(0.5));
    }
}
