using System.Collections.Immutable;
using RobotWorker.Chance;
using RobotWorker.Diagnostics;
using RobotWorker.Sim.Variation;

namespace RobotWorker.Tests.Sim.Variation;

public sealed class VariationDrawTests
{
    private const int Episodes = 20_000, Cheap = 100_000;

    private static readonly VariationDescription Wide = Read("""
        vary:
          lamp: {range: [0.6, 1.2], tail: [0.6, 0.7], share: 0.5, held_out: [0.3, 0.5]}
          mass: {range: [0.8, 1.2], tail: [0.95, 1.0], share: 0.3, held_out: [1.5, 2]}
          friction: {range: [0.7, 1.3], held_out: [0.3, 0.5]}
          start_yaw: {range: [-0.2, 0.2]}
          floor: {tiles: {pattern: checker, first: "#aaaaaa", second: "#bbbbbb"}, planks: {pattern: flat, first: "#8a6a4a"}}
          held_out_floor: {carpet: {pattern: gradient, first: "#553322", second: "#664433"}}
          absent: {box_yellow: 0.4}
        """);

    [Test]
    public void WeightedMeans_AreThoseOfCheapDrawsOfWhatIsMeant()
    {
        var draws = Enumerable.Range(0, Episodes).Select(i => VariationDraw.Of(Wide, "set", (ulong)i, heldOut: false)).ToList();
        foreach (var axis in Wide.Axes)
        {
            var chance = RandomStream.For(1, "cheap", axis.Name);
            var meant = Enumerable.Range(0, Cheap).Select(_ => axis.DrawMeant(chance)).ToList();
            foreach (var moment in new Func<double, double>[] { x => x, x => x * x })
            {
                var mean = meant.Average(moment);
                var weighted = draws.Sum(d => d.Weight * moment(d[axis.Name])) / draws.Sum(d => d.Weight);
                var error = Math.Sqrt(draws.Average(d => Math.Pow(d.Weight * (moment(d[axis.Name]) - mean), 2)) / Episodes);
                Assert.That(weighted, Is.EqualTo(mean).Within(4.5 * (error + (Math.Abs(mean) / Math.Sqrt(Cheap) * 0.3))), axis.Name);
            }
        }
        var plain = draws.Average(d => d[Axes.Lamp]);
        Assert.That(plain, Is.LessThan(0.85), "without weights the tail is told too often: the mean that is meant is 0.9");
    }

    [Test]
    public void HeldOut_SharesNothingWithTraining()
    {
        var (train, test) = (Draws(heldOut: false), Draws(heldOut: true));
        foreach (var axis in Wide.Axes.Where(a => a.HeldOut is not null))
            Assert.That(test.Min(d => d[axis.Name]) > train.Max(d => d[axis.Name]) || test.Max(d => d[axis.Name]) < train.Min(d => d[axis.Name]), Is.True, axis.Name);
        Assert.That(train.Select(d => d.Floor!.Name).Distinct().Order(), Is.EqualTo(["planks", "tiles"]));
        Assert.That(test.Select(d => d.Floor!.Name).Distinct(), Is.EqualTo(["carpet"]));
        Assert.That(test.Select(d => (d.Weight, d.Stratum)).Distinct(), Is.EqualTo([(1.0, "")]));

        static List<VariationDraw> Draws(bool heldOut) => [.. Enumerable.Range(0, 2000).Select(i => VariationDraw.Of(Wide, "set", (ulong)i, heldOut))];
    }

    [Test]
    public void AnotherAxis_ChangesNothingForTheOthers()
    {
        var fewer = Wide with { Axes = [.. Wide.Axes.Where(a => a.Name != Axes.Lamp)] };
        foreach (var seed in Enumerable.Range(0, 50))
        {
            var (all, some) = (VariationDraw.Of(Wide, "set", (ulong)seed, false), VariationDraw.Of(fewer, "set", (ulong)seed, false));
            Assert.That(some.Values, Is.EqualTo(all.Values.Remove(Axes.Lamp)));
            Assert.That((some.Floor, some.Absent.Length), Is.EqualTo((all.Floor, all.Absent.Length)));
        }
    }

