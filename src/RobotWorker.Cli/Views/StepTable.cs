using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using Spectre.Console;
using Progress = RobotWorker.Episodes.Progress;

namespace RobotWorker.Cli.Views;

/// <summary>An episode's steps, faults and decisions as coloured text.</summary>
internal static class StepTable
{
    private const int MostDecisions = 6;

    /// <param name="mode">Why the worker does not go on by itself, in a word or two; null: it does.</param>
    public static string Render(string plan, ulong seed, double seconds, Progress report, int width, string? mode = null)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Math.Max(60, width);
        console.Write(Steps(plan, seed, seconds, report, mode));
        foreach (var fault in report.Faults) console.MarkupLineInterpolated($"[red]fault[/]    {Words.Of(fault)}");
        foreach (var entry in report.Recoveries.TakeLast(MostDecisions)) console.MarkupLineInterpolated($"[yellow]recovery[/] {Short(Words.Of(entry), width)}");
        return text.ToString();
    }

    /// <summary>The first line of a decision; all of it stands in the summary.</summary>
    private static string Short(string text, int width) => text.Length <= width - 12 ? text : text[..Math.Max(0, width - 13)] + "…";

    private static Tree Steps(string plan, ulong seed, double seconds, Progress report, string? mode)
    {
        var tree = new Tree($"[bold]{Markup.Escape(plan)}[/]  seed {seed}  {seconds:0.0} s{(mode is null ? "" : $"  [yellow]{Markup.Escape(mode)}[/]")}") { Guide = TreeGuide.Line };
        var open = new Dictionary<string, IHasTreeNodes>(StringComparer.Ordinal);
        foreach (var step in report.Steps)
        {
            IHasTreeNodes parent = tree;
            var parts = Words.Short(step.Id).Split('/');
            for (var depth = 1; depth < parts.Length; depth++)
            {
                var path = string.Join('/', parts.Take(depth));
                if (!open.TryGetValue(path, out var node)) open[path] = node = parent.AddNode(Markup.Escape(parts[depth - 1]));
                parent = node;
            }
            open[string.Join('/', parts)] = parent.AddNode(Line(step, parts[^1]));
        }
        return tree;
    }

    private static string Line(StepReport step, string name)
    {
        var attempts = step.Attempts > 1 ? $"  {step.Attempts} attempts" : "";
        var outcomes = step.Attempts > 0 ? $"  reported {Outcome(step.Reported)}  observed {Outcome(step.Observed)}" : "";
        return $"{Markup.Escape(name),-16} {Coloured(step.State)}{outcomes}{attempts}";
    }

    private static string Outcome(Outcome outcome) => outcome switch
    {
        Execution.Outcome.Succeeded => "[green]succeeded[/]",
        Execution.Outcome.Failed => "[red]failed   [/]",
        _ => "[grey]-        [/]",
    };

    private static string Coloured(StepStatus state)
    {
        var colour = state switch
        {
            StepStatus.Finished => "green",
            StepStatus.Failed => "red",
            StepStatus.Running or StepStatus.Initializing => "aqua",
            StepStatus.Retriable or StepStatus.Unknown or StepStatus.Paused => "yellow",
            _ => "grey",
        };
        return $"[{colour}]{Words.Of(state),-12}[/]";
    }
}
