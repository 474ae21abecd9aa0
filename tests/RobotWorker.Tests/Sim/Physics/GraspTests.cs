using RobotWorker.Motion;
using RobotWorker.Sim.Faults;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Truth;
using RobotWorker.World;

namespace RobotWorker.Tests.Sim.Physics;

/// <summary>
/// The model's own proof: a grasp by friction holds although each pose was seen once with 5 mm and 2 degrees of noise, and a gripper that loses
/// its force lets the cup slip onto the table, from where it can be picked again.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class GraspTests
{
    private const double Force = 40;

    private static readonly string[] Objects = ["cup_red", "cup_blue", "can_green"];

    private static Workplace Kitchen => Sim.Kitchen.Workplace;

    [TestCase(1ul), TestCase(2ul), TestCase(3ul)]
    public void Grasp_SeenWithNoise_HoldsAndIsPutDown(ulong seed) => PickAndPlaceAll(seed);

    [Category("Slow"), TestCaseSource(nameof(ThirtySeeds))]
    public void Grasp_SeenWithNoiseOverManySeeds_HoldsAndIsPutDown(ulong seed) => PickAndPlaceAll(seed);

    [TestCase(1ul), TestCase(2ul), TestCase(3ul)]
    public void Grasp_GripperLosesItsForce_CupSlipsOntoTheTableAndIsPickedAgain(ulong seed) => SlipAndPickAgain(seed);

    [Category("Slow"), TestCaseSource(nameof(ThirtySeeds))]
    public void Grasp_GripperLosesItsForceOverManySeeds_CupSlipsOntoTheTableAndIsPickedAgain(ulong seed) => SlipAndPickAgain(seed);

    private static IEnumerable<ulong> ThirtySeeds() => Enumerable.Range(1, 30).Select(i => (ulong)i);

    private static void PickAndPlaceAll(ulong seed)
    {
        using var bench = new GraspBench(Kitchen, seed);
        var truth = new TruthLog(bench.World);
        bench.AfterStep = truth.Step;
        foreach (var name in Objects)
        {
            bench.DriveTo(Kitchen.Scene.Place("table_side")!.At);
            var held = Pick(bench, name);
            bench.Wait(2);
            var crept = (bench.ToolFromObject(name).Position - held.Position).Length;
            Assert.That(truth.IsHeld(name), $"{name} is held for two seconds");
            Assert.That(crept, Is.LessThan(0.002), "metres that it moved in the grip");
            Assert.That(bench.World.Gripper.Force, Is.EqualTo(Force).Within(2), "newtons at each pad");
            bench.MoveTo("home");
            bench.MoveTo("carry");
            PutAway(bench, name);
            TestContext.Out.WriteLine($"seed {seed,2} {name,-9} at {bench.World.ObjectPose(name).Position} after {bench.World.TimeSeconds:0.0} s, tracking {bench.WorstTracking:0.0000} rad, crept {crept * 1000:0.00} mm in the grip");
            Assert.That(new GoalTruth(bench.World, truth).Holds(GoalOf(name)), Is.True, $"{GoalOf(name)} at the end: {bench.World.ObjectPose(name).Position}");
        }
        Assert.That(truth.Slips, Is.Empty);
        Assert.That(bench.WorstTracking, Is.LessThan(0.01), "radians between where a joint should be and is");
    }

    private static void SlipAndPickAgain(ulong seed)
    {
        using var bench = new GraspBench(Kitchen, seed);
        var truth = new TruthLog(bench.World);
        var faults = new FaultInjector(bench.World, truth, [Sim.Kitchen.ForceLoss()]);
        bench.AfterStep = () =>
        {
            truth.Step();
            faults.Step();
        };
        bench.DriveTo(Kitchen.Scene.Place("table_side")!.At);
        Pick(bench, "cup_blue");
        bench.Wait(7);

        var slip = truth.Slips.Single();
        var at = bench.World.ObjectPose("cup_blue");
        TestContext.Out.WriteLine($"seed {seed,2} lost {slip.LostContactSeconds:0.00} s, fell {slip.FellMetres * 1000:0} mm, displaced {slip.DisplacedMetres * 1000:0} mm, "
            + $"{(Math.Abs(at.Rotation.Rotate(Vec3.UnitZ).Z) > 0.5 ? "stands" : "lies")} at {at.Position}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Faults.Single().EndSeconds, Is.Not.Null, "the fault is over");
            Assert.That(slip.FellMetres, Is.GreaterThan(0.05));
            Assert.That(slip.DisplacedMetres, Is.GreaterThan(0.05));
            Assert.That(new GoalTruth(bench.World, truth).Holds(new Condition.Holds(Atom.Of("on", "cup_blue", "table"))), Is.True);
        }

        Pick(bench, "cup_blue");
        bench.Wait(2);
        Assert.That(truth.IsHeld("cup_blue"), "picked again from where it lies");
    }

    // From above, up and back towards the robot, as the pick skill does; the object's pose at the tool when the grip was closed.
    private static Pose Pick(GraspBench bench, string name)
    {
        bench.MoveTo("stow");
        bench.Grip(Kitchen.Robot.Gripper.Opening, Force);
        var grasp = bench.GraspOf(bench.Perceive(name), Kitchen.Scene.Object(name)!);
        var up = grasp with { Position = grasp.Position + new Vec3(0, 0, 0.12) };
        var towards = bench.Base.Position - grasp.Position;
        var lifted = grasp with { Position = grasp.Position + new Vec3(0, 0, 0.105) };
        var back = lifted with { Position = lifted.Position + (new Vec3(towards.X, towards.Y, 0).Normalized() * 0.13) };
        bench.MoveTo("home");
        Assert.That(bench.MoveTo(up), "the place above the object can be reached");
        Assert.That(bench.MoveTo(grasp, line: true, speed: 0.15), "the object can be reached");
        bench.Grip(0, Force);
        var held = bench.ToolFromObject(name);
        Assert.That(bench.MoveTo(lifted, line: true, speed: 0.15) && bench.MoveTo(back, line: true, speed: 0.15), "it can be lifted and pulled back");
        return held;
    }

    private static void PutAway(GraspBench bench, string name)
    {
        var scene = Kitchen.Scene;
        var toBin = name == "can_green";
        bench.DriveTo(scene.Place(toBin ? "bin_side" : "shelf_side")!.At);
        var at = toBin
            ? scene.Container("bin")!.Pose.Position with { Z = 0.60 }
            : scene.Surface("shelf")!.Pose.Apply(new(name == "cup_red" ? -0.1 : 0.1, -0.04, (scene.Object(name)!.Size.Z / 2) + 0.02));
        var reach = at - bench.Base.Position;
        var down = GraspBench.Down(new Vec3(reach.X, reach.Y, 0).Normalized());
        Assert.That(bench.MoveTo(new Pose(at + new Vec3(0, 0, 0.10), down)) && bench.MoveTo(new Pose(at, down), line: true, speed: 0.15), "the target can be reached");
        bench.Grip(Kitchen.Robot.Gripper.Opening, Force);
        Assert.That(bench.MoveTo(new Pose(at + new Vec3(0, 0, 0.12), down), line: true), "the hand can go up again");
        bench.MoveTo("home");
    }

    private static Condition GoalOf(string name) =>
        new Condition.Holds(name == "can_green" ? Atom.Of("in", name, "bin") : Atom.Of("on", name, "shelf"));
}
