using RobotWorker.Testing;

namespace RobotWorker.Tests.MuJoCo.Rendering;

internal sealed class BackendTests
{
    [Test]
    public void OsMesa_InAProcessOfItsOwn_DrawsTheBox()
    {
        var lines = Draw("OsMesa");
        if (lines[0].Contains("is missing", StringComparison.Ordinal)) Peer.Missing(lines[0] + " (apt-get install libosmesa6)");

        Assert.That(lines, Is.EqualTo(new[] { "OsMesa red" }));
    }

    [Test]
    public void AnotherPlatform_AfterTheFirst_IsRefusedAndRaysStillWork()
    {
        var lines = Draw("EglSurfaceless,OsMesa,Rays");
        if (lines[0].Contains("is missing", StringComparison.Ordinal)) Peer.Missing(lines[0]);

        Assert.That(lines[0], Is.EqualTo("EglSurfaceless red"));
        Assert.That(lines[1], Does.StartWith("OsMesa refused:").And.Contains("already draws through libEGL.so.1"));
        Assert.That(lines[2], Is.EqualTo("Rays red"));
    }

    private static string[] Draw(string backends) =>
        ChildProgram.Run(ChildProgram.Picture, backends).Require().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
