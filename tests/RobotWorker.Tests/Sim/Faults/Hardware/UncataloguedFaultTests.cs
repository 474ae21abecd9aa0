using RobotWorker.Faults;
using RobotWorker.Motion;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.GeometryMsgs;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Ros.Messages.VisionMsgs;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Faults.Hardware;
using RobotWorker.Sim.Physics;
using RobotWorker.Tests.Sim.Node;
using Pose = RobotWorker.Motion.Pose;

namespace RobotWorker.Tests.Sim.Faults.Hardware;

/// <summary>Faults that the worker's catalogue lacks.</summary>
public sealed class UncataloguedFaultTests
{
    private static readonly string[] Names = ["GRIPPER_PADS_WORN", "ARM_JOINT_FRICTION", "CAMERA_MISALIGNED", "BASE_VEERS", "CAMERA_LATE"];

    [Test]
    public void Catalogue_LacksTheseFive_AndNoOther() =>
        Assert.That(HardwareFaults.All.Select(kind => kind.Name).Where(name => !FaultCatalogueReader.BuiltIn.ByCode.ContainsKey(name)), Is.EquivalentTo(Names));

    [Test]
    public void PadsWorn_TheCupSlips_AlthoughTheForceIsRight_AndAfterwardsTheyAreAsRoughAsBefore() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var whole = Roughness(rig);
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        await rig.Wait(0.5);
        Assert.That(Below(rig), Is.LessThan(0.01), "whole pads hold it, metres");

        rig.Break("GRIPPER_PADS_WORN");
        await rig.Until(() => Below(rig) > 0.015, 3);
        Assert.That(Below(rig), Is.InRange(0.015, 0.03), "it slips, and is still between them");
        Assert.That(ear["gripper.measured_force"], Is.EqualTo(40).Within(6));
        await rig.Wait(2);
        Assert.That(Below(rig), Is.GreaterThan(0.05), "it fell");
        Assert.That(Roughness(rig).SequenceEqual(whole), Is.False);