    // Two strata that are meant to be equally frequent; one is drawn nine times as often, and succeeds half as often.
    [Test]
    public void Weights_MakeUpForWhatIsDrawnMoreOftenAndForWhatFails()
    {
        var drawn = Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? ("rare", 0.5 / 0.1, true) : ("", 0.5 / 0.9, i % 2 == 0)).ToList();
        var kept = drawn.Where(d => d.Item3).ToList();

        var weights = SamplingWeights.Of(drawn);

        var rare = kept.Zip(weights).Where(k => k.First.Item1 == "rare").Sum(k => k.Second);
        Assert.That(rare / weights.Sum(), Is.EqualTo(0.5).Within(1e-9));
        Assert.That(weights.Average(), Is.EqualTo(1).Within(1e-9));
        Assert.That(SamplingWeights.EffectiveSampleSize(weights), Is.GreaterThan(100).And.LessThan(kept.Count));
        Assert.That(SamplingWeights.EffectiveSampleSize([2, 2, 2, 2]), Is.EqualTo(4).Within(1e-9));
    }

    [TestCase("vary: {lamb: {range: [0.5, 1]}}", "lamp", TestName = "UnknownAxis_TheNearestIsNamed")]
    [TestCase("vary: {lamp: {range: [1, 0.5]}}", "lower number first", TestName = "RangeUpsideDown_IsRefused")]
    [TestCase("vary: {lamp: {range: [0.5, 9]}}", "range", TestName = "RangeBeyondWhatMakesSense_IsRefused")]
    [TestCase("vary: {lamp: {range: [0.5, 1], tail: [0.4, 0.6], share: 0.5}}", "tail", TestName = "TailOutsideTheRange_IsRefused")]
    [TestCase("vary: {lamp: {range: [0.5, 1], tail: [0.5, 0.6]}}", "share", TestName = "TailWithoutShare_IsRefused")]
    [TestCase("vary: {lamp: {range: [0.5, 1], held_out: [0.9, 1.2]}}", "overlap", TestName = "HeldOutThatIsTrainedOn_IsRefused")]
    [TestCase("vary: {floor: {a: {pattern: flat, first: \"#aaaaaa\"}}, held_out_floor: {a: {pattern: flat, first: \"#aaaaaa\"}}}", "it is trained on", TestName = "FloorHeldOutAndTrainedOn_IsRefused")]
    [TestCase("vary: {floor: {a: {pattern: flat, first: \"#aaaaaa\"}}, held_out_floor: {b: {pattern: flat, first: \"#aaaaaa\"}}}", "as 'a' it is trained on", TestName = "FloorThatLooksTheSame_IsTheSame")]
    [TestCase("vary: {floor: {a: {pattern: wood, first: \"#aaaaaa\"}}}", "wood", TestName = "UnknownPattern_IsRefused")]
    [TestCase("vary: {absent: {cup_red: 0.5}}", "can do without", TestName = "ObjectThatThePlanNeeds_CannotBeAbsent")]
    public void Wrong(string text, string says)
    {
        var bag = new DiagnosticBag();
        Read(text, bag);
        Assert.That(bag.All.Select(d => d.ToString()), Has.Some.Contain(says));
    }

    private static VariationDescription Read(string text)
    {
        var bag = new DiagnosticBag();
        var read = Read(text, bag);
        Assert.That(bag.All, Is.Empty);
        return read;
    }

    private static VariationDescription Read(string text, DiagnosticBag bag) =>
        VariationReader.Read(FieldReader.Over(DocumentReader.Read(text, "spec.yaml", bag)!, "a data set", bag)!.OptionalEntries("vary"), ["box_yellow"], bag);
}
