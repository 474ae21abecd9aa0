using RobotWorker.Motion;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

/// <summary>A camera one metre above the map's origin that looks straight down, its picture 640 by 480, a metre wide at a metre's distance.</summary>
public sealed class CameraViewTests
{
    private static readonly CameraView Down = new(640, 640, 320, 240, 640, 480, new(new(0, 0, 1), Quat.FromAxes(Vec3.UnitX, -Vec3.UnitY, -Vec3.UnitZ)));

    [TestCase(0, 0, 0, true, TestName = "Shows_StraightAhead")]
    [TestCase(0.46, 0, 0, true, TestName = "Shows_NearTheEdge")]
    [TestCase(0.49, 0, 0, false, TestName = "Shows_NotTheVeryEdge")]
    [TestCase(0.6, 0, 0, false, TestName = "Shows_NotBesideThePicture")]
    [TestCase(0, 0.36, 0, false, TestName = "Shows_NotAboveThePicture")]
    [TestCase(0, 0, 2, false, TestName = "Shows_NotWhatIsBehind")]
    [TestCase(0, 0, 0.9, false, TestName = "Shows_NotWhatIsTooNear")]
    [TestCase(0, 0, -1.7, true, TestName = "Shows_WithinItsRange")]
    [TestCase(0, 0, -2, false, TestName = "Shows_NotBeyondItsRange")]
    public void Shows(double x, double y, double z, bool shown) => Assert.That(Down.Shows(new(x, y, z)), Is.EqualTo(shown));

    [TestCase(0, 0, 0.5, true, TestName = "IsHiddenBy_SomethingBetween")]
    [TestCase(0.06, 0, 0.5, false, TestName = "IsHiddenBy_NotBySomethingBeside")]
    [TestCase(0, 0, -0.5, false, TestName = "IsHiddenBy_NotBySomethingBehindIt")]
    [TestCase(0, 0, 1.5, false, TestName = "IsHiddenBy_NotBySomethingBehindTheEye")]
    [TestCase(0, 0, 0, false, TestName = "IsHiddenBy_NotByItself")]
    public void IsHiddenBy(double x, double y, double z, bool hidden) => Assert.That(Down.IsHiddenBy(Vec3.Zero, new(x, y, z), 0.05), Is.EqualTo(hidden));

    [Test]
    public void From_CameraInfo_TakesFocalLengthsAndCentreFromItsMatrix()
    {
        var view = CameraView.From(new() { Width = 640, Height = 480, K = [500, 0, 321, 0, 501, 241, 0, 0, 1] }, Pose.Identity);

        Assert.That((view.Fx, view.Fy, view.Cx, view.Cy, view.Width, view.Height), Is.EqualTo((500.0, 501.0, 321.0, 241.0, 640.0, 480.0)));
    }
}
