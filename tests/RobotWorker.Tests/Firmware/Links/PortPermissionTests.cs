using RobotWorker.Firmware.Links;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Firmware.Links;

/// <summary>A port has users, and they take turns.</summary>
[Platform("Linux")]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PortPermissionTests
{
    private const UnixFileMode OthersToo = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    // The umask of most machines takes the others' right to write from what is created.
    [Test]
    public void Lock_IsEverybodysNextTime()
    {
        using var cable = new PseudoTerminal();
        File.Delete(PortLock.PathOf(cable.Slave));

        using (PortLock.Take(cable.Slave))
            Assert.That(File.GetUnixFileMode(PortLock.PathOf(cable.Slave)) & OthersToo, Is.EqualTo(OthersToo));
        File.Delete(PortLock.PathOf(cable.Slave));
    }

    [Test]
    public void Lock_OfAnotherUserWhoIsGone_IsTaken()
    {
        using var cable = new PseudoTerminal();
        PortLock.Take(cable.Slave).Dispose();
        if (Peer.Run("chown", ["65534:65534", PortLock.PathOf(cable.Slave)]).ExitCode != 0) Assert.Ignore("only root gives files away");

        Assert.That(() => PortLock.Take(cable.Slave).Dispose(), Throws.Nothing);
        File.Delete(PortLock.PathOf(cable.Slave));
    }

    [Test]
    public void NotPermitted_NamesTheGroupThatThePortHas()
    {
        using var cable = new PseudoTerminal();
        Assert.That(PortGroup.Of(cable.Slave), Is.Null, "a pseudo-terminal's group may write at most");
        File.SetUnixFileMode(cable.Slave, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);

        var group = Peer.Run("stat", ["-c", "%G", cable.Slave]).Require().Trim();
        Assert.That(SerialPorts.NotPermitted(cable.Slave).Message, Does.Contain($"sudo usermod -aG {group} $USER"));
    }

    [TestCase("20", "dialout")]
    [TestCase("986", "uucp")]
    [TestCase("7", null)]
    public void Group_ByItsNumber(string number, string? name) =>
        Assert.That(PortGroup.NameOf(number, ["root:x:0:", "dialout:x:20:ada,bob", "uucp:x:986:", "broken"]), Is.EqualTo(name));
}
