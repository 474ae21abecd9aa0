using RobotWorker.Motion;
using RobotWorker.Skills.Manipulation;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Tests.Skills.Manipulation;

public sealed class FreeSpotsTests
{
    private static readonly Surface Shelf = new("shelf", new(new(2, 1, 0.9), Quat.FromYaw(Math.PI / 2)), 0.8, 0.3);
    private static readonly Vec3 Robot = new(1.2, 1, 0);

    [Test]
    public void On_EverySpot_LiesOnTheSurfaceAndOffItsEdges()
    {
        List<Vec3> spots = [.. FreeSpots.On(Shelf, 0.04, [], Robot)];

        Assert.That(spots, Has.Count.GreaterThan(20).And.Count.EqualTo(spots.Distinct().Count()));
        Assert.That(spots, Has.All.Matches<Vec3>(s => Shelf.Covers(s, -0.059) && s.Z == 0.9));
    }

    [Test]
    public void On_TheNearestToTheRobotComesFirst()
    {
        List<double> distances = [.. FreeSpots.On(Shelf, 0.04, [], Robot).Select(s => (s - Robot).LengthXY)];

        Assert.That(distances, Is.Ordered);
        Assert.That(distances[0], Is.EqualTo(0.75).Within(1e-6), "straight ahead, one step of the grid off the front edge's margin");
    }

    [Test]
    public void On_OthersStandThere_EachGetsRoomForAnOpenFinger()
    {
        (Vec3 At, double Radius)[] others = [(new(1.95, 1.0, 0.95), 0.04), (new(2, 1.3, 0.95), 0.03)];
        List<Vec3> spots = [.. FreeSpots.On(Shelf, 0.04, others, Robot)];

        Assert.That(spots, Is.Not.Empty);
        foreach (var (at, radius) in others) Assert.That(spots.Min(s => (s - at).LengthXY), Is.GreaterThanOrEqualTo(radius + 0.04 + 0.07));
    }

    [Test]
    public void On_AFullSurface_HasNone() =>
        Assert.That(FreeSpots.On(Shelf, 0.04, [(new(2, 0.8, 0.95), 0.2), (new(2, 1.2, 0.95), 0.2)], Robot), Is.Empty);

    [Test]
    public void On_ASurfaceNarrowerThanItsMargins_HasNone() => Assert.That(FreeSpots.On(Shelf with { SizeY = 0.1 }, 0.04, [], Robot), Is.Empty);

    [Test]
    public void On_TheSameTwice_IsTheSameOrder()
    {
        // Left and right of the robot lie spots at equal distances: rounding must not decide between them.
        List<Vec3> one = [.. FreeSpots.On(Shelf, 0.04, [], Robot)];
        List<Vec3> two = [.. FreeSpots.On(Shelf, 0.04, [], Robot + new Vec3(0, 1e-9, 0))];

        Assert.That(two, Is.EqualTo(one));
    }
}
