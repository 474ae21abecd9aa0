using RobotWorker.Cli.Commands;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Generation.Runs;
using Spectre.Console;

namespace RobotWorker.Cli.Views;

/// <summary>The tree of steps, painted over itself while the episode goes on.</summary>
internal sealed class TreeView(Job job, RunRequest request) : RunView
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private long painted;
    private int lines;
    private PlanState? last;

    public override void OnTransition(Event happened, PlanState after)
    {
        last = after;
        if (painted != 0 && TimeProvider.System.GetElapsedTime(painted) < Between) return;
        Paint(after);
    }

    public override void Ask(Question question)
    {
        Repaint();
        lines = 0;    // what follows stays on the screen
        base.Ask(question);
    }

    public override void Close() => Repaint();

    private void Repaint()
    {
        if (last is { } state) Paint(state);
    }

    private void Paint(PlanState state)
    {
        painted = TimeProvider.System.GetTimestamp();
        var text = StepTable.Render(job.Plan.Id, request.Seed, state.Now.Seconds, Reporting.SoFar(state), AnsiConsole.Profile.Width);
        Console.Out.Write(lines > 0 ? $"\u001b[{lines}A\u001b[J{text}" : text);
        lines = text.Count(c => c == '\n');
    }
}
