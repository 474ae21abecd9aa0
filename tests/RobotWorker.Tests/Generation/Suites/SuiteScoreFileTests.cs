using System.Text.Json.Nodes;
using RobotWorker.Generation.Suites;
using static RobotWorker.Tests.Generation.Suites.Outcomes;

namespace RobotWorker.Tests.Generation.Suites;

public sealed class SuiteScoreFileTests
{
    [Test]
    public void Json_HasSuiteSeedsFiguresConfusionsAndBars()
    {
        var json = JsonNode.Parse(SuiteScoreFile.Json(Whole(), tuning: false))!;
        var standard = json["conditions"]![0]!;
        var hot = standard["faults"]![0]!;

        Assert.That(((string?)json["suite"], (string?)json["sum"]), Is.EqualTo(("arms and links", "0123456789abcdef")));
        Assert.That(((string?)json["seeds"]!["scored"], (ulong)json["seeds"]!["scored_from"]!, (ulong)json["seeds"]!["tuned_from"]!), Is.EqualTo(("scoring", 20_000_000ul, 1_000_000ul)));
        Assert.That(((string?)standard["condition"], (double)standard["sensor_noise"]!, (int)standard["false_alarms"]!["count"]!), Is.EqualTo(("standard", 1.0, 0)));
        Assert.That((double)standard["detected_share"]!, Is.EqualTo(58.0 / 60));
        Assert.That((double)standard["recovered_share"]!, Is.EqualTo(39.0 / 40));
        Assert.That(((string?)hot["fault"], (int)hot["struck"]!, (int)hot["detected"]!, (int)hot["named_otherwise"]!, (int)hot["missed"]!, (bool)hot["counts"]!), Is.EqualTo((Hot, 20, 18, 1, 1, true)));
        Assert.That((double)hot["delay_seconds"]!["p50"]!, Is.EqualTo(1.5).Within(1e-9));
        Assert.That(((int)hot["plain_retry"]!["succeeded"]!, (int)hot["plain_retry"]!["runs"]!), Is.EqualTo((5, 20)));
        Assert.That(standard["confusions"]!.AsArray().Where(n => (string?)n!["injected"] == Hot).Select(n => ((string?)n!["named"], (int)n["times"]!)),
            Is.EqualTo(new (string?, int)[] { (Hot, 18), (null, 1), (Stale, 1) }));
        Assert.That(json["bars"]!.AsArray(), Has.Count.EqualTo(SuiteBars.Of(Whole()).Length));
        Assert.That(json["bars"]!.AsArray().Select(b => (bool?)b!["met"]), Does.Contain(true).And.Contain(false));
        Assert.That((string?)json["conditions"]![1]!["false_alarms"]!["codes"]![0], Is.EqualTo(Link));
    }

    [Test]
    public void Json_WhereThereIsNoFigure_HasNull()
    {
        var ghost = JsonNode.Parse(SuiteScoreFile.Json(Score(Struck(Unheard) with { StruckAt = 0 }), tuning: false))!["conditions"]![0]!;

        foreach (var name in new[] { "delay_seconds", "recovery_seconds", "off", "plain_retry" })
            Assert.That(ghost["faults"]![0]!.AsObject().TryGetPropertyValue(name, out var value) && value is null, name);
        Assert.That(ghost.AsObject().TryGetPropertyValue("recovered_share", out var share) && share is null);
        Assert.That(ghost["false_alarms"]!["upper_an_hour"], Is.Null);
    }

    [Test]
    public void Json_OfTheTuningSeeds_SaysSo()
    {
        var seeds = JsonNode.Parse(SuiteScoreFile.Json(Whole(), tuning: true))!["seeds"]!;

        Assert.That(((string?)seeds["scored"], (ulong)seeds["scored_from"]!), Is.EqualTo(("tuning", 1_000_000ul)));
    }
}
