using System.Text.RegularExpressions;
using RobotWorker.Cli.Views;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Recovery;
using RobotWorker.Time;
using Progress = RobotWorker.Episodes.Progress;

namespace RobotWorker.Tests.Cli.Views;

/// <summary>The tree of steps on the screen, without its colours.</summary>
public sealed partial class StepTableTests
{
    [Test]
    public void Render_Steps_StandInTheirOrderWithStateAndOutcomes()
    {
        var rows = Rows(new(
            [
                new("root/go", "navigate_to", StepStatus.Finished, Outcome.Succeeded, Outcome.Succeeded, 1),
                new("root/grasp", "pick", StepStatus.Retriable, Outcome.Succeeded, Outcome.Failed, 2),
                new("root/put", "place", StepStatus.Waiting, Outcome.Unknown, Outcome.Unknown, 0),
            ], [], []));

        Assert.That(rows[0], Is.EqualTo("tidy-table seed 7 12.5 s"));
        Assert.That(rows[1], Does.EndWith("go FINISHED reported succeeded observed succeeded"));
        Assert.That(rows[2], Does.EndWith("grasp RETRIABLE reported succeeded observed failed 2 attempts"));
        Assert.That(rows[3], Does.EndWith("put WAITING"));
    }

    [Test]
    public void Render_AStepWithinOthers_StandsUnderThem()
    {
        var rows = Rows(new(
            [
                new("root/each[cup_red]/grasp", "pick", StepStatus.Finished, Outcome.Succeeded, Outcome.Succeeded, 1),
                new("root/each[cup_blue]/grasp", "pick", StepStatus.Running, Outcome.Unknown, Outcome.Unknown, 1),
                new("root/each[cup_red]/put", "place", StepStatus.Waiting, Outcome.Unknown, Outcome.Unknown, 0),
            ], [], []));

        Assert.That(rows.Select(r => r.TrimStart('│', '├', '└', '─', ' ').Split(' ')[0]), Is.EqualTo(["tidy-table", "each[cup_red]", "grasp", "put", "each[cup_blue]", "grasp"]));
    }

    [Test]
    public void Render_FaultsAndDecisions_FollowTheSteps()
    {
        var rows = Rows(new(
            [new("root/grasp", "pick", StepStatus.Running, Outcome.Unknown, Outcome.Unknown, 1)],
            [new("GRIPPER_FORCE_LOSS", "gripper", FaultLevel.Critical, "force [N] 0.3", At(10), At(10.2), At(16))],
            [new("root/grasp", Effect.NotStarted, Decision.Repair, "it lies elsewhere", At(17))]));

        Assert.That(rows[2], Is.EqualTo("fault 10.2 s GRIPPER_FORCE_LOSS CRITICAL force [N] 0.3; healed at 16.0 s"));
        Assert.That(rows[3], Is.EqualTo("recovery 17.0 s grasp: not started → repair (it lies elsewhere)"));
    }

    [Test]
    public void Render_ALongDecision_TakesOneLine()
    {
        var rows = Rows(new([], [], [new("root/grasp", Effect.Partial, Decision.Retry, new('x', 300), At(1))]));

        Assert.That(rows, Has.Length.EqualTo(2));
        Assert.That(rows[1], Has.Length.LessThanOrEqualTo(120).And.EndsWith("…"));
    }

    [Test]
    public void Render_ManyDecisions_ShowsTheLatest()
    {
        var rows = Rows(new([], [], [.. Enumerable.Range(1, 20).Select(i => new RecoveryEntry($"root/s{i}", Effect.Partial, Decision.Retry, "it slipped", At(i)))]));

        Assert.That(rows.Skip(1).Select(r => r.Split(' ')[3]), Is.EqualTo(["s15:", "s16:", "s17:", "s18:", "s19:", "s20:"]));
    }

    private static RobotTime At(double seconds) => RobotTime.FromSeconds(seconds);

    /// <summary>Lines without colours, runs of spaces as one.</summary>
    private static string[] Rows(Progress progress) =>
    [
        .. Ansi().Replace(StepTable.Render("tidy-table", 7, 12.5, progress, 120), "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => Spaces().Replace(l, " ").Trim()).Where(l => l.Length > 0),
    ];

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex Ansi();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
