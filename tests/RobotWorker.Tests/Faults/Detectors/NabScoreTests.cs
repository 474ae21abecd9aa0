using RobotWorker.Faults.Detectors;

namespace RobotWorker.Tests.Faults.Detectors;

public sealed class NabScoreTests
{
    private static readonly NabWindow Window = new(100, 149);

    [TestCase(100, 100, Description = "in the first row")]
    [TestCase(125, 93.5, Description = "in the middle: (0.848 / 0.987 + 1) / 2")]
    [TestCase(149, 52.5, Description = "in the last row: hardly better than missed, and by 0.05 of a window")]
    public void OneChange_Detected_ScoresByHowEarly(int row, double score) => Assert.That(Score(NabProfile.Standard, row), Is.EqualTo(score).Within(0.6));

    [Test]
    public void OneChange_SaidAgainInItsWindow_CountsOnce() => Assert.That(Score(NabProfile.Standard, 100, 110, 120), Is.EqualTo(100).Within(1e-9));

    [Test]
    public void Nothing_Said_ScoresZeroInEveryProfile() => Assert.That(NabProfile.All.Select(p => Score(p)), Is.All.Zero);

    [Test]
    public void FalseAlarm_FarFromAnyWindow_CostsTheProfilesWeight()
    {
        Assert.That(Score(NabProfile.Standard, 10, 100), Is.EqualTo(100 * (2 - 0.11) / 2).Within(1e-9), "before the first window");
        Assert.That(Score(NabProfile.Standard, 100, 1000), Is.EqualTo(100 * (2 - 0.11) / 2).Within(1e-9));
        Assert.That(Score(NabProfile.LowFalsePositives, 100, 1000), Is.EqualTo(100 * (2 - 0.22) / 2).Within(1e-9));
        Assert.That(Score(NabProfile.LowFalseNegatives, 100, 1000), Is.EqualTo(100 * (3 - 0.11) / 3).Within(1e-9));
    }

    [Test]
    public void FalseAlarm_JustBehindAWindow_CostsLess() =>
        Assert.That(Score(NabProfile.Standard, 155), Is.InRange(-50 * 0.11, 0).And.GreaterThan(Score(NabProfile.Standard, 180)));

    [Test]
    public void Windows_ShareATenthOfTheRowsAndEndBeforeTheNext()
    {
        var windows = NabScore.WindowsOf([50, 60, 990], rows: 1000);

        Assert.That(windows, Is.EqualTo(new[] { new NabWindow(50, 59), new NabWindow(60, 92), new NabWindow(990, 999) }));
    }

    [Test]
    public void Nothing_Labelled_HasNoScore() => Assert.That(NabScore.Of(NabProfile.Standard, [], [3]).Normalized, Is.NaN);

    [Test]
    public void Confusion_OfRows_GivesTheRates()
    {
        var sum = default(Confusion);
        foreach (var (anomaly, alarmed, times) in new[] { (true, true, 6), (true, false, 2), (false, true, 4), (false, false, 88) })
            for (var i = 0; i < times; i++) sum += Confusion.Of(anomaly, alarmed);

        Assert.That(sum, Is.EqualTo(new Confusion(6, 4, 2, 88)));
        Assert.That((sum.F1, sum.FalseAlarmRate, sum.MissedAlarmRate), Is.EqualTo((12.0 / 18, 4.0 / 92, 0.25)));
        Assert.That(default(Confusion).F1, Is.NaN);
    }

    private static double Score(NabProfile profile, params int[] detections) => NabScore.Of(profile, [Window], detections).Normalized;
}
