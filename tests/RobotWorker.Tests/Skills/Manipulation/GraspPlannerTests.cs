using RobotWorker.Motion;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Tests.Skills.Manipulation;

/// <summary>Grasps from above. The bench's gripper opens 85 mm; its finger tips reach 13 mm beyond tool0.</summary>
public sealed class GraspPlannerTests
{
    private const double Support = 0.7;
    private static readonly GripperProfile Gripper = Workshop.Profile.Gripper;
    private static readonly ObjectShape Cup = new ObjectShape.Cylinder(0.025, 0.08);

    [Test]
    public void Cylinder_Upright_IsGraspedFromAllRound()
    {
        var grasps = GraspPlanner.TopDown(Cup, Workshop.At(0.5, 0.1, Support + 0.04), Support, Gripper);

        Assert.That(grasps.Select(Heading).Distinct().Count(), Is.EqualTo(16));
        Assert.That(grasps.Select(g => g.Width), Has.All.EqualTo(0.05).Within(1e-9));
        Assert.That(grasps.Select(g => g.Tool.Position), Has.All.EqualTo(new Vec3(0.5, 0.1, Support + 0.04)));
        Assert.That(Math.Abs(grasps[0].Tool.Rotation.Rotate(Vec3.UnitY).Y), Is.EqualTo(1).Within(1e-9), "across the robot's front first");
    }

    [TestCase(0.08, TestName = "ToolFromUpright_ATallOne_IsHeldInTheMiddle")]
    [TestCase(0.01, TestName = "ToolFromUpright_AFlatOne_HangsBelowTheTool")]
    public void ToolFromUpright(double height)
    {
        var disc = new ObjectShape.Cylinder(0.025, height);
        var standing = Workshop.At(0.5, 0.1, Support + (height / 2));
        var grasp = GraspPlanner.TopDown(disc, standing, Support, Gripper)[0];

        Assert.That((grasp.Tool.Inverse() * standing).Position.Z, Is.EqualTo(GraspPlanner.ToolFromUpright(disc, Gripper).Position.Z).Within(1e-9));
    }

    [Test]
    public void Cylinder_Lying_IsGraspedAcrossItsAxisOnly()
    {
        var axis = Quat.FromYaw(0.4).Rotate(Vec3.UnitX);
        var lying = Quat.FromAxisAngle(Vec3.UnitZ.Cross(axis), Math.PI / 2);
        var grasps = GraspPlanner.TopDown(Cup, new(new(0.5, 0, Support + 0.025), lying), Support, Gripper);

        Assert.That(grasps, Has.Length.EqualTo(2));
        Assert.That(grasps.Select(g => g.Tool.Rotation.Rotate(Vec3.UnitY).Dot(axis)), Has.All.EqualTo(0).Within(1e-9));
    }

    [Test]
    public void Box_IsGraspedByItsNarrowSideFirst()
    {
        var grasps = GraspPlanner.TopDown(new ObjectShape.Box(0.06, 0.04, 0.05), new(new(0.5, 0, Support + 0.025), Quat.FromYaw(0.3)), Support, Gripper);

        Assert.That(grasps.Select(g => g.Width), Is.EqualTo([0.04, 0.04, 0.06, 0.06]));
        var narrow = Quat.FromYaw(0.3).Rotate(Vec3.UnitY);
        Assert.That(Math.Abs(grasps[0].Tool.Rotation.Rotate(Vec3.UnitY).Dot(narrow)), Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Box_OneSideTooWide_IsGraspedByTheOther()
    {
        var grasps = GraspPlanner.TopDown(new ObjectShape.Box(0.20, 0.05, 0.05), Workshop.At(0.5, 0, Support + 0.025), Support, Gripper);

        Assert.That(grasps.Select(g => g.Width), Is.EqualTo([0.05, 0.05]));
    }

    [TestCase(0.072, true)]
    [TestCase(0.074, false)]
    public void TooWide_WithSixMillimetresToSpareOnEachSide_HasNoGrasp(double diameter, bool grasped)
    {
        var grasps = GraspPlanner.TopDown(new ObjectShape.Cylinder(diameter / 2, 0.08), Workshop.At(0.5, 0, Support + 0.04), Support, Gripper);

        Assert.That(grasps.Any(), Is.EqualTo(grasped));
    }

    [TestCase(0.005)]
    [TestCase(0.02)]
    [TestCase(0.08)]
    public void FingerTips_StayAboveTheSupport(double height)
    {
        var grasps = GraspPlanner.TopDown(new ObjectShape.Box(0.04, 0.04, height), Workshop.At(0.5, 0, Support + (height / 2)), Support, Gripper);

        Assert.That(grasps.Select(g => g.Tool.Apply(new(0, 0, Gripper.FingerReach)).Z), Has.All.GreaterThanOrEqualTo(Support + 0.005));
    }

    [Test]
    public void PointingDown_LooksDownWithYAlongTheOpening([Values(0, 0.7, 2.1, -3)] double yaw)
    {
        var opening = Quat.FromYaw(yaw).Rotate(Vec3.UnitX);
        var rotation = GraspPlanner.PointingDown(opening + new Vec3(0, 0, 0.5));

        Assert.That((rotation.Rotate(Vec3.UnitZ) + Vec3.UnitZ).Length, Is.LessThan(1e-9));
        Assert.That((rotation.Rotate(Vec3.UnitY) - opening).Length, Is.LessThan(1e-9));
        Assert.That((rotation.Rotate(Vec3.UnitX) - rotation.Rotate(Vec3.UnitY).Cross(rotation.Rotate(Vec3.UnitZ))).Length, Is.LessThan(1e-9), "right-handed");
    }

    private static double Heading(Grasp grasp)
    {
        var y = grasp.Tool.Rotation.Rotate(Vec3.UnitY);
        return Math.Round(Math.Atan2(y.Y, y.X), 6);
    }
}