        rig.Repair();
        Assert.That(Roughness(rig).SequenceEqual(whole), "to the last digit");
        await rig.Grip(0.08, 40).Completion;
        await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
        await rig.Wait(2);
        Assert.That(Below(rig), Is.LessThan(0.01), "it ends");
    });

    [Test]
    public void JointFriction_TheJointLags_ItsMotorWorks_AndAfterwardsItTracksAsBefore() => Rig.Run(async rig =>
    {
        var ear = new Ear(rig);
        var whole = rig.World.Model.DofFrictionLoss.ToArray();
        var quiet = await Stretch(rig, ear);

        rig.Break("ARM_JOINT_FRICTION");
        var rubbing = await Stretch(rig, ear);
        rig.Repair();
        await rig.Wait(0.5);
        var after = await Stretch(rig, ear);

        Assert.That((quiet.Effort, rubbing.Effort), Is.EqualTo((0.0, 40.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 10 && Math.Abs(a.Item2 - b.Item2) < 10), "newton metres");
        Assert.That(rubbing.Error - quiet.Error, Is.EqualTo(40.0 / 5000).Within(0.003), "by so much a servo with a stiffness of 5000 N m a radian gives way");
        Assert.That(after.Error, Is.EqualTo(quiet.Error).Within(0.0005), "it ends");
        Assert.That(after.Effort, Is.EqualTo(quiet.Effort).Within(1));
        Assert.That(rig.World.Model.DofFrictionLoss.ToArray(), Is.EqualTo(whole));
    });

    [TestCase(0.05)]
    [TestCase(-0.2)]
    public void CameraMisaligned_WhatItSeesIsOffByTheAngle_AndNothingElseSaysSo(double angle) => Rig.Run(async rig =>
    {
        var (off, infos, frames) = (new List<double>(), new HashSet<string>(), new Ear(rig));
        await rig.Look(new(0, 0.95, 0.75)).Completion;
        await rig.Wait(0.5);
        rig.Client.Subscribe<CameraInfo>("/head_camera/camera_info", m => infos.Add($"{string.Join(',', m.K)} {m.Width} {m.Header.FrameId}"));
        rig.Client.Subscribe<Detection3DArray>("/detections", m =>
        {
            var truth = rig.World.CameraPose("head_camera").Inverse().Apply(rig.World.ObjectPose("cup_red").Position);
            foreach (var seen in m.Detections.Where(d => d.Results[0].Hypothesis.ClassId == "cup/red").Select(d => d.Results[0].Pose.Pose.Position))
                if (Math.Abs(seen.Y - truth.Y) < 0.05) off.Add(Math.Atan2(seen.X, seen.Z) - Math.Atan2(truth.X, truth.Z));
        });
        await rig.Wait(2);
        var usual = Median(off);

        rig.Break("CAMERA_MISALIGNED", null, ("angle", angle));
        await rig.Wait(0.15);
        off.Clear();
        await rig.Wait(2);
        Assert.That(Median(off), Is.EqualTo(angle).Within(0.004), "what lies ahead is seen to the right by a camera that looks to the left");
        Assert.That((rig.World.LinkPose("head_camera_optical_frame").Position - rig.World.CameraPose("head_camera").Position).Length, Is.LessThan(1e-6));

        rig.Repair();
        await rig.Wait(0.15);
        off.Clear();
        await rig.Wait(2);
        Assert.That((usual, Median(off)), Is.EqualTo((0.0, 0.0)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.002 && Math.Abs(a.Item2 - b.Item2) < 0.002), "it ends");
        Assert.That(infos, Has.Count.EqualTo(1));
        Assert.That(frames.Frames, Does.Contain("head_tilt_link"));
    });

    [Test]
    public void Veers_ForEachMetreTheBaseTurnsBySoMuch_AndOdometryDoesNotKnow() => Rig.Run(async rig =>
    {
        await rig.Wait(0.1);
        rig.Break("BASE_VEERS");
        var right = await Drive(rig, -0.3, seconds: 2);
        var left = await Drive(rig, 0.3, seconds: 2);
        rig.Repair();
        var straight = await Drive(rig, -0.3, seconds: 2);

        Assert.That((right.Metres, left.Metres, straight.Metres), Is.EqualTo((0.55, 0.55, 0.55)).Using<(double, double, double)>(
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.1 && Math.Abs(a.Item2 - b.Item2) < 0.1 && Math.Abs(a.Item3 - b.Item3) < 0.1));
        Assert.That(right.Turned / right.Metres, Is.EqualTo(-0.15).Within(0.02));
        Assert.That(left.Turned / left.Metres, Is.EqualTo(0.15).Within(0.02));
        Assert.That(new[] { right.Counted, left.Counted, straight.Counted, straight.Turned }, Is.All.InRange(-0.012, 0.012), "by odometry, and truly when it ended");
    });

    [Test]
    public void CameraLate_PicturesComeLaterWithTheStampOfWhenTheyWereTaken() => Rig.Run(async rig =>
    {
        await rig.Look(new(0, 0.95, 0.75)).Completion;
        await rig.Wait(0.3);
        var (late, stamps, x) = (new List<double>(), new List<double>(), new List<double>());
        rig.Client.Subscribe<Detection3DArray>("/detections", m =>
        {
            stamps.Add(m.Header.Stamp.Nanoseconds / 1e9);
            late.Add(rig.Robot.Now.Seconds - stamps[^1]);
            x.AddRange(m.Detections.Where(d => d.Results[0].Hypothesis.ClassId == "cup/red").Select(d => d.Results[0].Pose.Pose.Position.X));
        });
        await rig.Wait(1);
        Assert.That(late, Is.All.InRange(0, 0.03));
        var before = Median(x);
        late.Clear();

        rig.Break("CAMERA_LATE");
        await rig.Wait(0.05);
        late.Clear();
        await rig.Wait(0.5);
        Assert.That(late, Is.Empty, "the first is still on its way");
        await rig.Wait(2);
        Assert.That(late, Is.All.InRange(0.58, 0.63));
        Assert.That(late, Has.Count.InRange(18, 21));

        var cup = rig.World.ObjectPose("cup_red");
        rig.Put("cup_red", new(cup.Position + new Vec3(0.1, 0, 0), cup.Rotation));
        x.Clear();
        await rig.Wait(0.5);
        Assert.That(Median(x), Is.EqualTo(before).Within(0.02), "where it was");
        await rig.Wait(0.3);
        x.Clear();
        await rig.Wait(1);
        Assert.That(Median(x), Is.EqualTo(before + 0.1).Within(0.03), "where it has been put");

        rig.Repair();
        await rig.Wait(0.05);
        late.Clear();
        await rig.Wait(1);
        Assert.That(late, Is.All.InRange(0, 0.03), "it ends");
        Assert.That(stamps, Is.Ordered.Ascending.And.Unique);
    });

    [Test]
    public void WithTheNumbersOfAWholeRobot_NotABitIsOther()
    {
        static string Story(bool broken) => Rig.Run(async rig =>
        {
            if (broken)
            {
                rig.Break("GRIPPER_PADS_WORN", null, ("share", 1));
                rig.Break("ARM_JOINT_FRICTION", null, ("torque", 0));
                rig.Break("CAMERA_MISALIGNED", null, ("angle", 0));
                rig.Break("BASE_VEERS", null, ("rate", 0));
            }

            await rig.Navigate(0, 0.1, 1.57).Completion;
            await ArmAndGripperTests.GripInTheAir(rig, "cup_red", 40);
            return rig.Hash;
        });

        Assert.That(Story(broken: true), Is.EqualTo(Story(broken: false)));
    }

    [Test]
    public void TwoOfAKind_TheWorseCounts_AndAnglesAddUp()
    {
        static Impairment Both(string name, string parameter, double one, double other)
        {
            var fault = HardwareFault.Standard(name, FaultTrigger.AtOnce, null);
            return fault.With(parameter, other).On(fault.With(parameter, one).On(Impairment.None));
        }

        Assert.That(Both("GRIPPER_PADS_WORN", "share", 0.1, 0.3).PadFriction, Is.EqualTo(0.1));
        Assert.That(Both("ARM_JOINT_FRICTION", "torque", 40, 20).Joint(2).Friction, Is.EqualTo(40));
        Assert.That(Both("CAMERA_MISALIGNED", "angle", 0.1, -0.3).CameraAngle, Is.EqualTo(-0.2).Within(1e-12));
        Assert.That(Both("BASE_VEERS", "rate", 0.1, 0.2).BaseVeer, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(Both("CAMERA_LATE", "seconds", 0.5, 0.2).CameraDelay, Is.EqualTo(0.5));
    }

    private static double Below(Rig rig) => rig.World.LinkPose("tool0").Position.Z - rig.World.ObjectPose("cup_red").Position.Z;

    private static double[] Roughness(Rig rig) =>
        [.. Enumerable.Range(0, rig.World.Model.Ngeom).SelectMany(geom => rig.World.Model.GeomFriction(geom).ToArray().Append(rig.World.Model.GeomPriority[geom]))];

    /// <summary>What joint 2 lags on the mean of a slow motion forward, radians, and the most that its servo does, newton metres.</summary>
    private static async Task<(double Error, double Effort)> Stretch(Rig rig, Ear ear)
    {
        await rig.Follow(rig.World.Robot.Posture("home"), 3).Completion;
        ear.Forget();
        await rig.Follow([0, 0.6, 0, -1.2, 0, 1.8, 0], 6).Completion;
        return (ear.All("arm_joint_2.error").Average(), ear.All("arm_joint_2.effort").Max(Math.Abs));
    }

    /// <summary>To the left by hand, so many metres a second.</summary>
    private static async Task<(double Metres, double Turned, double Counted)> Drive(Rig rig, double speed, double seconds)
    {
        var (from, counted) = (rig.World.Base.Pose, Yaw(rig));
        var hand = rig.Client.Advertise<Twist>("/cmd_vel");
        for (var done = 0.0; done < seconds; done += 0.1)
        {
            hand.Publish(new() { Linear = new() { Y = speed } });
            await rig.Wait(0.1);
        }
        hand.Publish(new());
        await rig.Wait(0.6);
        var to = rig.World.Base.Pose;
        return (Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)), to.Yaw - from.Yaw, Angle.Wrap(Yaw(rig) - counted));
    }

    private static double Yaw(Rig rig) => 2 * Math.Atan2(rig.Odometry.Pose.Pose.Orientation.Z, rig.Odometry.Pose.Pose.Orientation.W);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
