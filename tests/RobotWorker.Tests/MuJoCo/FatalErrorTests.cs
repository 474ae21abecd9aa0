namespace RobotWorker.Tests.MuJoCo;

internal sealed class FatalErrorTests
{
    [Test]
    public void MujocoError_InAChild_SaysWhyAndEndsTheProcessWithoutAStackTrace()
    {
        var child = ChildProgram.Run(ChildProgram.FatalError, "stack overflow");

        Assert.That(child.ExitCode, Is.EqualTo(70));
        Assert.That(child.Errors, Does.StartWith("MuJoCo cannot go on: stack overflow."));
        Assert.That(child.Errors, Does.Not.Contain("   at "));
    }
}
