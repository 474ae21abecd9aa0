using System.Collections.Immutable;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Physics;
using RobotWorker.Sim.Scenes;
using RobotWorker.Sim.Variation;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Sim.Variation;

public sealed class VariedWorkplaceTests
{
    private static readonly Workplace Kitchen = SceneLoader.Load(Repository.PathOf("sim/scenes/kitchen.yaml"), new DiagnosticBag())!;

    [Test]
    public void NothingDrawn_IsTheSameWorld() => Assert.That(Mjcf(VariedWorkplace.Of(Kitchen, VariationDraw.None)), Is.EqualTo(Mjcf(Kitchen)));

    // Each axis alone, at both ends of what makes sense: every one of them reaches the model that is stepped and rendered, but for the two that belong to the sensors.
    [Test]
    public void EachAxis_ChangesTheModel()
    {
        Assert.That(Axes.All, Has.Count.EqualTo(17));
        foreach (var (name, kind) in Axes.All.Where(a => a.Key is not (Axes.SensorNoise or Axes.SensorRate or Axes.StartX or Axes.StartY or Axes.StartYaw)))
            foreach (var value in new[] { kind.Least, kind.Most })
                Assert.That(Mjcf(VariedWorkplace.Of(Kitchen, With(name, value))), Is.Not.EqualTo(Mjcf(Kitchen)), name);
    }

    [Test]
    public void Start_IsMoved()
    {
        var draw = VariationDraw.None with { Values = ImmutableSortedDictionary<string, double>.Empty.Add(Axes.StartX, 0.1).Add(Axes.StartY, -0.2).Add(Axes.StartYaw, 0.3) };
        var start = VariedWorkplace.Of(Kitchen, draw).Scene.Start;
        Assert.That((start.X, start.Y, start.Yaw), Is.EqualTo((Kitchen.Scene.Start.X + 0.1, Kitchen.Scene.Start.Y - 0.2, Kitchen.Scene.Start.Yaw + 0.3)));
    }

    [Test]
    public void AbsentObject_IsNotThere_AndTheOthersStandWhereTheyStood()
    {
        var all = SceneSampler.Sample(Kitchen.Scene, 7);
        var without = SceneSampler.Sample(VariedWorkplace.Of(Kitchen, VariationDraw.None with { Absent = ["box_yellow"] }).Scene, 7);
        Assert.That(without.Objects.Select(o => o.Name), Is.EqualTo(all.Objects.Select(o => o.Name).Except(["box_yellow"])));
        Assert.That(without.Objects.Select(o => o.Pose), Is.EqualTo(all.Objects.Where(o => o.Name != "box_yellow").Select(o => o.Pose)));
    }

    private static VariationDraw With(string axis, double value) => VariationDraw.None with { Values = ImmutableSortedDictionary<string, double>.Empty.Add(axis, value) };

    private static string Mjcf(Workplace place) => MjcfWriter.Write(SceneSampler.Sample(place.Scene, 7), place.Robot);
}
