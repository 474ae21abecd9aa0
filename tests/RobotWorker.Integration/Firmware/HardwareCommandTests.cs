using RobotWorker.Diagnostics;
using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Feetech;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

/// <summary>What a person types in the first hour, on emulated servos behind a port.</summary>
[TestFixture]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class HardwareCommandTests
{
    private const string File = "sim/robots/so101.arm.yaml";

    private ServoBench servos = null!;
    private RigidServoPlant joints = null!;
    private ServoTerminal terminal = null!;

    [SetUp]
    public void Plug()
    {
        (servos, joints) = EmulatedArm.Of(So101.Arm);
        terminal = new(servos, TimeProvider.System);
    }

    [TearDown]
    public void Unplug() => terminal.Dispose();

    [Test]
    public void Scan_FindsAllSix()
    {
        var result = Run("serial", "scan", terminal.Port, "--make", "feetech");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(6).And.All.Contains("STS3215").And.All.Contains("position  no fault"));
    }

    // A servo that has let go of its load by itself says so, and what helps.
    [Test]
    public void ServoThatProtectsItself_IsNamedByScanMonitorAndStatus_AndForgetsWhenItIsTold()
    {
        // Hot enough for as long as it takes to ask three times.
        terminal.Between(() => servos.SetCelsius(3, 95));

        var scan = Run("serial", "scan", terminal.Port, "--make", "feetech").Output;
        var monitor = Peer.Run(Peer.Require("timeout", "GNU coreutils"), ["--signal=INT", "--preserve-status", "4", RobotWorkerCommand.Host, RobotWorkerCommand.Program, "serial", "monitor", File, "--port", terminal.Port], Repository.Root);
        var status = Run("arm", "status", File, "--port", terminal.Port).Output;
        terminal.Between(() => servos.SetCelsius(3, 30));
        var clear = Run("arm", "clear", File, "elbow_flex", "--port", terminal.Port);
        var reboot = Run("serial", "reboot", terminal.Port, "3");

        Assert.That(scan, Does.Contain("Overheat").And.Contain("servo 3 protects itself").And.Contain($"serial reboot {terminal.Port} 3"));
        Assert.That(monitor.ExitCode, Is.EqualTo(130), monitor.Errors);
        Assert.That(monitor.Output, Does.Contain("elbow_flex protects itself").And.Contain("arm clear FILE elbow_flex"));
        Assert.That(status.Split('\n').Single(line => line.StartsWith("elbow_flex ", StringComparison.Ordinal) && !line.Contains("protects", StringComparison.Ordinal)), Does.EndWith("Overheat"));
        Assert.That(status, Does.Contain("elbow_flex protects itself").And.Contain("arm clear FILE elbow_flex"));
        Assert.That((clear.ExitCode, reboot.ExitCode), Is.EqualTo((0, 0)), clear.Errors + reboot.Errors);
        Assert.That(Run("arm", "status", File, "--port", terminal.Port).Output, Does.Not.Contain("Overheat"));
    }

    [Test]
    public void Clear_OfNoJoint_SaysWhichThereAre()
    {
        var result = Run("arm", "clear", File, "tail", "--port", terminal.Port);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Errors);
        Assert.That(result.Errors, Does.Contain("has no joint 'tail'").And.Contain("Nothing was cleared"));
    }

    [Test]
    public void Jog_MovesOneJoint_AndTheArmHolds_UntilItIsReleased()
    {
        Assert.That(Run("arm", "jog", File, "shoulder_pan", "20", "--port", terminal.Port).ExitCode, Is.Zero);

        var status = Run("arm", "status", File, "--port", terminal.Port).Output;
        Assert.That(joints.Positions[0], Is.EqualTo(20 * Math.PI / 180).Within(0.03));
        Assert.That(status.Split('\n').Count(line => line.Contains(" on ", StringComparison.Ordinal) && line.Contains("no fault", StringComparison.Ordinal)), Is.EqualTo(6), status);

        Assert.That(Run("arm", "release", File, "--port", terminal.Port).ExitCode, Is.Zero);
        Assert.That(Run("arm", "status", File, "--port", terminal.Port).Output.Split('\n').Count(line => line.Contains(" off ", StringComparison.Ordinal)), Is.EqualTo(6));
    }

    [Test]
    public void Park_GoesWhereItCanLie_AndLetsGo()
    {
        var result = Run("arm", "park", File, "--release", "--port", terminal.Port);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(joints.Positions.ToArray().Take(5), Is.EqualTo(So101.Arm.Park).Within(0.1));
        Assert.That(servos.Register(2, StsRegisters.Torque), Is.Zero);
    }

    [Test]
    public void Supply_TooLow_IsSaid_AndNothingIsSwitchedOn()
    {
        servos.SupplyVolts = 3.5;

        Assert.That(Run("arm", "jog", File, "shoulder_pan", "20", "--port", terminal.Port).Errors, Does.Contain("has 3.5 V, and is to have 4.0 to 13.5 V").And.Contain("Nothing was switched on"));
        Assert.That(Run("arm", "status", File, "--port", terminal.Port).Output, Does.Contain("look at the power supply"));
        Assert.That(servos.Register(1, StsRegisters.Torque), Is.Zero);
    }

    [TestCase(new[] { "arm", "jog", File, "tail", "20" }, 2, "has no joint 'tail'")]
    [TestCase(new[] { "arm", "jog", File, "shoulder_pan", "200" }, 2, "its range is")]
    public void Jog_WhatCannotBe_MovesNothing(string[] command, int code, string says)
    {
        var result = Run([.. command, "--port", terminal.Port]);

        Assert.That(result.ExitCode, Is.EqualTo(code), result.Errors);
        Assert.That(result.Errors, Does.Contain(says).And.Contain("Nothing was moved"));
        Assert.That(servos.Register(1, StsRegisters.Torque), Is.Zero);
    }

    [Test]
    public void Teach_AThingBetweenThePads_PrintsWhereItStands()
    {
        var result = Run("arm", "teach", "sim/robots/so101-desk.arm.yaml", "block_red", "--class", "box/red", "--size", "0.03", "0.03", "0.04", "--port", terminal.Port);
        var without = Run("arm", "teach", "sim/robots/so101-desk.arm.yaml", "block_red", "--class", "box/red", "--port", terminal.Port);
        var bag = new DiagnosticBag();
        var places = TaughtPlacesReader.Read($"taught: robotworker/v1\nobjects:\n{result.Output}", "taught.yaml", bag);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(places!.Objects.Single().Name, Is.EqualTo("block_red"), string.Join("\n", bag.All));
        // All joints at 0: the arm reaches straight ahead of its pedestal, which stands at y = -0.385 and looks along y.
        Assert.That(places.Objects[0].Pose.Position.X, Is.EqualTo(0).Within(0.01));
        Assert.That(places.Objects[0].Pose.Position.Y, Is.GreaterThan(-0.3));
        Assert.That(without.ExitCode, Is.EqualTo(2));
        Assert.That(without.Errors, Does.Contain("--class needs --size X Y Z").And.Contain("Nothing was taught"));
    }

    // What a worker needs of an arm without ROS and without a camera: description, frames, actions, and what was taught.
    [Test]
    public void ArmServe_WithWhatItWasTaught_FitsItsProfile()
    {
        var folder = Directory.CreateTempSubdirectory("taught").FullName;
        var taught = Path.Combine(folder, "taught.yaml");
        System.IO.File.WriteAllText(taught, "taught: robotworker/v1\nobjects:\n- {name: block_red, class: box/red, size: [0.03, 0.03, 0.04], at: [0.07, -0.18, 0.74]}\n");
        using var served = LiveCommand.Start("arm", "serve", Repository.PathOf("sim/robots/so101-desk.arm.yaml"), "--port", terminal.Port, "--taught", taught, "--rosbridge", "127.0.0.1:0");
        served.WaitFor("serving so101 by", "ws://");
        var address = served.Output[served.Output.IndexOf("ws://", StringComparison.Ordinal)..].Split('\n', ' ', ',')[0];

        var check = Run("robot", "check", "sim/robots/so101.profile.yaml", "--robot", address);

        Directory.Delete(folder, recursive: true);
        Assert.That(check.Output, Does.Match("pick +works").And.Match("place +works").And.Match("move_arm +works"), check.Errors);
    }

    [Test]
    public void Teleop_UntilCtrlC_IsRecordedAsASet_AndTheArmHolds()
    {
        var (leader, _) = EmulatedArm.Of(So101.Arm);
        using var hand = new ServoTerminal(leader, TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("teleop").FullName;
        var set = Path.Combine(folder, "wave");
        string[] teleop = ["arm", "teleop", File, "--leader", File, "--leader-port", hand.Port, "--port", terminal.Port, "--record", set, "--task", "wave"];

        var result = Peer.Run(Peer.Require("timeout", "GNU coreutils"), ["--signal=INT", "--preserve-status", "6", RobotWorkerCommand.Host, RobotWorkerCommand.Program, .. teleop], Repository.Root);
        var check = Run("dataset", "check", set);
        var again = Run(teleop);
        Directory.Delete(folder, recursive: true);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("it follows, and is recorded").And.Contain("recorded "));
        Assert.That(check.ExitCode, Is.Zero, check.Output + check.Errors);
        Assert.That(servos.Register(1, StsRegisters.Torque), Is.EqualTo(1), "it holds");
        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Errors, Does.Contain("is there already").And.Contain("Nothing was moved"));
    }

    [Test]
    public void SetId_ToATakenOne_IsRefused_ToAFreeOne_IsDone()
    {
        Assert.That(Run("serial", "set-id", terminal.Port, "3", "1").Errors, Does.Contain("taken already").And.Contain("Nothing was written"));

        Assert.That(Run("serial", "set-id", terminal.Port, "3", "9").ExitCode, Is.Zero);
        Assert.That(Run("arm", "status", File, "--port", terminal.Port).Errors, Does.Contain("servo 3 ('elbow_flex')"));
    }

    [Test]
    public void Calibrate_WriteHoming_WritesTheImportedOffsets_Once()
    {
        var calibration = Path.Combine(Directory.CreateTempSubdirectory("homing").FullName, "so101.json");
        System.IO.File.WriteAllText(calibration, LerobotCalibration.Write(So101.Arm.Servos.Select((servo, i) => new LerobotCalibration.Motor(servo, i == 1 ? -33 : 0))));
        string[] write = ["arm", "calibrate", File, "--import", calibration, "--write-homing", "--port", terminal.Port];

        var first = Run(write);
        var second = Run(write);
        Directory.Delete(Path.GetDirectoryName(calibration)!, recursive: true);

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Errors + second.Errors);
        Assert.That(first.Output, Does.Contain("shoulder_lift (id 2): homing offset was 0, is -33"));
        Assert.That(second.Output, Does.Contain("nothing was written"));
        Assert.That(servos.Register(2, StsRegisters.Homing), Is.EqualTo(-33));
    }

    [Test]
    public void NoPort_SaysWhatIsPluggedIn()
    {
        var result = Run("arm", "status", File, "--port", "/dev/ttyNONE9");

        Assert.That(result.ExitCode, Is.EqualTo(69));
        Assert.That(result.Errors, Does.StartWith("RW0502 there is no port /dev/ttyNONE9"));
    }

    private static PeerResult Run(params string[] arguments) => RobotWorkerCommand.Run(arguments, Repository.Root);
}
