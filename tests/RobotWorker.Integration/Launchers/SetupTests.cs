using System.Runtime.Versioning;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Launchers;

/// <summary>What tools/setup.sh does on machines that lack something. The machine is a folder of small stand-ins for apt-get, ldconfig and the like.</summary>
[TestFixture]
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class SetupTests
{
    private const string Everything = "libmujoco.so.2.2.2 libEGL.so.1";
    private const int Missing = 69;

    private static readonly string[] Tools = ["grep", "sort", "tail", "cat", "env", "mkdir"];

    private string machine = "";

    [SetUp]
    public void MakeMachine()
    {
        machine = Directory.CreateTempSubdirectory("robotworker machine ").FullName;
        Directory.CreateDirectory(Path.Combine(machine, "artifacts"));
        foreach (var tool in Tools) File.CreateSymbolicLink(Path.Combine(machine, tool), Peer.Require(tool, "apt-get install coreutils"));
        StandIn("ffmpeg", "");
        StandIn("id", "echo 1000");
        StandIn("ldconfig", $"echo '{Everything}'");
        StandIn("apt-cache", "printf '%s\\n' libmujoco-dev libmujoco-samples libmujoco2.2.2 libmujoco3.3.0");
        StandIn("apt-get", $"echo \"$@\" >>'{machine}/asked'");
    }

    [TearDown]
    public void RemoveMachine() => Directory.Delete(machine, recursive: true);

    [Test]
    public void Provide_NothingMissing_IsSilent()
    {
        var result = Provide();

        Assert.That((result.ExitCode, result.Output, result.Errors, Asked()), Is.EqualTo((0, "", "", "")));
    }

    [Test]
    public void Provide_MuJoCoMissingAndNoRights_SaysTheOneCommandAndEnds()
    {
        StandIn("ldconfig", "echo libEGL.so.1");

        var result = Provide();

        Assert.That(result.ExitCode, Is.EqualTo(Missing));
        Assert.That(result.Errors, Does.Contain("Type this once: sudo apt-get update && sudo apt-get install -y libmujoco3.3.0"));
        Assert.That(Asked(), Is.Empty);
    }

    [Test]
    public void Provide_MuJoCoMissingAndRoot_InstallsTheNewestPackage()
    {
        StandIn("ldconfig", "echo libEGL.so.1");
        StandIn("id", "echo 0");

        var result = Provide();

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(Asked(), Is.EqualTo("-qq update\n-qq install -y --no-install-recommends libmujoco3.3.0\n"));
    }

    [Test]
    public void Provide_GlMissingAndPasswordlessSudo_InstallsWithIt()
    {
        StandIn("ldconfig", "echo libmujoco.so.2.2.2");
        StandIn("sudo", "[ \"$1\" = -n ] && shift && exec \"$@\"");
        StandIn("true", "");

        var result = Provide();

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(Asked(), Does.Contain("install -y --no-install-recommends libegl1 libgl1-mesa-dri"));
    }

    [Test]
    public void Provide_NoPackageOfMuJoCo_PointsToMujocoLib()
    {
        StandIn("ldconfig", "echo libEGL.so.1");
        StandIn("apt-cache", "");

        var result = Provide();

        Assert.That(result.ExitCode, Is.EqualTo(Missing));
        Assert.That(result.Errors, Does.Contain("set MUJOCO_LIB to the path of its libmujoco.so"));
    }

    [Test]
    public void Provide_NoApt_SaysWhatToSet()
    {
        StandIn("ldconfig", "");
        File.Delete(Path.Combine(machine, "apt-get"));
        File.Delete(Path.Combine(machine, "apt-cache"));

        var result = Provide();

        Assert.That(result.ExitCode, Is.EqualTo(Missing));
        Assert.That(result.Errors, Does.Contain("MUJOCO_LIB"));
    }

    [Test]
    public void Provide_MujocoLibSet_LeavesMuJoCoAlone()
    {
        StandIn("ldconfig", "echo libEGL.so.1");

        var result = Provide(mujocoLib: "/nowhere/libmujoco.so");

        Assert.That((result.ExitCode, Asked()), Is.EqualTo((0, "")), result.Errors);
    }

    [Test]
    public void Provide_InstallFails_SaysWhyAndEnds()
    {
        StandIn("ldconfig", "echo libEGL.so.1");
        StandIn("id", "echo 0");
        StandIn("apt-get", "echo 'E: Unable to fetch some archives'; exit 100");

        var result = Provide();

        Assert.That(result.ExitCode, Is.EqualTo(Missing));
        Assert.That(result.Errors, Does.Contain("E: Unable to fetch some archives").And.Contain("Type this once"));
    }

    [Test]
    public void Provide_FfmpegCannotBeInstalled_GoesOnAndTriesOnlyOnce()
    {
        File.Delete(Path.Combine(machine, "ffmpeg"));
        StandIn("id", "echo 0");
        StandIn("apt-get", "echo 'E: Unable to locate package'; exit 100");

        var first = Provide();
        var second = Provide();

        Assert.That(first.ExitCode, Is.Zero);
        Assert.That(first.Errors, Does.Contain("going on without ffmpeg: E: Unable to locate package"));
        Assert.That((second.ExitCode, second.Errors), Is.EqualTo((0, "")));
    }

    private PeerResult Provide(string? mujocoLib = null) => Peer.Run(
        Peer.Require("bash", "apt-get install bash"),
        ["-euo", "pipefail", "-c", "root=$1; . \"$2\"; missing=() wanted=(); look_for_simulator; provide", "robotworker", machine, Repository.PathOf("tools/setup.sh")],
        environment: new Dictionary<string, string?> { ["PATH"] = machine, ["HOME"] = machine, ["MUJOCO_LIB"] = mujocoLib });

    private string Asked() => File.Exists(Path.Combine(machine, "asked")) ? File.ReadAllText(Path.Combine(machine, "asked")) : "";

    private void StandIn(string program, string script)
    {
        var path = Path.Combine(machine, program);
        File.WriteAllText(path, $"#!{Peer.Find("bash")}\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
