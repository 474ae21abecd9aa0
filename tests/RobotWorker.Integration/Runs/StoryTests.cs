using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Plans;
using RobotWorker.Recovery;
using RobotWorker.Skills;

namespace RobotWorker.Integration.Runs;

/// <summary>The main job: three objects come to their places although the gripper loses its force in mid-air.</summary>
[TestFixture]
public sealed class StoryTests
{
    // Cancelling takes what the brakes take: from 0.6 m/s and 1.5 rad/s, well below half a second.
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(0.5);

    private static readonly Dictionary<string, string> Moved = new()
    {
        ["navigate_to_pose"] = "base", ["arm_controller"] = "arm", ["gripper_controller"] = "gripper", ["head_controller"] = "head",
    };

    private static IEnumerable<GoalNote> Goals => Story.Trace.Events.OfType<Event.GoalChanged>().Select(e => e.Note).Where(g => g.Path.StartsWith("root/", StringComparison.Ordinal));

    private static EpisodeReport Report => Story.Run.Result.Report;

    [Test]
    public void Story_GripperLosesItsForce_StillSucceedsAndTheGoalIsTrulyMet()
    {
        Assert.That(Report.Outcome, Is.EqualTo(EpisodeOutcome.Succeeded), Report.Reason);
        Assert.That(Report.GoalMet, Is.True);
        Assert.That(Story.Trace.End.Seconds, Is.LessThan(120));
    }

    [Test]
    public void Story_TheTruth_ShowsTheBlueCupSlipFallAndLieElsewhere()
    {
        var slip = Report.Truth!.Slips.Single();

        Assert.That(slip.Object, Is.EqualTo("cup_blue"));
        Assert.That(slip.LostContactAt.Seconds, Is.GreaterThan(0));
        Assert.That(slip.FellMetres, Is.GreaterThan(0.03));
        Assert.That(slip.DisplacedMetres, Is.GreaterThanOrEqualTo(0.05));
    }

    [Test]
    public void Story_TheFault_IsConfirmedSoonAfterTheSlipAndHealed()
    {
        var fault = Report.Faults.Single();

        Assert.That((fault.Code, fault.Component), Is.EqualTo(("GRIPPER_FORCE_LOW", "gripper")));
        Assert.That(fault.RaisedAt, Is.LessThanOrEqualTo(fault.ConfirmedAt));
        Assert.That((fault.ConfirmedAt - Report.Truth!.Slips.Single().LostContactAt).Duration(), Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(fault.HealedAt, Is.GreaterThan(fault.ConfirmedAt));
    }

    [Test]
    public void Story_StepsThatAreFinished_WereSeenToHaveSucceeded()
    {
        Assert.That(Report.Steps, Has.Length.EqualTo(12));
        Assert.That(Report.Steps.Select(s => s.State), Is.All.EqualTo(StepStatus.Finished));
        Assert.That(Report.Steps.Select(s => s.Observed), Is.All.EqualTo(Outcome.Succeeded));
        Assert.That(Report.Steps.Where(s => s.Attempts > 1).Select(s => (s.Id, s.Attempts)), Is.EqualTo([("root/pick_blue", 2)]));
    }

    [Test]
    public void Story_WhateverWasReportedOtherwiseThanSeen_HasItsRecoveryEntry()
    {
        var recovered = Report.Recoveries.Select(r => r.Step).ToHashSet(StringComparer.Ordinal);

        Assert.That(Report.Steps.Where(s => s.Reported != s.Observed && !recovered.Contains(s.Id)), Is.Empty);
        Assert.That(Report.Recoveries.Where(r => string.IsNullOrWhiteSpace(r.Evidence)), Is.Empty);
    }

    [Test]
    public void Story_AfterTheFault_ItLooksThenPicksAnewWhatItSeesLyingElsewhere()
    {
        var recovery = Report.Recoveries.Single();

        Assert.That((recovery.Step, recovery.Decision), Is.EqualTo(("root/pick_blue", Decision.Retry)));
        Assert.That(recovery.At, Is.GreaterThan(Report.Faults.Single().HealedAt!.Value));
        Assert.That(recovery.Evidence, Does.Contain("GRIPPER_FORCE_LOW").And.Contain("located(cup_blue) true").And.Contain("holding(robot, cup_blue) false"));
    }

    [Test]
    public void Story_EveryActionOfAStep_MovesWhatItsSkillHasForItselfAlone()
    {
        var skills = Story.Run.Job.Plan.Root.Inner.OfType<SkillNode>().ToDictionary(s => $"root/{s.Id}", s => SkillCatalogueReader.BuiltIn.Skills[s.Skill]);
        var used = Goals.Select(g => (g.Path, Action: g.Action.Split('/')[1])).Distinct().ToList();

        Assert.That(used, Has.Count.GreaterThan(20));
        foreach (var (path, action) in used)
            Assert.That(skills[path].Resources, Does.Contain(Moved[action]), $"{path} sends {action}");
    }

    [Test]
    public void Story_WhatMovesForLong_ShowsItsProgress()
    {
        var progress = Goals.Where(g => g.Stage == GoalStage.Progressed).Select(g => g.Action).ToList();

        foreach (var (action, atLeast) in new[] { ("/navigate_to_pose", 6), ("/arm_controller/follow_joint_trajectory", 20), ("/gripper_controller/gripper_cmd", 4) })
            Assert.That(progress.Count(a => a == action), Is.GreaterThan(atLeast), action);
    }

    [Test]
    public void Story_WhileTheFaultForbidsIt_NeitherBaseNorArmMoves()
    {
        var fault = Report.Faults.Single();
        var standing = Story.Trace.Between(fault.ConfirmedAt + StopDeadline, fault.HealedAt!.Value).ToList();

        Assert.That(standing, Has.Count.GreaterThan(100), "the recording covers the time of the fault");
        Assert.That(standing.Where(s => s.Moves), Is.Empty);
        Assert.That(Story.Trace.Between(fault.ConfirmedAt - TimeSpan.FromSeconds(1), fault.ConfirmedAt).Any(s => s.Moves), "it was in mid-motion");
    }
}
