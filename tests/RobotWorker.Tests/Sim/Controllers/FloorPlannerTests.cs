using System.Collections.Immutable;
using CsCheck;
using RobotWorker.Chance;
using RobotWorker.Sim.Controllers.Floor;

namespace RobotWorker.Tests.Sim.Controllers;

public class FloorPlannerTests
{
    private static FloorPlan Room(params FloorBox[] boxes) => new(new(-3, -3), new(3, 3), [.. boxes], 0.35);

    private static FloorBox Box(double x, double y, double halfX, double halfY, double yaw = 0) => new("box", new(x, y), yaw, halfX, halfY);

    [Test]
    public void Plan_NothingInTheWay_IsTheStraightLine()
    {
        var route = new FloorPlanner(Room()).Plan(new(-2, 0), new(2, 1));

        Assert.That(route, Is.InstanceOf<FloorRoute.Found>());
        Assert.That(((FloorRoute.Found)route).Points, Is.EqualTo(new FloorPoint[] { new(-2, 0), new(2, 1) }));
    }

    [Test]
    public void Plan_TableInTheWay_GoesRoundIt()
    {
        var plan = Room(Box(0, 0, 0.4, 1.2));

        var route = (FloorRoute.Found)new FloorPlanner(plan).Plan(new(-2, 0), new(2, 0));

        Assert.That(route.Length, Is.InRange(4.9, 6.0), "the shortest way round is 5.02 m");
        Assert.That(Nearest(plan, route), Is.GreaterThanOrEqualTo(plan.Radius - 1e-6));
    }

    [Test]
    public void Plan_WallFromSideToSide_HasNoWay()
    {
        var route = new FloorPlanner(Room(Box(0, 0, 0.1, 3))).Plan(new(-2, 0), new(2, 0));

        Assert.That(route, Is.InstanceOf<FloorRoute.None>());
        Assert.That(((FloorRoute.None)route).Code, Is.EqualTo(NavigationError.NoValidPath));
    }

    [Test]
    public void Plan_DoorNarrowerThanTheRobot_HasNoWay()
    {
        // A gap of 0.6 m; the footprint needs 0.7 m.
        var route = new FloorPlanner(Room(Box(0, -1.65, 0.1, 1.35), Box(0, 1.65, 0.1, 1.35))).Plan(new(-2, 0), new(2, 0));

        Assert.That(route, Is.InstanceOf<FloorRoute.None>());
    }

    [Test]
    public void Plan_DoorWideEnough_GoesThrough()
    {
        var route = new FloorPlanner(Room(Box(0, -1.7, 0.1, 1.3), Box(0, 1.7, 0.1, 1.3))).Plan(new(-2, 1), new(2, -1));

        Assert.That(route, Is.InstanceOf<FloorRoute.Found>());
    }

    [TestCase(0, 0, NavigationError.GoalOccupied)]
    [TestCase(0, 0.7, NavigationError.GoalOccupied)]
    [TestCase(0, 9, NavigationError.GoalOutsideMap)]
    public void Plan_GoalWhereTheRobotCannotStand_SaysWhy(double x, double y, NavigationError code)
    {
        var route = (FloorRoute.None)new FloorPlanner(Room(Box(0, 0, 0.5, 0.5))).Plan(new(-2, 0), new(x, y));

        Assert.That(route.Code, Is.EqualTo(code));
        Assert.That(route.Message, Does.Contain("goal"));
    }

    [Test]
    public void Plan_StartJustInsideTheInflatedZone_LeavesIt()
    {
        var route = new FloorPlanner(Room(Box(0, 0, 0.5, 0.5))).Plan(new(0, 0.84), new(2, 2));

        Assert.That(route, Is.InstanceOf<FloorRoute.Found>());
    }

    [Test]
    public void Plan_RandomRooms_NeverCrossesInflatedFurniture()
    {
        Gen.ULong.Sample(seed =>
        {
            var chance = RandomStream.For(seed, "rooms", "floor");
            var boxes = Enumerable.Range(0, 6).Select(_ => Box(chance.Uniform(-2.5, 2.5), chance.Uniform(-2.5, 2.5),
                chance.Uniform(0.1, 0.6), chance.Uniform(0.1, 0.6), chance.Uniform(-3, 3))).ToArray();
            var plan = Room(boxes);
            var (start, goal) = (Free(plan, chance), Free(plan, chance));
            if (new FloorPlanner(plan).Plan(start, goal) is not FloorRoute.Found route) return true;
            return route.Points[0] == start && route.Points[^1] == goal && Nearest(plan, route) >= plan.Radius - 1e-3;
        }, iter: 150);
    }

    private static FloorPoint Free(FloorPlan plan, RandomStream chance)
    {
        while (true)
        {
            var point = new FloorPoint(chance.Uniform(-2.6, 2.6), chance.Uniform(-2.6, 2.6));
            if (plan.IsFree(point)) return point;
        }
    }

    private static double Nearest(FloorPlan plan, FloorRoute.Found route)
    {
        var nearest = double.PositiveInfinity;
        for (var i = 1; i < route.Points.Length; i++)
            for (var s = 0.0; s <= 1; s += 0.005) nearest = Math.Min(nearest, plan.Clearance(route.Points[i - 1] + ((route.Points[i] - route.Points[i - 1]) * s)));
        return nearest;
    }
}
