using RobotWorker.Chance;
using RobotWorker.Motion;
using RobotWorker.MuJoCo;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Tests.Sim.Physics;

public sealed class SimWorldTests
{
    [Test]
    public void ToolAndCamera_AnyPosture_AreWhereTheUrdfSays([Range(0, 9)] int draw)
    {
        using var world = Kitchen.World();
        var chance = RandomStream.For((ulong)draw, "test", "posture");
        var arm = KinematicChain.Between(Kitchen.RobotModel, "base_link", "tool0");
        var head = KinematicChain.Between(Kitchen.RobotModel, "base_link", "head_camera_optical_frame");
        double[] q = [.. arm.Joints.Select(j => chance.Uniform(j.Limits.Lower, j.Limits.Upper))];
        double[] look = [chance.Uniform(-1, 1), chance.Uniform(0, 1)];
        Joint(world, "arm_joint_1", q);
        Joint(world, "head_pan_joint", look);
        world.Data.Forward();

        var map = world.LinkPose("base_link");
        AssertSame(world.LinkPose("tool0"), map * arm.Forward(q));
        AssertSame(world.LinkPose("head_camera_optical_frame"), map * head.Forward(look));
        AssertSame(world.CameraPose("head_camera"), map * head.Forward(look));
    }

    [Test]
    public void Step_Thousandfold_AllocatesNothing()
    {
        using var world = Kitchen.World();
        world.Base.SetVelocity(0.1, 0, 0.1);
        world.Step(100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        world.Step(1000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Step_SameSeedTwice_SameBits()
    {
        var first = Run();

        Assert.That(Run(), Is.EqualTo(first));

        static double[] Run()
        {
            using var world = Kitchen.World(7);
            world.Base.SetVelocity(0.3, 0.1, 0.5);
            world.Gripper.Command(0, 30);
            world.Step(1500);
            return world.SaveState();
        }
    }

    [Test]
    public void Objects_LeftAlone_StandWhereTheyWerePut([Values(1ul, 2ul, 3ul)] ulong seed)
    {
        using var world = Kitchen.World(seed);

        world.Step(5000);

        foreach (var placed in world.Scene.Objects)
        {
            Assert.That((world.ObjectPose(placed.Name).Position - placed.Pose.Position).Length, Is.LessThan(0.001), placed.Name);
            Assert.That(world.ObjectVelocity(placed.Name).Length, Is.LessThan(0.001), placed.Name);
        }
    }

    [Test]
    public void Cup_RollsOnItsSide_StopsWithinAHandsBreadth([Values("cup_blue", "can_green")] string name)
    {
        using var world = Kitchen.World();
        var (qpos, dof) = Free(world, name);
        var size = world.Scene.Object(name)!.Object.Size;
        new[] { 0, 1.0, 0.72 + (size.X / 2), Math.Sqrt(0.5), Math.Sqrt(0.5), 0, 0 }.CopyTo(world.Data.Qpos[qpos..]);       // its axis along y
        world.Data.Qvel[dof] = 0.3;
        world.Data.Qvel[dof + 5] = -0.3 / (size.X / 2);     // about its own axis, which now points along -y: it rolls to the right

        world.Step(1000);

        Assert.That(world.ObjectVelocity(name).Length, Is.LessThan(0.005));
        Assert.That(world.ObjectPose(name).Position.X, Is.InRange(0.005, 0.12));
    }

    [Test]
    public void Cup_TiltedOnItsRim_FallsBackOrOver([Values(15, 25, 40)] int degrees)
    {
        using var world = Kitchen.World();
        var (qpos, _) = Free(world, "cup_blue");
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 360);
        new[] { 0, 1.0, 0.775, cos, sin, 0, 0 }.CopyTo(world.Data.Qpos[qpos..]);

        world.Step(1500);

        var upright = Math.Abs(world.ObjectPose("cup_blue").Rotation.Rotate(Vec3.UnitZ).Z);
        Assert.That(upright, Is.GreaterThan(0.999).Or.LessThan(0.01), "it balances on its rim");
    }

    [Test]
    public void SetVelocity_FromRest_KeepsToTheAccelerationAndReachesTheSpeed()
    {
        using var world = Kitchen.World();
        world.Base.SetVelocity(5, 0, 0);

        world.Step(125);
        Assert.That(world.Base.Velocity.X, Is.InRange(0.1, 0.8 * 0.25 * 1.05), "after 0.25 s at 0.8 m/s2");
        world.Step(500);
        Assert.That(world.Base.Velocity.X, Is.EqualTo(0.6).Within(0.01), "cut to the largest speed");
    }

    [Test]
    public void Arm_SwingsOnAStandingBase_BaseStaysWhereItIs()
    {
        using var world = Kitchen.World();
        var before = world.Base.Pose;
        world.Arm.SetTarget([1.0, -0.6, 0, -1.9, 0, 1.3, 0], new double[7]);

        world.Step(2000);

        Assert.That(new Vec3(world.Base.Pose.X - before.X, world.Base.Pose.Y - before.Y, 0).Length, Is.LessThan(0.002));
        Assert.That(world.Arm.Positions[0], Is.EqualTo(1.0).Within(0.005));
    }

    [Test]
    public void Brake_WhileDriving_StandsWithinHalfASecondAndDropsTargets()
    {
        using var world = Kitchen.World();
        world.Base.SetVelocity(0, 0, 1);
        world.Step(1000);

        world.Brake();
        world.Base.SetVelocity(0.5, 0, 0);
        world.Step(250);

        Assert.That(world.Base.Velocity.Speed, Is.LessThan(0.005));
        Assert.That(Math.Abs(world.Base.Velocity.Turn), Is.LessThan(0.01));
        world.ReleaseBrake();
        world.Step(250);
        Assert.That(world.Base.Velocity.Speed, Is.LessThan(0.005), "nothing moves until it is told to");
    }

    [Test]
    public void Head_LooksAtTheTable_ArmStowedHidesNothing([Values(1ul, 2ul, 3ul, 4ul)] ulong seed)
    {
        using var bench = new GraspBench(Kitchen.Workplace, seed);
        bench.DriveTo(Kitchen.Workplace.Scene.Place("table_side")!.At);

        foreach (var placed in bench.World.Scene.Objects)
            Assert.That(bench.World.HiddenFrom(bench.World.CameraPose("head_camera").Position, placed.Name), Is.False, placed.Name);
        Assert.That(bench.World.HiddenFrom(new(0, 1, 0.3), "cup_red"), "from under the table");
    }

    [Test]
    public void Reach_EveryPlaceWhereAnObjectMayLie_CanBeGraspedLiftedAndPulledBack()
    {
        var (scene, robot) = (Kitchen.Workplace.Scene, Kitchen.Workplace.Robot);
        var kinematics = new InverseKinematics(KinematicChain.Between(Kitchen.RobotModel, "base_link", "tool0"), new() { Posture = robot.Posture("home") });
        var toBase = scene.Place("table_side")!.At.ToPose().Inverse() * scene.Surface("table")!.Pose;
        foreach (var o in scene.Objects.Where(o => o.Type != "box"))
            foreach (var (x, y) in new[] { (o.X.Low, o.Y.Low), (o.X.Low, o.Y.High), (o.X.High, o.Y.Low), (o.X.High, o.Y.High) })
                foreach (var (up, back) in new[] { (0.0, 0.0), (0.12, 0.0), (0.12, 0.1), (0.0, 0.1) })
                {
                    var at = toBase.Apply(new(x, y - back, (o.Size.Z / 2) + 0.01 + up));
                    var target = new Pose(at, GraspBench.Down(new Vec3(at.X, at.Y, 0).Normalized()));
                    var solved = kinematics.Solve(target, robot.Posture("home").AsSpan(), RandomStream.For(1, "test", "reach"));
                    Assert.That(solved.Converged, $"{o.Name} at {x}, {y}, up {up}, back {back}");
                }
    }

    [Test]
    public void SaveState_LoadedIntoAnotherModel_ShowsTheSameWorld()
    {
        using var world = Kitchen.World();
        world.Base.SetVelocity(0.2, 0, 0);
        world.Step(500);
        using var model = MjModel.FromXml(world.Mjcf);
        using var data = new MjData(model);

        data.LoadState(world.SaveState());
        data.Kinematics();

        Assert.That(data.BodyPosition(model.Id(MjObject.Body, "base_link"))[1], Is.EqualTo(world.Base.Pose.Y).Within(1e-12));
    }

    private static (int Qpos, int Dof) Free(SimWorld world, string name)
    {
        var joint = world.Model.BodyFirstJoint(world.Model.Id(MjObject.Body, name));
        return (world.Model.JointQposAddress(joint), world.Model.JointDofAddress(joint));
    }

    private static void Joint(SimWorld world, string first, double[] values)
    {
        var address = world.Model.JointQposAddress(world.Model.Id(MjObject.Joint, first));
        values.CopyTo(world.Data.Qpos[address..]);
    }

    private static void AssertSame(Pose a, Pose b)
    {
        Assert.That((a.Position - b.Position).Length, Is.LessThan(1e-6));
        Assert.That((a.Rotation.Inverse() * b.Rotation).ToRotationVector().Length, Is.LessThan(1e-6));
    }
}
