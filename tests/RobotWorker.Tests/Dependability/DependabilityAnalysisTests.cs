using System.Text.Json.Nodes;
using RobotWorker.Dependability;
using RobotWorker.Faults;
using RobotWorker.Tests.Episodes;
using static RobotWorker.Tests.Dependability.Histories;

namespace RobotWorker.Tests.Dependability;

public sealed class DependabilityAnalysisTests
{
    [Test]
    public void TwoFaultsThatOverlap_AreOneTimeOfBeingDown_ButTwoOnsets()
    {
        var report = Of(Record(3600, Spell("A", 100, 200), Spell("B", 150, 300)));

        Assert.That((report.Whole.Count, report.Whole.MttrSeconds.Value), Is.EqualTo((1, (double?)200)));
        Assert.That(report.Whole.Availability, Is.EqualTo(3400 / 3600.0).Within(1e-9));
        Assert.That(report.Faults.Select(f => (f.Code, f.Figures.Count, f.Figures.MttrSeconds.Value)), Is.EqualTo(new (string, int, double?)[] { ("B", 1, 150), ("A", 1, 100) }));
    }

    [Test]
    public void Availability_IsMtbfOverMtbfAndMttr()
    {
        var whole = Of(Record(36_000, Spell("A", 100, 200), Spell("A", 5000, 5300), Spell("B", 9000, 9200))).Whole;

        Assert.That(whole.Availability, Is.EqualTo(whole.MtbfHours.Value * 3600 / ((whole.MtbfHours.Value * 3600) + whole.MttrSeconds.Value)).Within(1e-12));
    }

    [Test]
    public void Warning_DoesNotKeepTheRobotFromWorking() =>
        Assert.That(Of(Record(3600, Spell("LENS", 10, 1800, level: FaultLevel.Warning))).Whole, Is.EqualTo(Of(Record(3600)).Whole));

    [Test]
    public void FaultThatNeverEnded_CountsAsDown_AndNotAsMended()
    {
        var figures = Of(Record(3600, Spell("A", 1800, 3600, by: null))).Faults.Single().Figures;

        Assert.That((figures.Count, figures.Open, figures.DownHours, figures.MttrSeconds), Is.EqualTo((1, 1, 0.5, new Estimate(null, null, null))));
    }

    [Test]
    public void SameFaultAgain_WithinTenMinutesOfAnAutomaticRecovery_IsARepeat_AndNotAfterAPersons()
    {
        var soon = Record(7200, Spell("A", 0, 10), Spell("A", 609, 620, RecoveredBy.Person), Spell("A", 630, 640), Spell("A", 1241, 1250));

        Assert.That(Of(soon).Faults.Single().Repeats, Is.EqualTo(1));
    }

    [Test]
    public void Window_CutsOperation_AndLeavesOutWhatBeganBefore()
    {
        var report = DependabilityAnalysis.Of(Record(7200, Spell("A", 100, 200), Spell("A", 4000, 4100)), Options with { From = At(3600) });

        Assert.That((report.OperatingHours, report.Faults.Single().Figures.Count), Is.EqualTo((1.0, 1)));
    }

    [Test]
    public void WhatFollowsFromWhat_IsEachRobotsOwn()
    {
        var spells = new[] { Spell("A", 100, 200), Spell("B", 101, 190), Spell("A", 100, 200, robot: "s"), Spell("B", 101, 190, robot: "s") };
        var own = Options.OwnCauses.Add("s", Options.Causes.Add("B", ["A"]));

        var report = DependabilityAnalysis.Of(Record(3600, spells), Options with { OwnCauses = own });

        Assert.That(report.TopCauses.Select(c => (c.Code, c.Count, c.Consequences)), Is.EquivalentTo([("A", 2, 1), ("B", 1, 0)]));
    }

    [Test]
    public void Json_IsAsTheSchemaSays()
    {
        foreach (var record in new[] { ServiceRecord.Empty, Record(3600, Spell("A", 100, 200)), Record(3600, Spell("A", 100, 3600, by: null)) })
        {
            var json = DependabilityJson.Write(Of(record));
            Assert.That(SchemaCheck.Errors(JsonNode.Parse(DependabilityJson.Schema)!, JsonNode.Parse(json)), Is.Empty, json);
        }
    }

    private static DependabilityReport Of(ServiceRecord record) => DependabilityAnalysis.Of(record, Options);
}
