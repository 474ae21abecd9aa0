using RobotWorker.Motion;

namespace RobotWorker.Tests.Motion;

public class KinematicChainTests
{
    private static void AreNear(Vec3 actual, Vec3 expected, double within = 1e-9) =>
        Assert.That((actual - expected).Length, Is.LessThan(within), $"{actual} is not {expected}");

    [Test]
    public void Forward_AllZero_IsTheSumOfTheLinks()
    {
        // Upright: x = 0.0825 - 0.0825 + 0.088, z = 0.333 + 0.316 + 0.384 - 0.107, tool pointing down.
        var tip = Arm.Chain.Forward([0, 0, 0, 0, 0, 0, 0]);
        AreNear(tip.Position, new(0.088, 0, 0.926));
        AreNear(tip.Rotation.Rotate(Vec3.UnitZ), new(0, 0, -1));
    }

    [Test]
    public void Forward_ElbowAtRightAngle_MatchesHandComputation()
    {
        // q4 = -pi/2 turns the forearm forward; q6 = pi/2 keeps the tool down:
        // x = 0.0825 + 0.384 + 0.088, z = 0.333 + 0.316 + 0.0825 - 0.107
        var tip = Arm.Chain.Forward([0, 0, 0, -Math.PI / 2, 0, Math.PI / 2, 0]);
        AreNear(tip.Position, new(0.5545, 0, 0.6245));
        AreNear(tip.Rotation.Rotate(Vec3.UnitZ), new(0, 0, -1));
    }

    [Test]
    public void Forward_BaseTurned_TurnsTheTip()
    {
        var tip = Arm.Chain.Forward([Math.PI / 2, 0, 0, -Math.PI / 2, 0, Math.PI / 2, 0]);
        AreNear(tip.Position, new(0, 0.5545, 0.6245));
    }

    [Test]
    public void ForwardAll_EndsAtTheTip_AndNamesEveryLink()
    {
        var all = Arm.Chain.ForwardAll(Arm.Ready.AsSpan());
        Assert.That(all.Select(l => l.Link), Is.EqualTo(new[] { "base_link", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "tool0" }));
        AreNear(all[^1].Pose.Position, Arm.Chain.Forward(Arm.Ready.AsSpan()).Position);
    }

    [Test]
    public void Jacobian_AgainstFiniteDifferences_Agrees()
    {
        var chance = Arm.Chance("jacobian");
        for (var trial = 0; trial < 50; trial++)
        {
            var q = Arm.RandomPosture(chance).ToArray();
            var jacobian = Arm.Chain.Jacobian(q);
            var at = Arm.Chain.Forward(q);
            for (var j = 0; j < q.Length; j++)
            {
                const double h = 1e-6;
                var moved = (double[])q.Clone();
                moved[j] += h;
                var tip = Arm.Chain.Forward(moved);
                AreNear(new(jacobian[0, j], jacobian[1, j], jacobian[2, j]), (tip.Position - at.Position) / h, 1e-5);
                AreNear(new(jacobian[3, j], jacobian[4, j], jacobian[5, j]), (tip.Rotation * at.Rotation.Inverse()).ToRotationVector() / h, 1e-5);
            }
        }
    }

    [Test]
    public void Between_PrismaticJoint_SlidesAlongItsAxis()
    {
        var model = Arm.Parse("""
            <robot name="lift"><link name="a"/><link name="b"/><joint name="s" type="prismatic"><parent link="a"/><child link="b"/>
            <origin xyz="1 0 0" rpy="0 1.5707963267948966 0"/><axis xyz="0 0 1"/><limit lower="0" upper="1" velocity="1" effort="1"/></joint></robot>
            """);
        var chain = KinematicChain.Between(model, "a", "b");
        AreNear(chain.Forward([0.25]).Position, new(1.25, 0, 0));
        Assert.That(chain.Jacobian([0.25])[0, 0], Is.EqualTo(1).Within(1e-9));
    }

    [TestCase("base_link", "tool1", "did you mean 'tool0'")]
    [TestCase("tool0", "base_link", "does not hang on")]
    public void Between_NoSuchWay_SaysWhy(string from, string tip, string why) =>
        Assert.That(() => KinematicChain.Between(Arm.Model, from, tip), Throws.ArgumentException.With.Message.Contains(why));

    [Test]
    public void Forward_WrongNumberOfJoints_IsRefused() =>
        Assert.That(() => Arm.Chain.Forward([0, 0]), Throws.ArgumentException.With.Message.Contains("7 moving joints"));
}
