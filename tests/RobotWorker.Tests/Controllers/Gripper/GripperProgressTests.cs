using RobotWorker.Controllers.Gripper;

namespace RobotWorker.Tests.Controllers.Gripper;

public class GripperProgressTests
{
    [Test]
    public void State_StillAtTheWidth_ReachedGoal() =>
        Assert.That(new GripperProgress(0.05).After(0.01, 0).State(0.0505), Is.EqualTo(GripperState.ReachedGoal));

    [Test]
    public void State_HeldUpForAFifthOfASecond_Stalled()
    {
        var progress = new GripperProgress(0);
        for (var i = 0; i < 19; i++) progress = progress.After(0.01, -0.0001);
        Assert.That(progress.State(0.05), Is.EqualTo(GripperState.Moving));
        Assert.That(progress.After(0.01, 0).State(0.05), Is.EqualTo(GripperState.Stalled));
    }

    [Test]
    public void State_MovedAgain_CountsAnew()
    {
        var progress = new GripperProgress(0, StillSeconds: 0.19).After(0.01, -0.05).After(0.01, 0);
        Assert.That(progress.State(0.05), Is.EqualTo(GripperState.Moving));
    }

    [Test]
    public void State_NeverSettles_TimesOut() =>
        Assert.That(new GripperProgress(0, Seconds: 5).After(0.01, -0.05).State(0.05), Is.EqualTo(GripperState.TimedOut));
}
