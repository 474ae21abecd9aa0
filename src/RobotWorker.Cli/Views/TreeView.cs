using RobotWorker.Cli.Commands;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Plans;
using Spectre.Console;

namespace RobotWorker.Cli.Views;

/// <summary>The tree of steps, painted over itself while the episode goes on.</summary>
internal sealed class TreeView(Plan plan, RunRequest request) : RunView
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
        var all = StepTable.Render(plan.Id, request.Seed, state.Now.Seconds, Reporting.SoFar(state), AnsiConsole.Profile.Width, Words.Mode(state));
        // Painting over itself works only within the window: of a taller picture the upper part goes.
        var rows = all.Split('\n');
        var text = string.Join('\n', rows.TakeLast(Math.Max(2, AnsiConsole.Profile.Height - 1)));
        Console.Out.Write(lines > 0 ? $"\u001b[{lines}A\u001b[J{text}" : text);
        lines = text.Count(c => c == '\n');
    }
}
