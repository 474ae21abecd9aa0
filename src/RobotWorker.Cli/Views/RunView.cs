using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Execution.Shell;
using RobotWorker.Cli.Commands;
using RobotWorker.Plans;

namespace RobotWorker.Cli.Views;

/// <summary>Shows an episode while it goes on: a tree that is painted again and again on a terminal, lines anywhere else.</summary>
internal abstract class RunView : IEpisodeObserver, IDisposable
{
    public static RunView Open(Plan plan, RunRequest request) =>
        request.Plain || Console.IsOutputRedirected || Console.IsErrorRedirected ? new LineView() : new TreeView(plan, request);

    public abstract void OnTransition(Event happened, PlanState after);

    /// <summary>Ctrl-C was pressed; from any thread.</summary>
    public static void Stopping() => Console.Error.WriteLine("\nStopping: the robot first.");

    /// <summary>A question is about to be read from the terminal.</summary>
    public virtual void Ask(Question question)
    {
        Console.Error.WriteLine($"\n{question.Step}: {question.Text}\n  because {question.Evidence}");
        Console.Error.Write($"  {string.Join(" / ", question.Options)} > ");
    }

    public virtual void Answered()
    {
    }

    /// <summary>Shows the end for good.</summary>
    public virtual void Close()
    {
    }

    public virtual void Dispose()
    {
    }
}
