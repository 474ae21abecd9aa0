using RobotWorker.Faults;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Skills.Senses;

namespace RobotWorker.Tests.Skills.Senses;

public sealed class ScanSenseTests
{
    private readonly List<Sample> samples = [];

    [SetUp]
    public void Clear() => samples.Clear();

    [Test]
    public void Scan_TellsWhatCameBack_WhatIsNearest_AndHowMuchChanged()
    {
        var sense = new ScanSense(samples.Add);
        sense.Take(Scan(1, 2, 3, float.PositiveInfinity, 0.001f));
        sense.Take(Scan(1.5f, 2, float.NaN, 4, 3));

        Assert.That(Of("lidar.valid_share"), Is.EqualTo([0.6, 0.8]));
        Assert.That(Of("lidar.nearest"), Is.EqualTo([1.0, 1.5]));
        Assert.That(Of("lidar.change"), Is.EqualTo([0.25]), "of the two beams that came back both times");
        Assert.That(Of("lidar.heard"), Has.Count.EqualTo(2));
    }

    [Test]
    public void SameScanAgain_HasNotChangedAtAll()
    {
        var sense = new ScanSense(samples.Add);
        for (var i = 0; i < 3; i++) sense.Take(Scan(1, 2, 3));

        Assert.That(Of("lidar.change"), Is.EqualTo([0.0, 0.0]));
    }

    [Test]
    public void NothingCameBack_ThereIsNoNearest()
    {
        new ScanSense(samples.Add).Take(Scan(float.PositiveInfinity, float.NaN));

        Assert.That(Of("lidar.valid_share"), Is.EqualTo([0.0]));
        Assert.That(Of("lidar.nearest"), Is.Empty);
    }

    private List<double> Of(string signal) => [.. samples.Where(s => s.Signal == signal).Select(s => s.Value)];

    private static LaserScan Scan(params float[] ranges) => new() { RangeMin = 0.05f, RangeMax = 12, Ranges = [.. ranges] };
}
