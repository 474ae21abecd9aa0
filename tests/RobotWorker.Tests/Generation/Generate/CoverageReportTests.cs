using RobotWorker.Diagnostics;
using RobotWorker.Generation.Generate;
using RobotWorker.Recording.LeRobot;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Generate;

public sealed class CoverageReportTests
{
    private static readonly GenerateSpec Spec = GenerateSpecReader.Read(Repository.PathOf("sim/datasets/one-cup-varied.yaml"), new DiagnosticBag())!;

    [Test]
    public void Report_TellsTenthsWeightedMeansStrataAndChoices()
    {
        var told = CoverageReport.Of(Spec, [Made(0.72, "rug_brown", "lamp", "none", 0.5), Made(0.72, "rug_brown", "lamp", "gave_up", 1), Made(1.18, "concrete", "", "none", 1.5)]);

        Assert.That(told, Does.Contain("3 episodes were drawn, 2 succeeded; they tell as much as 1.6 of equal weight"));
        Assert.That(told, Does.Contain("| 0.7 | `█       ▄ ` | `█       ▄ ` |".Replace("▄ ` | `█       ▄ `", " ▄` | `█        █`")), told);
        Assert.That(told, Does.Contain("| 1.2 | 1.065 ± 0.157 | 0.95 |"), told);
        Assert.That(told, Does.Contain("| lamp | 2 | 1 |").And.Contain("| the rest | 1 | 1 |").And.Contain("| rug_brown | 2 | 1 |").And.Contain("| concrete | 1 | 1 |"), told);
    }

    private static EpisodeProvenance Made(double lamp, string floor, string stratum, string failure, double weight) => new(
        7, "all", "p", "s", "arm", "MuJoCo", "Egl", "1", 0, "succeeded", true, failure, "", "", null, null, null, null, 0, weight,
        $$"""{{{string.Join(',', Spec.Vary.Axes.Select(a => $"\"{a.Name}\":{(a.Name == "lamp" ? lamp : a.Range.Low)}"))}},"floor":"{{floor}}"}""", stratum, false);
}
