using RobotWorker.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Generation.Parity;
using RobotWorker.Sim.Variation;
using RobotWorker.Testing;

namespace RobotWorker.Integration.Runs;

/// <summary>The simulated robot against itself with other dynamics, which its worker is not told: the comparison finds what was changed, the larger the change the further away.</summary>
[TestFixture]
public sealed class DynamicsShiftTests
{
    private const string Stretch = """
        - {id: stretch, skill: move_arm, args: {posture: home}}
        - {id: fold, skill: move_arm, args: {posture: carry}}
        """;

    [Test]
    public void ItselfAndThreeShiftsOfTheServosStiffness_ComeInTheOrderOfTheirSize()
    {
        var plan = PlanFile.Write(Path.Combine(Story.Folder, "shifts"), "stretch", Stretch);
        var nominal = Run(plan, seed: 1, 1);

        var reports = new[] { 1, 0.7, 0.5, 0.35 }.Select(share => ParityReport.Of(nominal, Run(plan, seed: 1, share))).ToList();

        Assert.That(reports.Select(r => r.B.Outcome), Is.All.EqualTo(EpisodeOutcome.Succeeded));
        Assert.That((reports[0].RmseMetres, reports[0].RmseRadians), Is.EqualTo((0.0, 0.0)), "the same seed on the same robot is the same to the last bit");
        Assert.That(ParityFile.Json(ParityReport.Of(nominal, nominal), "A", "B"), Is.EqualTo(ParityFile.Json(reports[0], "A", "B")), "and so is all the rest");
        Assert.That(reports.Select(r => r.RmseMetres), Is.Ordered.Ascending.And.Unique);
        Assert.That(reports[3].RmseMetres, Is.GreaterThan(3 * reports[1].RmseMetres!.Value), "the order is no matter of the last digits");
        Assert.That(reports.SelectMany(r => r.Phases).Select(p => p.ByGoals), Is.All.True);
    }

    [Test]
    [Category("Slow")]
    [CancelAfter(600_000)]
    public void OneCupToTheShelf_ThreeShifts_ComeInTheOrderOfTheirSize([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        var plan = Repository.PathOf("sim/tasks/one-cup-to-shelf.yaml");
        var nominal = Run(plan, seed, 1);

        var distances = new[] { 0.8, 0.6, 0.4 }.Select(share => ParityReport.Of(nominal, Run(plan, seed, share)).RmseMetres).ToList();

        Assert.That(distances, Is.Ordered.Ascending.And.Unique.And.All.GreaterThan(0));
    }

    private static RecordedRun Run(string plan, ulong seed, double stiffness)
    {
        var bag = new DiagnosticBag();
        var options = new ParityOptions(plan) { Seed = seed };
        var episode = ParityEpisode.Prepare(new ParitySource.Simulated("sim", null), options with { Shifts = options.Shifts.Add(Axes.JointStiffness, stiffness) }, bag, _ => { });
        Assert.That(bag.All, Is.Empty);
        return episode!.Run(Path.Combine(Story.Folder, "shifts", $"{Path.GetFileNameWithoutExtension(plan)}-{seed}-{stiffness}"), new(), new Nobody())!;
    }

    private sealed class Nobody : IEpisodeObserver
    {
        public void OnTransition(Event happened, PlanState after)
        {
        }
    }
}
