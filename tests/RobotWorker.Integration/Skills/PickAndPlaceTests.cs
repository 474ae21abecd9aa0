using RobotWorker.Execution;
using RobotWorker.World;

namespace RobotWorker.Integration.Skills;

internal sealed class PickAndPlaceTests
{
    [TestCase(1UL)]
    [TestCase(2UL)]
    [TestCase(3UL)]
    [CancelAfter(120_000)]
    public void PickAndPlace_ThreeObjects_EachStandsInItsPlace(ulong seed) => SkillBench.Run(seed, async bench =>
    {
        await Bring(bench, "cup_red", "shelf", "shelf_side");
        await Bring(bench, "cup_blue", "shelf", "shelf_side");
        await Bring(bench, "can_green", "bin", "bin_side");
    });

    private static async Task Bring(SkillBench bench, string item, string target, string place)
    {
        await Succeeds(bench, item, "navigate_to", ("place", "table_side"));
        await bench.Look(Atom.Of("located", item), Atom.Of("reachable", "robot", item), Atom.Of("empty", "gripper"));
        Assert.That(bench.Believes(Atom.Of("reachable", "robot", item)), Is.EqualTo(Truth.True));
        await Succeeds(bench, item, "pick", ("object", item));
        Assert.That(bench.Believes(Atom.Of("holding", "robot", item)), Is.EqualTo(Truth.True));
        await Succeeds(bench, item, "navigate_to", ("place", place));
        await Succeeds(bench, item, "place", ("object", item), ("target", target));
        var there = Atom.Of(target == "bin" ? "in" : "on", item, target);
        await bench.Look(there, Atom.Of("empty", "gripper"));
        Assert.That(bench.Believes(there), Is.EqualTo(Truth.True), $"{bench.World.Facts[there].Evidence}; in truth at {bench.Simulation.ObjectPose(item).Position}");
        Assert.That(bench.Believes(Atom.Of("holding", "robot", item)), Is.EqualTo(Truth.False));
    }

    private static async Task Succeeds(SkillBench bench, string item, string skill, params (string, string)[] arguments)
    {
        var start = bench.Robot.Now;
        var report = await bench.Do(skill, arguments);
        await TestContext.Out.WriteLineAsync($"{start} {bench.Robot.Now} {skill} {report.Reported} {report.Code} {report.Reason} {bench.Simulation.ObjectPose(item).Position}");
        Assert.That(report.Reported, Is.EqualTo(Outcome.Succeeded), report.Reason);
    }
}
