using RobotWorker.Firmware.Arm;
using RobotWorker.Firmware.Dynamixel;
using RobotWorker.Firmware.Emulation;
using RobotWorker.Firmware.Servos;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Firmware;

/// <summary>The same first hour at an arm of Dynamixels.</summary>
[TestFixture]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux")]
public sealed class DynamixelCommandTests
{
    private string file = "";
    private ServoBench servos = null!;
    private RigidServoPlant joints = null!;
    private ServoTerminal terminal = null!;

    [SetUp]
    public void Plug()
    {
        file = Path.Combine(Directory.CreateTempSubdirectory("dynamixels").FullName, "arm.yaml");
        File.WriteAllText(file, File.ReadAllText(So101.File).Replace("make: feetech", "make: dynamixel", StringComparison.Ordinal));
        (servos, joints) = EmulatedArm.Of(So101.Arm with { Bus = So101.Arm.Bus with { Make = ServoMake.Dynamixel } });
        terminal = new(servos, TimeProvider.System);
    }

    [TearDown]
    public void Unplug()
    {
        terminal.Dispose();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Test]
    public void Status_Jog_Release()
    {
        var limp = Run("arm", "status", file, "--port", terminal.Port);
        Assert.That(limp.Output.Split('\n').Count(line => line.Contains(" off ", StringComparison.Ordinal) && line.Contains("no fault", StringComparison.Ordinal)), Is.EqualTo(6), limp.Output + limp.Errors);

        // A machine that does something else for a tenth of a second trips their watchdogs, and a person tries again.
        var jog = Jog();
        for (var again = 0; again < 5 && jog.Output.Contains("too busy", StringComparison.Ordinal); again++) jog = Jog();
        Assert.That(jog.ExitCode, Is.Zero, jog.Output + jog.Errors);
        Assert.That(joints.Positions[0], Is.EqualTo(20 * Math.PI / 180).Within(0.03));
        // Its watchdog has stopped it, since nobody speaks to it any more: that is how it holds.
        Assert.That(Run("arm", "status", file, "--port", terminal.Port).Output.Split('\n').Count(line => line.Contains(" on ", StringComparison.Ordinal)), Is.EqualTo(6));

        Assert.That(Run("arm", "release", file, "--port", terminal.Port).ExitCode, Is.Zero);
        Assert.That(servos.Register(1, XSeriesRegisters.Torque), Is.Zero);
    }

    [Test]
    public void SetId_OfADynamixel_IsDone_AndToATakenOneRefused()
    {
        Assert.That(Run("serial", "set-id", terminal.Port, "3", "1", "--make", "dynamixel").Errors, Does.Contain("taken already").And.Contain("Nothing was written"));

        var done = Run("serial", "set-id", terminal.Port, "3", "9", "--make", "dynamixel");
        Assert.That(done.ExitCode, Is.Zero, done.Errors);
        Assert.That(servos.Register(9, XSeriesRegisters.Id), Is.EqualTo(9));
    }

    private PeerResult Jog() =>
        Run("arm", "jog", file, "shoulder_pan", "--port", terminal.Port, "--", (20 - (joints.Positions[0] * 180 / Math.PI)).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture));

    private static PeerResult Run(params string[] arguments) => RobotWorkerCommand.Run(arguments, Repository.Root);
}
