using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Generation.Runs;
using RobotWorker.Motion;
using RobotWorker.Sim.Robots;
using RobotWorker.Skills.Profile;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Arm;

/// <summary>The arm's URDF beside its file: where its links are, for whoever plans its motion.</summary>
public sealed class ArmBodyTests
{
    private static readonly string ArmFile = Repository.PathOf("sim/robots/so101-desk.arm.yaml"), UrdfFile = Repository.PathOf("sim/robots/so101.urdf");

    private static SerialArmDescription Arm => SerialArmReader.Read(File.ReadAllText(ArmFile), ArmFile, new DiagnosticBag())!;

    private static Job Desk => JobReader.Read(Repository.PathOf("sim/tasks/blocks-to-tray.yaml"), scene: null, new DiagnosticBag())!;

    // The checked-in URDF is what sim/robots/so101.yaml gives: change one, and write the other anew.
    [Test]
    public void Urdf_IsThatOfTheSimulatedArm_AndTheArmStandsWhereTheScenePutsIt()
    {
        Assert.That(File.ReadAllText(UrdfFile).TrimEnd(), Is.EqualTo(UrdfWriter.Write(Desk.Robot)));
        Assert.That(Arm.Body!.MapFromBase.Position, Is.EqualTo(Desk.Scene.Start.ToPose().Position));
        Assert.That(Arm.Body.MapFromBase.Rotation.Rotate(Vec3.UnitX).Y, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Tool_IsWhereItsJointsPutIt()
    {
        var body = ArmBody.Read(Arm, Arm.Body!, File.ReadAllText(UrdfFile), UrdfFile, new DiagnosticBag())!;

        var turned = body.ToolInMap(joint => joint == "arm_joint_1" ? 0.5 : 0).Position - body.MapFromBase.Position;
        var straight = body.ToolInMap(_ => 0).Position - body.MapFromBase.Position;

        Assert.That(Math.Atan2(turned.Y, turned.X) - Math.Atan2(straight.Y, straight.X), Is.EqualTo(0.5).Within(0.1));
        Assert.That(turned.Z, Is.EqualTo(straight.Z).Within(1e-9));
    }

    [Test]
    public void Urdf_OfAnotherArm_IsRefusedByTheNamesThatItLacks()
    {
        var bag = new DiagnosticBag();
        const string other = """<robot name="r"><link name="base_link"/><link name="tip"/><joint name="arm_joint_1" type="fixed"><parent link="base_link"/><child link="tip"/></joint></robot>""";

        Assert.That(ArmBody.Read(Arm, Arm.Body!, other, "r.urdf", bag), Is.Null);
        Assert.That(bag.All.Select(d => d.Code), Is.All.EqualTo(Codes.UrdfUnknownName));
        Assert.That(string.Join("\n", bag.All), Does.Contain("'arm_joint_1'").And.Contain("'gripper_joint'").And.Contain("no link 'tool0'"));
    }

    // What a worker must know of the served arm is what it is told of the simulated one.
    [Test]
    public void Profile_AgreesWithTheSimulatedArm()
    {
        var file = Repository.PathOf("sim/robots/so101.profile.yaml");
        var bag = new DiagnosticBag();
        var profile = ProfileReader.Read(File.ReadAllText(file), file, bag);
        var simulated = Site.ProfileOf(Desk.Robot);

        Assert.That(profile, Is.Not.Null, string.Join("\n", bag.All));
        Assert.That(profile!.ArmJoints, Is.EqualTo(simulated.ArmJoints));
        Assert.That(profile.Postures["carry"], Is.EqualTo(simulated.Postures["carry"]));
        Assert.That((profile.Gripper, profile.Approach, profile.Scale), Is.EqualTo((simulated.Gripper, simulated.Approach, simulated.Scale)));
        Assert.That((profile.Names.CameraInfo, profile.Frames.Camera), Is.EqualTo((TaughtDetector.CameraInfoTopic, TaughtDetector.Frame)));
    }
}
