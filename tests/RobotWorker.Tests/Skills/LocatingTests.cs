using RobotWorker.Motion;
using RobotWorker.Skills.Profile;
using RobotWorker.Skills.Standard;

namespace RobotWorker.Tests.Skills;

/// <summary>How high something stands. The bench's cup is 80 mm high.</summary>
public sealed class LocatingTests
{
    private static readonly SiteMap Site = Workshop.Site with { Surfaces = [new("table", Workshop.At(0, 0, 0.7), 0.4, 0.4)] };

    [TestCase(0.1, 0.748, 0.74, TestName = "OnItsSupport_SeenALittleTooHigh_StandsOnTheTable")]
    [TestCase(0.1, 0.735, 0.74, TestName = "OnItsSupport_SeenALittleTooLow_StandsOnTheTable")]
    [TestCase(0.1, 0.79, 0.79, TestName = "OnItsSupport_OnSomethingElse_IsWhereItIsSeen")]
    [TestCase(0.3, 0.748, 0.748, TestName = "OnItsSupport_BesideTheTable_IsWhereItIsSeen")]
    public void OnItsSupport(double x, double seen, double expected) =>
        Assert.That(Locating.OnItsSupport(Site, Workshop.CupRed, Workshop.At(x, 0, seen)).Position, Is.EqualTo(new Vec3(x, 0, expected)));
}
